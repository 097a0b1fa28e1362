"""What holds for real folders, which are not in the repository: skipped where they are not."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from reader.cli import naming, run
from reader.cli.records import record
from reader.library import Library
from reader.views import ALL

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return a function that opens and reads a folder of the corpus once."""
    libraries = {}

    def open_once(name):
        if name not in libraries:
            libraries[name] = Library(
                [CORPUS / name], tmp_path_factory.mktemp("state"), tmp_path_factory.mktemp("cache")
            )
            libraries[name].load()
        return libraries[name]

    return open_once


def listed(library, text=""):
    rows = library.listing(ALL, text=text)
    return [rows.article(number) for number in range(len(rows))]


def test_the_seed_is_one_article_with_every_field_right(opened):
    library = opened("seed")
    (article,) = listed(library)
    found = record(library, article)
    url = (
        "https://www.geekwire.com/2020/"
        "microsoft-partners-spacexs-starlink-satellite-service-azure-space-cloud-platform/"
    )
    excerpt = found.pop("excerpt")
    assert excerpt.startswith("Microsoft says ")
    assert excerpt.endswith("constellation.")
    related = found.pop("related")
    assert [one["url"].split("/")[2] for one in related] == [
        *("www.zdnet.com", "techcrunch.com", "www.technowize.com"),
    ]
    assert [one["title"].split()[:2] for one in related] == [
        *(["Microsoft", "launches"], ["Microsoft", "debuts"], ["Microsoft", "releases"]),
    ]
    assert [one["id"] for one in related] == [None, None, None]
    assert found == {
        "id": "5c0d97c7ff",
        "path": article.path,
        "title": "Microsoft partners with SpaceX’s Starlink satellite service for Azure Space "
        "cloud platform",
        "published_at": "2020-10-20T13:13:00Z",
        "updated_at": None,
        "url": url,
        "urls": {
            "original": url,
            "web": url,
            "amp": f"{url}amp/",
            "cdn_amp": "https://www-geekwire-com.cdn.ampproject.org/c/s/" + url[8:] + "amp/",
        },
        "provider": "GeekWire",
        "domain": "geekwire.com",
        "authors": [],
        "topics": ["Microsoft AI", "AI"],
        "tags": [],
        "type": "article",
        "lang": None,
        "feed": None,
        "quality": 94,
        "heat": -1,
        "picked": False,
        "covered": True,
        "images": [
            {
                "url": "https://cdn.geekwire.com/wp-content/uploads/2020/10/"
                "201020-azurespace-630x479.png",
                "width": 630,
                "height": 479,
                "title": None,
            }
        ],
        "leader": None,
        "story": None,
        "front": {"points": 25.0, "quality": 25.0, "coverage": 0.0, "age": 0.0, "boost": 0.0},
        "read": False,
        "starred": False,
        "dismissed": False,
        "problem": None,
    }


def test_a_real_month_is_listed_whole_by_quality_and_then_date(opened):
    library = opened("azure-2020-10")
    articles = listed(library)
    assert (len(articles), library.counts.problems) == (196, 0)
    places = [(-one.quality, one.published_at) for one in articles]
    assert [place[0] for place in places] == sorted(place[0] for place in places)
    for (quality, when), (next_quality, next_when) in pairwise(places):
        assert quality < next_quality or when >= next_when


def test_the_related_items_of_a_real_month_are_resolved(opened):
    library = opened("azure-2020-10")
    articles = listed(library)
    near = [one for article in articles for one in library.near(article)]
    assert sum(len(library.store.copies(row)) for row in library.store.order("quality")) == 1902
    assert len(near) == 1902 - 32
    assert sum(one.article is not None for one in near) == 1666


def test_five_related_jumps_lead_to_six_articles(opened):
    library = opened("azure-2020-10")
    way = [next(one for one in listed(library) if len(library.near(one)) > 5)]
    while len(way) < 6:
        ahead = (near.article for near in library.near(way[-1]) if near.article)
        way.append(next(one for one in ahead if one not in way))
    assert len({one.id for one in way}) == 6


def test_check_finds_no_problem_in_a_real_site(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(naming, "state_dir", lambda: tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run(["check", str(CORPUS / "power-apps")]) == 0
    assert ", 0 with problems, " in capsys.readouterr().out


def test_the_picked_articles_of_a_topic_come_newest_first(opened):
    library = opened("power-apps")
    articles = listed(library, 'topic:"Power Apps" is:picked sort:newest')
    assert len(articles) == 132
    days = [one.published_at for one in articles]
    assert days == sorted(days, reverse=True)


def test_an_edition_of_a_quarter_of_an_hour_is_spread_wide_and_tells_no_event_twice(opened):
    library = opened("azure-2020-10")
    assert library.make_edition(date(2020, 10, 28), 15)
    rows, store = list(library.edition_rows()), library.store
    articles = list(map(store.article, rows))
    assert abs(library.edition_progress().minutes - 15) <= 2
    assert len({one.topics[-1] for one in articles}) >= 5
    assert len({one.provider for one in articles}) >= 8
    for row, article in zip(rows, articles, strict=True):
        near = {one.article.id for one in library.near(article) if one.article}
        assert near.isdisjoint(store.id(other) for other in rows if other != row)
        assert set(store.story(row)).isdisjoint({*rows} - {row})


@pytest.mark.parametrize("name", ["seed", "azure-2020-10", "power-apps"])
def test_every_file_of_the_corpus_is_accounted_for(opened, name):
    counts = opened(name).counts
    files = sum(path.is_file() for path in (CORPUS / name).rglob("*"))
    assert counts.seen == files
    assert counts.seen == sum((counts.articles, counts.hidden, counts.problems, counts.passed_over))
