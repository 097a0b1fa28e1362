"""Under which names the facts of an article are looked for, in order: the first hit wins."""

TITLE = ("title", "linkTitle", "newstitle", "name")
PUBLISHED_AT = (
    "publishedDateTime",
    "date",
    "published",
    "publishDate",
    "pubDate",
    "published_date",
    "created",
)
UPDATED_AT = (
    "updatedDateTime",
    "updated",
    "lastmod",
    "modified",
    "last_modified_at",
    "lastUpdated",
)
EXCERPT = ("excerpt", "summary", "description", "abstract")
ORIGINAL = ("originalUrl",)
WEB = ("webUrl", "sourceUrl")
OTHER_URL = ("link", "external_url", "url", "canonical", "canonical_url", "canonicalUrl", "source")
AMP = ("ampWebUrl", "ampUrl")
CDN_AMP = ("cdnAmpWebUrl", "cdnAmpUrl")
PROVIDER = ("provider", "site", "publisher")
TOPICS = ("topics", "tags", "tag", "categories", "category", "taxonomies", "keywords")
PEOPLE = ("authors", "author")
HEAT = ("heat", "score")
LANG = ("lang", "language", "locale")
FEED = ("feed",)
IMAGES = ("images", "image", "cover", "thumbnail", "featured_image")
