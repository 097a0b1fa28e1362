import json
import os
import random
from pathlib import Path

import pytest

from reader.body.blocks import Body
from reader.body.parse import parse_body
from reader.body.plain import plain_text
from reader.cli import run
from reader.files.config import settings
from reader.files.fields import to_article
from reader.files.frontmatter import Document, FrontMatterError, Value
from reader.files.recognition import recognise, site_of
from reader.files.scan import read_article
from reader.files.site import NO_SITE, Site
from reader.files.walk import passed_over, walk
from reader.library import Library
from reader.model import Article
from reader.text import clean_line
from reader.urls import safe_url
from reader.views import ALL
from tests import sites
from tests.samples import front, scanned, write
from tests.test_fields import NAMES, NASTY, texts_in

NOW = "2026-01-01T00:00:00Z"


def opened(root: Path, files: dict[str, str | bytes]) -> dict[str, Article]:
    _, articles, _ = scanned(write(root, files))
    return {one.path: one for one in articles}


def body(root: Path, path: str) -> str:
    library = Library([root], root.parent / "state", root.parent / "cache")
    library.load()
    (article,) = library.find(path)
    return plain_text(library.body(article))


def shown(articles: dict[str, Article]) -> dict[str, str]:
    return {path: one.title for path, one in articles.items() if not (one.hidden or one.problem)}


def hidden(articles: dict[str, Article]) -> dict[str, str]:
    return {path.rpartition("/")[2]: one.hidden for path, one in articles.items() if one.hidden}


@pytest.mark.parametrize("kind", sites.ALL)
def test_a_folder_is_known_for_what_it_is_from_its_root_without_any_option(kind, tmp_path):
    contents, articles, late = scanned(write(tmp_path, sites.ALL[kind]))
    assert contents.site.kind == kind
    assert contents.files == len(articles) + late
    assert bool(contents.site.decided) == (kind != "plain")
    for sentence in contents.site.decided:
        assert sentence.endswith(".")


@pytest.mark.parametrize("kind", sites.ALL)
def test_every_file_of_a_site_is_counted_once(kind, tmp_path):
    root = write(tmp_path, sites.ALL[kind])
    contents, articles, late = scanned(root)
    unseen = (".obsidian/", ".trash/", "node_modules/")
    files = [name for name in sites.ALL[kind] if not name.startswith((*unseen, ".eleventy"))]
    assert len(files) == len(articles) + late + sum(contents.passed_over.values())


@pytest.mark.parametrize("kind", sites.ALL)
def test_no_file_of_a_site_is_run_or_changed(kind, tmp_path):
    root = write(tmp_path / "site", sites.ALL[kind])
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    library = Library([root], tmp_path / "state", tmp_path / "cache")
    library.load()
    for article in library.listing(ALL).articles:
        if article.has_body:
            library.body(article)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


# Jekyll


def test_jekyll_shows_its_posts_and_pages(tmp_path):
    found = opened(tmp_path, sites.JEKYLL)
    assert shown(found) == {
        "_posts/2020-10-20-first-stone.md": "A first stone",
        "_posts/2020-10-21-two-words.md": "two words",
        "about.md": "About us",
    }
    assert hidden(found) == {
        "idea.md": "draft",
        "2020-10-22-unpublished.md": "draft",
        "2999-01-01-later.md": "not yet published",
    }
    one = found["_posts/2020-10-20-first-stone.md"]
    assert (one.published_at, one.topics, one.authors) == (
        *("2020-10-20", ("granite", "slate"), ("Ann Quarry",)),
    )
    assert one.urls.web == "https://stones.example/blog/stones/first/"
    assert one.images[0].url == "https://stones.example/img/stone.png"
    assert one.excerpt == "It is grey."
    two = found["_posts/2020-10-21-two-words.md"]
    assert (two.excerpt, two.topics) == ("The words before.", ("News", "Old News"))


def test_jekyll_s_templates_gems_and_what_it_excludes_are_passed_over_and_counted(tmp_path):
    contents, _, _ = scanned(write(tmp_path, sites.JEKYLL))
    assert contents.passed_over == {
        "about the folder itself": 1,
        "another kind of file": 1,
        "index page": 1,
        "excluded by the site": 2,
        "template": 2,
        "build output": 1,
    }


def test_relative_links_and_pictures_lead_to_the_site(tmp_path):
    text = body(write(tmp_path / "a", sites.JEKYLL), "_posts/2020-10-20-first-stone.md")
    assert text.split("\n\n")[-1].split("\n") == [
        "[1] https://stones.example/blog/map/",
        "[2] https://stones.example/other/",
        "[3] https://stones.example/blog/stones/first/seen.png",
    ]


def test_jekyll_without_a_configuration_is_known_by_its_posts(tmp_path):
    found = opened(tmp_path, {"_posts/2020-10-20-a.md": front("title: A", "tags: one two")})
    assert found["_posts/2020-10-20-a.md"].topics == ("one", "two")


@pytest.mark.parametrize(
    ("line", "topics"),
    [
        ("tags: one two", ("one", "two")),
        ("tags: one two, three", ("one two", "three")),
        ("category: one two", ("one two",)),
        ("keywords: one two", ("one two",)),
        ("categories: [one two, three]", ("one two", "three")),
    ],
)
def test_only_the_plural_names_of_jekyll_are_split_on_spaces(line, topics, tmp_path):
    found = opened(tmp_path, {"_config.yml": "", "a.md": front(line)})
    assert found["a.md"].topics == topics


# Hugo


def test_hugo_shows_what_its_content_says(tmp_path):
    found = opened(tmp_path, sites.HUGO)
    assert shown(found) == {
        "content/posts/high-hill.md": "A high hill",
        "content/posts/low-hill/index.md": "Low",
        "content/posts/themes/inside.md": "On themes",
    }
    assert hidden(found) == {
        "old-sale.md": "expired",
        "future.md": "not yet published",
        "draft.md": "draft",
        "alone.md": "not a page of the site",
    }
    one = found["content/posts/high-hill.md"]
    assert (one.published_at, one.updated_at) == ("2020-10-20T13:13:00Z", "2020-10-22")
    assert (one.topics, one.authors, one.excerpt) == (
        *(("climbing", "view"), ("Bo", "Cy"), "A high one."),
    )
    urls = {path: one.urls.web for path, one in found.items() if path in shown(found)}
    assert list(urls.values()) == [
        "https://hills.example/posts/high-hill/",
        "https://hills.example/posts/lower/",
        "https://hills.example/t/",
    ]
    bundle = found["content/posts/low-hill/index.md"]
    assert bundle.images[0].url == "https://hills.example/posts/lower/low.png"


def test_hugo_s_own_folders_are_passed_over_by_reason(tmp_path):
    contents, _, _ = scanned(write(tmp_path, sites.HUGO))
    assert contents.passed_over == {
        "another kind of file": 1,
        "template": 3,
        "outside content/": 1,
        "index page": 2,
        "build output": 1,
    }


def test_hugo_s_shortcodes_are_shown_by_what_is_in_them(tmp_path):
    text = body(write(tmp_path / "a", sites.HUGO), "content/posts/high-hill.md")
    assert text.split("\n\n") == [
        "[picture: The top] [1]",
        "A high one.",
        "Next [2].",
        "[1] https://hills.example/top.jpg\n[2] https://hills.example/posts/low-hill/",
    ]


@pytest.mark.parametrize(
    "more",
    [
        "[permalinks]\nposts = '/:year/:title/'",
        "uglyURLs = true",
        "[languages.fr]\nweight = 1",
        "[frontmatter]\ndate = [':filename']",
    ],
)
def test_where_a_setting_bends_addresses_a_path_gives_none(more, tmp_path):
    config = f"baseURL = 'https://hills.example/'\n{more}\n"
    files = {"hugo.toml": config, "content/a.md": front("title: A"), "x/y.md": ""}
    files["content/b.md"] = front("title: B", "url: /own/")
    files["content/c.md"] = front("title: C", "aliases: [/old/]")
    found = opened(tmp_path, files)
    assert found["content/a.md"].urls.web is None
    assert found["content/b.md"].urls.web == "https://hills.example/own/"
    alias = None if "languages" in more else "https://hills.example/old/"
    assert found["content/c.md"].urls.web == alias


def test_what_lies_beside_an_index_file_belongs_to_that_article(tmp_path):
    names = ("a/index.md", "a/notes.md", "a/deep/er.md", "a/index.fr.md", "b.md", "index.md")
    files = {"hugo.toml": "", **{f"content/{name}": front("title: A") for name in names}}
    walked = walk(write(tmp_path, files), site_of(tmp_path))
    alone = ["a/index.fr.md", "a/index.md", "b.md", "index.md"]
    assert walked.files == [f"content/{name}" for name in alone]
    assert walked.passed_over == {"another kind of file": 1, "part of another article": 2}


# Zola


def test_zola_shows_what_its_content_says(tmp_path):
    found = opened(tmp_path, sites.ZOLA)
    assert shown(found) == {
        "content/blog/2020-10-20-blue-lake.md": "Blue lake",
        "content/blog/deep.md": "Deep",
    }
    assert hidden(found) == {"gone.md": "draft", "part.md": "not a page of the site"}
    one = found["content/blog/2020-10-20-blue-lake.md"]
    assert (one.topics, one.authors) == (("water", "Blue"), ("Di",))
    assert (one.excerpt, one.published_at) == ("It is blue.", "2020-10-20")
    assert one.urls.web == "https://lakes.example/z/blog/blue-lake/"
    assert found["content/blog/deep.md"].urls.web == "https://lakes.example/z/blog/deeper/"


def test_zola_s_functions_inner_links_and_quotes_are_shown(tmp_path):
    text = body(write(tmp_path / "a", sites.ZOLA), "content/blog/2020-10-20-blue-lake.md")
    assert text.split("\n\n") == [
        "[video] [1]",
        "The other [2] is deep.",
        "> So it is.",
        "[1] https://www.youtube.com/watch?v=abc\n[2] https://lakes.example/z/blog/deep/",
    ]


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        ("base_url = 'https://a.example'", "zola"),
        ("[extra]\na = 1", "zola"),
        ("baseURL = 'https://a.example'", "hugo"),
        ("title = 'A'", "hugo"),
        ("broken = ", "hugo"),
    ],
)
def test_zola_and_hugo_are_told_apart_by_their_settings(config, kind, tmp_path):
    write(tmp_path, {"config.toml": config, "content/a.md": ""})
    assert site_of(tmp_path).kind == kind
    assert recognise(frozenset({"config.toml"}), {"config.toml": config.encode()}) == NO_SITE


# Eleventy


def test_eleventy_shows_what_its_pages_say(tmp_path):
    found = opened(tmp_path, sites.ELEVENTY)
    assert shown(found) == {"src/posts/elm.md": "Elm", "src/posts/oak.md": "Oak & beech"}
    assert hidden(found) == {
        "draft.md": "draft",
        "feed.md": "not listed by the site",
        "tags.md": "not listed by the site",
        "part.md": "not a page of the site",
    }
    one = found["src/posts/oak.md"]
    assert (one.published_at, one.topics) == ("2020-10-20T13:13:00Z", ("posts", "trees"))
    assert (one.urls.web, one.excerpt) == ("https://woods.example/trees/oak/", "An old tree.")
    assert found["src/posts/elm.md"].published_at == "2020-10-21"
    assert found["src/posts/ash.md"].problem == (
        "line 1, column 1: the front matter is a program, and programs are not run here"
    )


# Hexo


def test_hexo_shows_its_posts(tmp_path):
    found = opened(tmp_path, sites.HEXO)
    assert shown(found) == {
        "source/_posts/oats.md": "Oats",
        "source/_posts/rye.md": "Rye",
        "source/_posts/wheat.md": "Wheat",
    }
    assert hidden(found) == {"barley.md": "draft", "spelt.md": "draft"}
    one = found["source/_posts/wheat.md"]
    assert (one.published_at, one.updated_at) == ("2020-10-20T13:13:00Z", "2020-10-21T13:13:00Z")
    assert one.topics == ("Crops", "Grain", "Harvest")
    assert (one.urls.web, one.excerpt) == ("http://fields.example/crops/wheat.html", "It grows.")
    assert found["source/_posts/oats.md"].topics == ("grain",)
    assert found["source/_posts/rye.md"].published_at == "2020-10-21"


def test_hexo_s_tags_are_shown_by_what_is_in_them(tmp_path):
    text = body(write(tmp_path / "a", sites.HEXO), "source/_posts/wheat.md")
    assert text.split("\n\n") == [
        "It grows.",
        "[picture: An ear] [1]",
        "> It ripens.",
        "[1] http://fields.example/crops/ear.png",
    ]


def test_octopress_is_jekyll_though_its_posts_are_where_hexo_has_them(tmp_path):
    write(tmp_path, {"_config.yml": "source: source", "source/_posts/2020-10-20-a.md": ""})
    assert site_of(tmp_path).kind == "jekyll"


# Pelican


def test_pelican_shows_what_its_header_lines_say(tmp_path):
    found = opened(tmp_path, sites.PELICAN)
    assert shown(found) == {
        "content/robin.md": "Robin",
        "content/wren.md": "The wren: a small bird",
    }
    assert hidden(found) == {"owl.md": "draft", "kite.md": "not listed by the site"}
    one = found["content/wren.md"]
    assert (one.published_at, one.updated_at) == ("2020-10-20T13:13:00Z", "2020-10-21")
    assert (one.topics, one.authors) == (("small, brown", "quick"), ("Wing, Gus", "Nest, Hal"))
    assert (one.excerpt, one.urls.web) == (
        *("It is small and quick.", "https://birds.example/the-wren.html"),
    )
    assert found["content/robin.md"].topics == ("birds",)


def test_pelican_s_files_are_at_its_address_and_other_articles_keep_their_words(tmp_path):
    text = body(write(tmp_path / "a", sites.PELICAN), "content/wren.md")
    assert text == (
        "See the other and [picture: it] [1].\n\n[1] https://birds.example/images/wren.jpg"
    )


def test_only_plain_texts_are_read_in_a_program():
    program = (
        b"AA = 'x'\nSITEURL = os.environ['HOME']\n  BB = 'no'\nCC = \"y\"  # why\nDD = 'a' + 'b'\n"
    )
    assert settings("pelicanconf.py", program) == {
        "aa": "x",
        "siteurl": None,
        "cc": "y",
        "dd": None,
    }
    assert settings(".eleventy.js", b"url = 'x'") == {}


# Obsidian


def test_obsidian_shows_its_notes_and_none_is_a_draft(tmp_path):
    found = opened(tmp_path, sites.OBSIDIAN)
    assert shown(found) == {
        "2020-10-21 - A day.md": "2020-10-21 - A day",
        "Boats/List.md": "A list of boats",
        "Sea.md": "Sea",
    }
    assert hidden(found) == {}
    one = found["Sea.md"]
    assert one.topics == ("water/salt", "deep", "waves")
    assert (one.authors, one.published_at) == (("Ida Wave",), "2020-10-20")
    assert one.urls.web == "https://sea.example/page"


def test_obsidian_s_links_embeds_and_callouts_are_text(tmp_path):
    text = body(write(tmp_path / "a", sites.OBSIDIAN), "Sea.md")
    assert text.split("\n\n") == [
        "The moon and Tide > High tide move it. #waves and #42",
        "> Go there",
        "> Take a boat.",
        "[picture: sea.png] [embedded: Ship]",
        "    [[code]] #no",
        "Wide.",
    ]


# Plain Markdown


def test_plain_markdown_is_read_as_it_is(tmp_path):
    found = opened(tmp_path, sites.PLAIN)
    assert shown(found) == {
        "2020-10-20-rain.md": "Rain",
        "Date and place.md": "Date and place",
        "hail.markdown": "Hail here",
        "snow.md": "Snow & ice",
        "toml.md": "In TOML",
    }
    assert found["snow.md"].published_at == "2020-10-21T18:13:00Z"
    assert found["2020-10-20-rain.md"].excerpt == "It rains."


# What holds for all


def test_a_semicolon_divides_names_where_pelican_wrote_them_and_nowhere_else(tmp_path):
    line = "tags: 'R&amp;D, AI'"
    found = opened(tmp_path, {"_config.yml": "", "a.md": front(line, "authors: A &amp; B")})
    assert (found["a.md"].topics, found["a.md"].authors) == (("R&D", "AI"), ("A & B",))


def test_published_false_is_a_draft_only_where_no_article_has_heat_or_quality(tmp_path):
    files = {f"{n:03}.md": front(f"title: {n}", "published: false") for n in range(400)}
    drafts = opened(tmp_path / "a", files)
    assert len(drafts) == 400
    assert {one.hidden for one in drafts.values()} == {"draft"}
    files["200.md"] = front("title: Good", "quality: 5")
    picked = opened(tmp_path / "b", files)
    assert len(picked) == 400
    assert {one.hidden for one in picked.values()} == {None}


def test_the_key_of_an_article_is_in_its_own_file_and_not_in_the_configuration(tmp_path):
    found = opened(tmp_path, sites.JEKYLL)
    one = found["about.md"]
    assert one.key == "about.md"
    library = Library([tmp_path], tmp_path.parent / "state", tmp_path.parent / "cache")
    library.load()
    assert library.find("https://stones.example/blog/about")[0].path == "about.md"


def test_an_address_in_the_file_wins_over_the_site_s_own(tmp_path):
    files = {"_config.yml": "url: https://a.example"}
    files["a.md"] = front("permalink: /a/", "originalUrl: https://b.example/x", body="[l](m)")
    files["b.md"] = front("permalink: /b/", "link: https://b.example/y", body="[l](/m)")
    found = opened(tmp_path / "s", files)
    assert [one.urls.best for one in found.values()] == [
        "https://b.example/x",
        "https://b.example/y",
    ]
    assert body(tmp_path / "s", "a.md").endswith("https://b.example/m")
    assert body(tmp_path / "s", "b.md").endswith("https://a.example/m")


@pytest.mark.parametrize(
    "permalink", ["/:year/:title/", "pretty", "{{ x }}", "//evil.example/", "https://x.example/"]
)
def test_a_permalink_with_places_to_fill_in_is_no_address(permalink, tmp_path):
    files = {"_config.yml": "url: https://a.example", "a.md": front(f"permalink: '{permalink}'")}
    assert opened(tmp_path, files)["a.md"].urls.web is None


@pytest.mark.parametrize(
    "url",
    ["http://localhost:4000", "http://127.0.0.1/", "javascript:x", "ftp://a.example", "", "[]"],
)
def test_an_address_of_this_machine_is_none(url, tmp_path):
    write(tmp_path, {"_config.yml": f"url: '{url}'\nbaseurl: /b"})
    assert site_of(tmp_path).address is None


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (b"url: [", "cannot be understood"),
        (b"\xff", "not UTF-8"),
        (b"a: &x 1\nb: *x", "aliases"),
        (b"[" * 100_000, "nested deeper"),
        (b"- a", "not a list of fields"),
    ],
)
def test_a_broken_configuration_costs_its_settings_and_not_the_folder(config, words, tmp_path):
    write(tmp_path, {"_config.yml": config, "a.md": front("title: A")})
    contents, (article,), _ = scanned(tmp_path)
    assert (contents.site.kind, article.title) == ("jekyll", "A")
    assert any(words in sentence for sentence in contents.site.decided)


def test_a_configuration_behind_a_link_or_in_a_pipe_is_not_read(tmp_path):
    outside = write(tmp_path / "out", {"_config.yml": "url: https://a.example", "c/hugo.toml": ""})
    root = write(tmp_path / "in", {"a.md": ""})
    (root / "_config.yml").symlink_to(outside / "_config.yml")
    (root / "config").symlink_to(outside / "c")
    os.mkfifo(root / "hugo.toml")
    assert site_of(root) == NO_SITE


def test_a_large_configuration_is_left_out(tmp_path):
    write(tmp_path, {"_config.yml": b"url: https://a.example\n" + b"#" * 1024 * 1024})
    assert site_of(tmp_path).address is None


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("content/posts/license-change.md", None),
        ("content/posts/README.md", "about the folder itself"),
        ("content/layouts/a.md", None),
        ("content/_index.fr.md", "index page"),
        ("content/index.md", None),
        ("resources/a.md", "build output"),
        ("content/a.toml", "another kind of file"),
        ("contents/a.md", "outside content/"),
    ],
)
def test_inside_its_home_a_site_has_articles_of_any_name(path, why, tmp_path):
    site = site_of(write(tmp_path, {"hugo.toml": "", "content/a.md": ""}))
    assert passed_over(path, site=site) == why


def test_another_home_is_taken_from_the_configuration(tmp_path):
    write(tmp_path, {"hugo.toml": "contentDir = 'texts/en'", "content/a.md": ""})
    assert site_of(tmp_path).home == "texts/en/"
    write(tmp_path, {"hugo.toml": "[languages.en]\ncontentDir = 'en'"})
    assert site_of(tmp_path).home == ""
    write(tmp_path, {"hugo.toml": "contentDir = '../other'"})
    assert site_of(tmp_path).home == ""


def test_what_was_built_is_counted_but_packages_are_not_even_looked_into(tmp_path):
    files = {"_config.yml": "destination: ./built", "built/a/b.md": "", "node_modules/a.md": ""}
    walked = walk(write(tmp_path, files), site_of(tmp_path))
    assert walked.passed_over == {"another kind of file": 1, "build output": 1}


def test_check_says_what_kind_of_site_a_folder_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    hugo, plain = write(tmp_path / "h", sites.HUGO), write(tmp_path / "p", {"a.md": ""})
    assert run(["check", str(hugo), str(plain), "--json"]) == 0
    one, two = json.loads(capsys.readouterr().out)["folders"]
    assert (one["folder"], one["kind"], one["address"]) == (
        *(str(hugo), "hugo", "https://hills.example/"),
    )
    assert one["decided"][0] == "hugo.toml says that this is a folder of Hugo."
    assert two == {"folder": str(plain), "kind": "plain", "address": None, "decided": []}
    run(["check", str(hugo), str(plain)])
    printed = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in printed if "folder of" in line] == [str(hugo)]


def test_a_file_of_a_site_may_be_opened_alone(tmp_path):
    root = write(tmp_path, sites.HUGO)
    contents, (article,), _ = scanned(root / "content" / "posts" / "high-hill.md")
    assert (contents.site, article.title) == (NO_SITE, "A high hill")


def test_expiry_is_by_the_clock_that_is_given(tmp_path):
    site = site_of(
        write(tmp_path, {"hugo.toml": "", "content/a.md": front("expiryDate: 2026-01-01")})
    )
    for now, why in ((NOW, "expired"), ("2025-12-31T23:59:59Z", None), ("", None)):
        assert read_article(tmp_path, "content/a.md", 0, site, now).hidden == why
    write(tmp_path, {"hugo.toml": "buildFuture = true", "content/b.md": front("date: 2999-01-01")})
    assert read_article(tmp_path, "content/b.md", 0, site_of(tmp_path), NOW).hidden is None
    assert read_article(tmp_path, "content/b.md", 0, site, NOW).hidden == "not yet published"


def test_settings_of_a_broken_program_raise_the_one_exception_or_none():
    with pytest.raises(FrontMatterError):
        settings("pelicanconf.py", b"\xff")


ODD = (
    *NASTY,
    *("{{ x }}", "{% raw %}", "{{< figure src='\x1b' >}}", "[[\u202e]]", "![[a|b]]", "# \x1b"),
    *("```", "/x/", "..//\\", "a*b*c _d_ `e` [f](g)", "> [!x]", "%%", "==a\x9b==", "](@/x.md"),
    *("<!--more-->", "2999-01-01", "false", "true", "a, b; c d", "#tag/\u202e", "@:{}", ""),
)
MORE_NAMES = (
    *(*NAMES, "taxonomies", "params", "extra", "permalink", "slug", "aliases", "path", "build"),
    *("pagination", "status", "expiryDate", "Title", "DATE", "cover"),
)


def odd_value(chance: random.Random, depth: int = 0) -> Value:
    kind = chance.random()
    if kind < 0.6 or depth > 3:
        return chance.choice(ODD) + chance.choice(("", chance.choice(ODD)))
    if kind < 0.85:
        return [odd_value(chance, depth + 1) for _ in range(chance.randrange(4))] or None
    return odd_fields(chance, chance.randrange(4), depth + 1)


def odd_fields(chance: random.Random, count: int, depth: int = 0) -> dict[str, Value]:
    return {chance.choice(MORE_NAMES): odd_value(chance, depth) for _ in range(count)}


@pytest.mark.parametrize("kind", sites.ALL)
def test_whatever_the_fields_hold_articles_and_bodies_of_a_site_are_clean(kind):
    chance = random.Random(kind)
    for _ in range(400):
        address = chance.choice((None, "https://a.example/", "https://a.example/b/"))
        site = Site(kind, address, home=chance.choice(("", "content/")), by_path=True)
        body = "\n".join(chance.choice(ODD) for _ in range(chance.randrange(12)))
        file = chance.choice(("a.md", "content/x.md", "content/\u202e/index.md", "\x1b[2J.html"))
        document = Document(odd_fields(chance, chance.randrange(8)), body)
        found = to_article(document, file, 0.0, 0, site, NOW)
        for name, text in texts_in(found):
            assert name == "file" or clean_line(text) == text != ""
            if name in ("original", "web", "amp", "cdn_amp", "url"):
                assert safe_url(text) == text
        base, dialect = site.base(found.urls), site.dialect
        shown = parse_body(body, html=file.endswith(".html"), base=base, dialect=dialect)
        assert all(line.isprintable() for line in lines_of(shown))
        assert all(safe_url(link) == link for link in shown.links)


def lines_of(body: Body) -> list[str]:
    return [line for block in body.blocks for line in block.text.split("\n")]
