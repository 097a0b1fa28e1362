"""What filters find in real folders, counted a second time by PyYAML alone."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

from reader.cli import naming, run

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
AZURE, POWER = "azure-2020-10", "power-apps"


def folded(text):
    """Return a text without case and accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def words(text):
    """Return ` word word `, with `+` and `#` right after a word as words of their own."""
    runs = re.findall(r"([^\W_]+)([+#]*)", folded(text))
    return " " + " ".join(part for word, signs in runs for part in (word, *signs)) + " "


def key(url):
    """Return what an address is known by."""
    url = re.sub(r"^https?://(www\.)?", "", url.strip()).partition("#")[0]
    path, _, query = url.partition("?")
    kept = [p for p in query.split("&") if p and not re.match(r"utm_|(fbclid|gclid)(=|$)", p)]
    host, slash, rest = path.rstrip("/").partition("/")
    return host.lower() + slash + rest + ("?" + "&".join(kept) if kept else "")


def address(item):
    return key(item.get("originalUrl") or item.get("webUrl") or "")


@cache
def read(folder):
    """Return the articles of a folder: what is between the first two fences of each file."""
    articles = []
    for path in sorted((CORPUS / folder / "_news").rglob("*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        end = lines.index("---", 1)
        one = yaml.load("\n".join(lines[1:end]), yaml.BaseLoader)
        where = path.relative_to(CORPUS / folder).as_posix()
        articles.append({**one, "path": where, "parents": parents(folder)})
    known = {}
    for one in articles:
        known.setdefault(key(one.get("webUrl") or one["originalUrl"]), address(one))
        known.setdefault(address(one), address(one))
    for one in articles:
        near = {known.get(key(r["webUrl"]), key(r["webUrl"])) for r in one.get("related") or []}
        one["near"] = near - {address(one), ""}
    return articles


@cache
def parents(folder):
    listed = [yaml.safe_load(p.read_text()) for p in (CORPUS / folder / "_data/topics").glob("*")]
    return {one["name"]: one.get("parent") for one in listed}


def topic(name):
    """Return a test: filed under a topic or one whose parents lead to it."""

    def holds(one):
        for at in one["topics"]:
            while at:
                if folded(at) == folded(name):
                    return True
                at = one["parents"].get(at)
        return False

    return holds


def exactly(name):
    return lambda one: any(folded(at) == folded(name) for at in one["topics"])


def provider(name):
    wanted = folded(name)
    return lambda one: (
        wanted in (folded(one["provider"]["name"]), folded(one["provider"]["domain"]))
    )


def domain(name):
    return lambda one: folded(one["provider"]["domain"]) == folded(name)


def number(field, low=-(10**9), high=10**9):
    return lambda one: low <= int(one[field]) <= high


def related(low, high=10**9):
    return lambda one: low <= len(one["near"]) <= high


def date(first, last):
    """Return a test: published on one of these days of UTC (all dates of the files end in Z)."""
    return lambda one: first <= one["publishedDateTime"][:10] <= last


def word(text, whole=False, only=None):
    """Return a test: words that stand side by side in one field, the last maybe only begun."""
    wanted = words(text) if whole else words(text)[:-1]

    def holds(one):
        texts = [one["title"], one.get("excerpt") or "", one["provider"]["name"], *one["topics"]]
        return any(wanted in words(t) for t in ([one[only]] if only else texts))

    return holds


def expression(text):
    return lambda one: re.search(text, one["title"], re.IGNORECASE) is not None


def below(count):
    """Return a test: title and excerpt have fewer words (as `words` parts them)."""
    return lambda one: len((words(one["title"]) + words(one.get("excerpt") or "")).split()) < count


def has(field):
    return lambda one: bool(one.get(field))


def each(*tests):
    return lambda one: all(test(one) for test in tests)


def some(*tests):
    return lambda one: any(test(one) for test in tests)


def no(test):
    return lambda one: not test(one)


def picked(one):
    return one["published"] == "true"


def video(one):
    return one["type"] == "video"


LINES = [
    (POWER, 'topic:"Power Apps" is:picked sort:newest', each(topic("Power Apps"), picked)),
    (POWER, "topic:portals", topic("Portals")),
    (
        POWER,
        'topic:"Canvas apps" OR topic:"Model-driven apps"',
        some(topic("Canvas apps"), topic("Model-driven apps")),
    ),
    (POWER, "-provider:Microsoft", no(provider("Microsoft"))),
    (POWER, "provider:microsoft.com type:video", each(provider("microsoft.com"), video)),
    (POWER, "type:video OR -has:image", some(video, no(has("images")))),
    (POWER, "quality:60..90", number("quality", 60, 90)),
    (POWER, "quality:>=100 is:picked", each(number("quality", 100), picked)),
    (POWER, "-is:picked date:2021-05", each(no(picked), date("2021-05-01", "2021-05-31"))),
    (POWER, "date:2021 -is:picked", each(date("2021-01-01", "2021-12-31"), no(picked))),
    (POWER, "title:/^(announcing|introducing)/", expression("^(announcing|introducing)")),
    (POWER, "title:portal", word("portal", only="title")),
    (
        POWER,
        "title:portal -topic:Portals",
        each(word("portal", only="title"), no(topic("Portals"))),
    ),
    (POWER, "power autom", each(word("power"), word("autom"))),
    (POWER, '"power automate"', word("power automate", whole=True)),
    (
        POWER,
        '"power automate" (date:2020 OR is:picked)',
        each(word("power automate", whole=True), some(date("2020-01-01", "2020-12-31"), picked)),
    ),
    (POWER, "has:image -has:amp", each(has("images"), no(has("ampWebUrl")))),
    (POWER, "related:>0", related(1)),
    (AZURE, "topic:azure", topic("Azure")),
    (AZURE, "topic:=Azure", exactly("Azure")),
    (AZURE, "topic:Databases OR topic:Storage", some(topic("Databases"), topic("Storage"))),
    (
        AZURE,
        "(topic:Databases OR topic:Storage) provider:Microsoft",
        each(some(topic("Databases"), topic("Storage")), provider("Microsoft")),
    ),
    (AZURE, "provider:ZDNet", provider("ZDNet")),
    (
        AZURE,
        'provider:"Business Wire" OR domain:prnewswire.com',
        some(provider("Business Wire"), domain("prnewswire.com")),
    ),
    (
        AZURE,
        "-domain:microsoft.com -domain:prnewswire.com",
        each(no(domain("microsoft.com")), no(domain("prnewswire.com"))),
    ),
    (AZURE, "is:picked quality:>=80", each(picked, number("quality", 80))),
    (AZURE, "heat:-1", number("heat", -1, -1)),
    (AZURE, "heat:>100", number("heat", 101)),
    (AZURE, "heat:>=0 related:>3", each(number("heat", 0), related(4))),
    (AZURE, "related:>3", related(4)),
    (AZURE, "-related:>0", no(related(1))),
    (AZURE, "has:related -has:image", each(related(1), no(has("images")))),
    (AZURE, "has:amp", has("ampWebUrl")),
    (
        AZURE,
        "has:image -has:amp quality:<60",
        each(has("images"), no(has("ampWebUrl")), number("quality", high=59)),
    ),
    (AZURE, "date:2020-10", date("2020-10-01", "2020-10-31")),
    (AZURE, "date:2020-10-01..2020-10-20", date("2020-10-01", "2020-10-20")),
    (AZURE, "date:<2020-10-20", date("0000", "2020-10-19")),
    (AZURE, "date:>2020", date("2021", "9999")),
    (
        AZURE,
        "date:2020-09..2020-10-05 -is:picked",
        each(date("2020-09-01", "2020-10-05"), no(picked)),
    ),
    (
        AZURE,
        "title:/space|starlink/ -title:workspace",
        each(expression("space|starlink"), no(word("workspace", only="title"))),
    ),
    (AZURE, "title:space", word("space", only="title")),
    (AZURE, "cloud", word("cloud")),
    (
        AZURE,
        '"general availability" OR "generally available"',
        some(word("general availability", whole=True), word("generally available", whole=True)),
    ),
    (AZURE, "sql -topic:Databases", each(word("sql"), no(topic("Databases")))),
    (
        AZURE,
        "-(provider:Microsoft OR quality:<50)",
        no(some(provider("Microsoft"), number("quality", high=49))),
    ),
    (AZURE, "words:<20", below(20)),
    (AZURE, "path:_news/2020-09", lambda one: "_news/2020-09" in one["path"]),
    (
        AZURE,
        "url:zdnet.com/article",
        lambda one: "zdnet.com/article" in (one.get("originalUrl") or one["webUrl"]),
    ),
]


pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Keep the marks and the cache of the user out of the tests."""
    place = tmp_path_factory.mktemp("places")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        patch.setattr(naming, "state_dir", lambda: place / "state")
        patch.setattr(naming, "cache_dir", lambda: place / "cache")
        patch.setattr(naming, "config_file", lambda: place / "config.toml")
        yield


@pytest.mark.parametrize(("folder", "text", "holds"), LINES, ids=[one[1] for one in LINES])
def test_a_filter_finds_what_the_files_say(folder, text, holds, places, capsys):
    expected = {one["path"] for one in read(folder) if holds(one)}
    assert run(["list", "--json", "--library", str(CORPUS / folder), "--", text]) == 0
    found = [json.loads(line)["path"] for line in capsys.readouterr().out.splitlines()]
    assert len(found) == len(expected)
    assert set(found) == expected


def test_the_first_of_these_lines_is_132_articles(places):
    folder, text, holds = LINES[0]
    assert text == 'topic:"Power Apps" is:picked sort:newest'
    assert sum(map(holds, read(folder))) == 132
