"""A small folder of each kind of site, by hand, with what is odd in real ones."""

from tests.samples import front

JEKYLL = {
    "_config.yml": "title: Stones\nurl: https://stones.example\nbaseurl: /blog\nexclude: [notes]\n",
    "_posts/2020-10-20-first-stone.md": front(
        'title: "A **first** stone"',
        "tags: granite slate",
        "permalink: /stones/first/",
        "image: /img/stone.png",
        "author: {name: Ann Quarry, email: ann@stones.example}",
        body="It is {{ page.title }} grey.\n\n[Here]({{ '/map/' | relative_url }}) it lies, "
        "[there][1].\n\n![Seen](seen.png)\n\n[1]: /other/\n",
    ),
    "_posts/2020-10-21-two-words.md": front(
        "categories: [News, Old News]",
        body="```sh\n# no title here\n```\n\n"
        "{% highlight ruby %}\n# nor here\n{% endhighlight %}\n\n"
        "The words before.<!--more-->\n\nAnd after.",
    ),
    "_posts/2999-01-01-later.md": front("title: Later"),
    "_posts/2020-10-22-unpublished.md": front("title: Unpublished", "published: false"),
    "_drafts/idea.md": front("title: An idea"),
    "index.md": front("layout: home"),
    "about.md": front("title: About us", "permalink: /about/"),
    "README.md": "# How to build",
    "notes/internal.md": front("title: Internal"),
    "vendor/gem/docs.md": front("title: A gem"),
    "_layouts/post.html": front("layout: default", body="{{ content }}"),
    "_includes/head.html": "<head>",
    "_site/stones/first/index.html": "<p>built</p>",
}

HUGO = {
    "hugo.toml": 'baseURL = "https://hills.example/"\ntitle = "Hills"\n[params]\nauthor = "x"\n',
    "content/_index.md": '+++\ntitle = "All"\n+++\n',
    "content/posts/_index.md": '+++\ntitle = "Posts"\n+++\n',
    "content/posts/high-hill.md": (
        '+++\ntitle = "A `high` hill"\ndate = 2020-10-20T15:13:00+02:00\nlastmod = 2020-10-22\n'
        'tags = ["climbing", "view"]\ndraft = false\n[params]\nauthor = ["Bo", "Cy"]\n+++\n'
        '{{< figure src="/top.jpg" title="The top" >}}\n\nA {{% mark %}}high{{% /mark %}} one.\n\n'
        '[Next]({{< relref "posts/low-hill.md" >}}).\n'
    ),
    "content/posts/low-hill/index.md": (
        '{\n"linkTitle": "Low",\n"date": "2020-10-19",\n'
        '"images": ["low.png"],\n"slug": "lower"\n}\n'
        "Text.\n"
    ),
    "content/posts/old-sale.md": front("title: Sale", "date: 2019-01-01", "expiryDate: 2019-02-01"),
    "content/posts/future.md": front(
        "title: Future", "date: 2020-01-01", "PublishDate: 2999-01-01"
    ),
    "content/posts/draft.md": front("title: Draft", "draft: true"),
    "content/posts/themes/inside.md": front("title: On themes", "date: 2020-01-02", "url: /t/"),
    "content/posts/alone.md": front("title: Alone", "headless: true"),
    "archetypes/default.md": "+++\ntitle = '{{ .Name }}'\n+++\n",
    "layouts/single.html": front("title: layout"),
    "themes/x/README.md": "# Theme",
    "public/posts/high-hill/index.html": "<p>built</p>",
    "drafts-of-mine/note.md": front("title: A note"),
}

ZOLA = {
    "config.toml": 'base_url = "https://lakes.example/z"\ntitle = "Lakes"\n[extra]\nx = 1\n',
    "content/_index.md": "+++\n+++\n",
    "content/blog/_index.md": '+++\nsort_by = "date"\n+++\n',
    "content/blog/2020-10-20-blue-lake.md": (
        '+++\ntitle = "Blue lake"\ndescription = "It is **blue**."\n[taxonomies]\n'
        'tags = ["water", {name = "Blue"}]\nauthors = ["Di"]\n[extra]\ncover = "/b.png"\n+++\n'
        '{{ youtube(id="abc") }}\n\n[The other](@/blog/deep.md) is deep.\n\n'
        '{% quote(author="E") %}\nSo it is.\n{% end %}\n'
    ),
    "content/blog/deep.md": '+++\ntitle = "Deep"\ndate = 2020-10-21\nslug = "deeper"\n+++\nText.\n',
    "content/blog/gone.md": '+++\ntitle = "Gone"\ndate = 2020-10-21\ndraft = true\n+++\n',
    "content/blog/part.md": '+++\ntitle = "Part"\ndate = 2020-10-21\nrender = false\n+++\n',
    "templates/index.html": "{{ config.title }}",
    "public/index.html": "<p>built</p>",
}

ELEVENTY = {
    "eleventy.config.js": "export default () => { throw new Error('never run') }\n",
    "src/_data/metadata.json": '{"url": "https://woods.example", "title": "Woods"}',
    "src/index.md": front("layout: home"),
    "src/posts/oak.md": front(
        "title: Oak &amp; <em>beech</em>",
        "date: Last Modified",
        "created: 2020-10-20 13:13",
        "tags: [posts, trees]",
        "permalink: /trees/oak/index.html",
        body="{% callout %}An *old* tree.{% endcallout %}\n\n![Leaf](/leaf.jpg)\n",
    ),
    "src/posts/elm.md": (
        '---json\n{"title": "Elm", "date": "2020-10-21", "tags": "trees"}\n---\nText.'
    ),
    "src/posts/ash.md": "---js\n{title: run()}\n---\n",
    "src/posts/draft.md": front("title: Draft", "draft: true"),
    "src/feed.md": front("title: Feed", "eleventyExcludeFromCollections: true"),
    "src/tags.md": front("title: Tags", "pagination:", "  data: collections"),
    "src/part.md": front("title: Part", "permalink: false"),
    "src/_includes/home.md": "{{ content }}",
    "_site/index.html": "<p>built</p>",
    "node_modules/x/README.md": "# x",
}

HEXO = {
    "_config.yml": "title: Fields\nurl: http://fields.example\nroot: /\nsource_dir: source\n",
    "source/_posts/wheat.md": front(
        "title: Wheat",
        "date: 2020/10/20 13:13:00",
        "updated: 2020/10/21 13:13:00",
        "categories:",
        "- [Crops, Grain]",
        "- [Harvest]",
        "permalink: crops/wheat.html",
        body="It grows.\n\n<!-- more -->\n\n{% asset_img ear.png An ear %}\n\n"
        "{% blockquote Flo %}\nIt ripens.\n{% endblockquote %}\n",
    ),
    "source/_posts/rye.md": ';;;\n"title": "Rye",\n"date": "2020-10-21"\n;;;\nText.\n',
    "source/_posts/oats.md": "title: Oats\ndate: 2020-10-22\ntags:\n- grain\n---\nText.\n",
    "source/_drafts/barley.md": front("title: Barley"),
    "source/_posts/spelt.md": front("title: Spelt", "published: false"),
    "source/index.md": front("title: Home"),
    "scaffolds/post.md": front("title: x"),
    "themes/x/layout.md": front("title: x"),
    "public/index.html": "<p>built</p>",
}

PELICAN = {
    "pelicanconf.py": 'SITEURL = ""\nPATH = "content"\nimport os\nos.abort()\n',
    "publishconf.py": "from pelicanconf import *\nSITEURL = 'https://birds.example'  # ours\n",
    "content/wren.md": (
        "Title: The wren: a *small* bird\nDate: 2020-10-20 13:13\nModified: 2020-10-21\n"
        "Tags: small, brown; quick\nAuthors: Wing, Gus; Nest, Hal\nSlug: the-wren\n"
        "Summary: It is small\n    and quick.\nX-Ray: yes\n\n"
        "See [the other]({filename}/robin.md) and ![it]({static}/images/wren.jpg).\n"
    ),
    "content/robin.md": front("Title: Robin", "Date: 2020-10-21", "Category: birds", body="Red."),
    "content/owl.md": "Title: Owl\nDate: 2020-10-22\nStatus: draft\n\nText.\n",
    "content/kite.md": "Title: Kite\nDate: 2020-10-23\nStatus: hidden\n\nText.\n",
    "output/the-wren.html": "<p>built</p>",
    "theme/templates/base.html": front("title: x"),
}

OBSIDIAN = {
    ".obsidian/app.json": "{}",
    ".obsidian/templates.json": '{"folder": "Patterns"}',
    "Sea.md": front(
        "aliases: [Ocean]",
        "tags: [water/salt, '#deep']",
        "author: '[[Ida|Ida Wave]]'",
        "source: https://sea.example/page",
        "draft: true",
        "created: 2020-10-20",
        body="The [[Moon|moon]] and [[Tide#High tide]] move it. #waves and #42\n\n"
        "> [!tip]- Go *there*\n> Take a boat.\n\n![[sea.png|300]] ![[Ship]]\n\n"
        "```\n[[code]] #no\n```\n%% a secret thought %% ==Wide==.\n",
    ),
    "2020-10-21 - A day.md": "Only words, no front matter.\n\n# Later heading\n",
    "Boats/List.md": "# A list of boats\n\n- one\n",
    "Patterns/Day.md": "# {{date}}",
    ".trash/Gone.md": "Gone.",
    "sea.png": b"\x89PNG",
}

PLAIN = {
    "2020-10-20-rain.md": "Rain\n====\n\nIt *rains*.\n\n    # not this\n",
    "snow.md": front("title: Snow & _ice_", "date: 2020-10-21T13:13:00-05:00", body="Text."),
    "Date and place.md": "Date: we met at noon.\nThen we left.\n\nText.\n",
    "hail.markdown": "{% raw %}\n\n# Hail [here](https://hail.example)\n\n{{ kept }}\n",
    "toml.md": '---toml\ntitle = "In TOML"\ndate = 2020-10-20\nnumber = 1_000\n---\nText.\n',
    "LICENSE.md": "Do what you like.",
    "notes.txt": "Title: Not an article\n\nText.",
}

ALL = {
    "jekyll": JEKYLL,
    "hugo": HUGO,
    "zola": ZOLA,
    "eleventy": ELEVENTY,
    "hexo": HEXO,
    "pelican": PELICAN,
    "obsidian": OBSIDIAN,
    "plain": PLAIN,
}
