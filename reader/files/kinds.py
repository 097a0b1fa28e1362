"""The kinds of site whose folders are read in place: one row each.

A row says by which files a site is known, and which of its settings matter here; what its
generator does was taken from that generator's documentation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reader.body.dialect import Name
from reader.files.frontmatter import Value

Config = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Kind:
    """One generator. `marks` are groups of paths: a folder with all of one group is of the kind.

    Names of settings are in lower case. `homes` are the settings that name the folder of the
    articles, `home` is its name without them, and empty where articles are anywhere. `inner` is
    the map that holds fields of the site's own, `bends` are the settings that change addresses,
    and `bundles` says that a folder with an `index.md` is one article with all that is in it.
    """

    name: str
    shown: str
    marks: tuple[tuple[str, ...], ...]
    configs: tuple[str, ...] = ()
    fits: Callable[[Config], bool] = lambda config: True
    address: tuple[str, ...] = ()
    base_path: str = ""
    homes: tuple[str, ...] = ()
    home: str = ""
    outputs: tuple[str, ...] = ()
    output: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    index: tuple[str, ...] = ("index", "404")
    drafts: str = ""
    inner: str = ""
    any_case: bool = False
    spaces: tuple[str, ...] = ()
    separators: str = ","
    bundles: bool = False
    dialect: Name = ""
    by_path: bool = False
    bends: tuple[str, ...] = ()
    future: str = ""
    decided: tuple[str, ...] = ()


_HUGO = tuple(f"hugo.{end}" for end in ("toml", "yaml", "yml", "json"))
_HUGO_OLD = ("config.toml", "config.yaml", "config.yml")
_HUGO_DEEP = tuple(
    f"config/_default/{name}.{end}" for name in ("hugo", "config") for end in ("toml", "yaml")
)
_ELEVENTY = (
    ".eleventy.js",
    *(f"eleventy.config.{end}" for end in ("js", "mjs", "cjs", "ts")),
)
_ELEVENTY_DATA = tuple(
    f"{folder}_data/{name}.json" for folder in ("", "src/") for name in ("metadata", "site")
)
_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")

KINDS = (
    Kind(
        "zola",
        "Zola",
        (("config.toml", "content/"), ("zola.toml", "content/")),
        ("zola.toml", "config.toml"),
        fits=lambda config: "base_url" in config or "extra" in config,
        address=("base_url",),
        home="content",
        outputs=("output_dir",),
        output=("public",),
        templates=("templates", "themes", "sass"),
        index=(),
        inner="extra",
        dialect="zola",
        by_path=True,
        bundles=True,
        bends=("slugify", "languages"),
        decided=("Drafts are hidden; _index pages of sections are passed over.",),
    ),
    Kind(
        "hugo",
        "Hugo",
        tuple((name,) for name in (*_HUGO, *_HUGO_DEEP))
        + tuple((name, "content/") for name in _HUGO_OLD),
        (*_HUGO, *_HUGO_OLD, *_HUGO_DEEP),
        address=("baseurl",),
        homes=("contentdir",),
        home="content",
        outputs=("publishdir",),
        output=("public", "resources"),
        templates=("layouts", "archetypes", "themes"),
        index=(),
        inner="params",
        any_case=True,
        dialect="hugo",
        by_path=True,
        bundles=True,
        bends=("permalinks", "uglyurls", "languages", "frontmatter", "disablepathtolower"),
        future="buildfuture",
        decided=(
            "Drafts, expired and future articles are hidden; _index pages of sections are"
            " passed over.",
        ),
    ),
    Kind(
        "eleventy",
        "Eleventy",
        tuple((name,) for name in _ELEVENTY),
        _ELEVENTY_DATA,
        address=("url", "baseurl"),
        output=("_site",),
        dialect="liquid",
        decided=(
            "Its configuration is a program and is not run; an address is looked for in"
            " _data/site.json and _data/metadata.json.",
            "Drafts and what the site keeps out of its collections are hidden.",
        ),
    ),
    Kind(
        "hexo",
        "Hexo",
        (("_config.yml", "source/_posts/"),),
        ("_config.yml",),
        fits=lambda config: "source" not in config,
        address=("url",),
        homes=("source_dir",),
        home="source",
        outputs=("public_dir",),
        output=("public",),
        templates=("scaffolds", "themes"),
        drafts="_drafts",
        dialect="liquid",
        decided=("Drafts, and what is in _drafts/, are hidden.",),
    ),
    Kind(
        "pelican",
        "Pelican",
        (("pelicanconf.py",),),
        ("publishconf.py", "pelicanconf.py"),
        address=("siteurl",),
        homes=("path",),
        home="content",
        outputs=("output_path",),
        output=("output",),
        templates=("theme", "themes"),
        any_case=True,
        separators=";,",
        dialect="pelican",
        by_path=True,
        bends=("article_url", "article_save_as"),
        decided=(
            "Its configuration is a program and is not run; only plain texts are read in it.",
            "What has the status draft or hidden is hidden.",
        ),
    ),
    Kind(
        "jekyll",
        "Jekyll",
        (*((name,) for name in _JEKYLL), ("_posts/",)),
        _JEKYLL,
        address=("url",),
        base_path="baseurl",
        outputs=("destination",),
        output=("_site",),
        templates=("_layouts", "_includes", "_sass", "_plugins"),
        excluded=("vendor",),
        drafts="_drafts",
        spaces=("tags", "categories"),
        dialect="liquid",
        future="future",
        decided=(
            "Drafts, what is in _drafts/ and what is dated in the future in _posts/ are hidden.",
            "A plain text in tags or categories is split on spaces.",
        ),
    ),
    Kind(
        "obsidian",
        "Obsidian",
        ((".obsidian/",),),
        (".obsidian/templates.json",),
        index=(),
        dialect="wiki",
        decided=("Notes are never drafts; links between them are shown as text.",),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
