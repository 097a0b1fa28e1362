"""What is new in a folder: entries against the ledger, the files, and each other."""

from pathlib import Path

import pytest

from reader.feeds.filing.categories import TopicWords
from reader.feeds.filing.ledger import Ledger
from reader.feeds.filing.newcomers import Choice
from reader.feeds.filing.sameness import link_key, without_amp, words_of
from reader.feeds.values import Entry, Feed
from reader.files.scan import read_article
from tests.filing import FEED, NOW, OTHER, Desk, entry


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_article_is_written_once(desk: Desk) -> None:
    assert desk.file(entry()) == ["_news/2026-11-20-one-ce057e45e7.md"]
    assert desk.choose(entry()) == Choice()


@pytest.mark.parametrize(
    "url",
    [
        "http://www.a.example/one/",
        "https://a.example/one?utm_source=feed&utm_medium=rss",
        "https://a.example/one/amp/",
        "https://a.example/one?amp=1",
        "https://a-example.cdn.ampproject.org/c/s/a.example/one/amp/",
    ],
)
def test_the_same_address_in_another_form_is_the_same_article(desk: Desk, url: str) -> None:
    desk.file(entry())

    assert desk.choose(entry(url)) == Choice()
    assert desk.choose(entry(url), feed=OTHER) == Choice()


def test_the_same_guid_is_the_same_article_wherever_it_has_moved(desk: Desk) -> None:
    desk.file(entry(guid="1"))

    assert desk.choose(entry("https://a.example/moved", guid="1")) == Choice()


def test_a_feed_that_changes_its_guids_brings_nothing_new(desk: Desk) -> None:
    desk.file(entry(guid="1"))

    assert desk.choose(entry(guid="99")) == Choice()


def test_a_short_guid_means_another_article_in_another_feed(desk: Desk) -> None:
    desk.file(entry(guid="1"))

    assert desk.choose(entry("https://b.example/x", guid="1"), feed=OTHER).new == 1


def test_what_two_feeds_bring_at_once_is_written_once(desk: Desk) -> None:
    newcomers = desk.newcomers()

    assert newcomers.choose(FEED, [entry(), entry(), entry(guid="x")]).new == 1
    assert newcomers.choose(OTHER, [entry("https://www.a.example/one/")]).new == 0


def test_what_was_deleted_or_moved_is_not_written_again(desk: Desk) -> None:
    (file,) = desk.file(entry())
    (desk.folder / file).rename(desk.folder / "kept.md")
    assert desk.choose(entry()) == Choice()

    (desk.folder / "kept.md").unlink()
    assert desk.choose(entry()) == Choice()
    assert desk.choose(entry(body="Changed")).new == 0
    assert desk.choose(entry(body="Changed")).versions == 0


def test_an_article_of_somebody_elses_files_is_not_written(desk: Desk) -> None:
    (desk.folder / "theirs.md").write_text(
        "---\ntitle: X\noriginalUrl: https://a.example/one\n---\n"
    )

    assert desk.file(entry()) == []
    assert desk.file(entry(body="Changed")) == []
    assert desk.names() == []


def test_what_was_written_before_a_kill_is_taken_over(desk: Desk) -> None:
    (file,) = desk.file(entry(), keep=False)

    assert desk.file(entry()) == []
    assert Ledger(desk.folder, desk.state).written(file) is not None
    assert desk.file(entry(body="Changed")) == [file.replace(".md", "-2.md")]


def test_a_version_that_was_written_before_a_kill_is_taken_over(desk: Desk) -> None:
    desk.file(entry())
    (file,) = desk.file(entry(body="Changed"), keep=False)

    assert desk.file(entry(body="Changed")) == []
    assert Ledger(desk.folder, desk.state).written(file) is not None
    assert len(desk.names()) == 2


def test_a_change_is_a_second_file_and_the_next_one_a_third(desk: Desk) -> None:
    (first,) = desk.file(entry(excerpt="It was so."))
    (second,) = desk.file(entry(excerpt="It was not so."))
    (third,) = desk.file(entry(excerpt="It was, after all."))

    assert second == first.replace(".md", "-2.md")
    assert third == first.replace(".md", "-3.md")
    assert desk.choose(entry(excerpt="It was, after all.")) == Choice()
    article = read_article(desk.folder, third)
    assert article is not None
    assert article.updated_at == NOW


@pytest.mark.parametrize(
    "body",
    [
        "It  was\n\nso",
        "It was [so](https://a.example/x?utm_source=9).",
        "It was so!  17 comments",
        "It was so – 1.2k views, 3 hours ago",
        "It was so. Comments: 31",
    ],
)
def test_white_space_links_and_counters_are_no_change(desk: Desk, body: str) -> None:
    desk.file(entry(body="It was [so](https://a.example/x)"))

    assert words_of(entry(body=body)) == words_of(entry(body="It was so"))
    assert desk.choose(entry(body=body)) == Choice()


def test_a_number_that_counts_nothing_is_a_change(desk: Desk) -> None:
    desk.file(entry(body="It costs 100 euros"))

    assert desk.choose(entry(body="It costs 200 euros")).versions == 1


def test_a_feed_that_comes_to_give_only_the_beginning_changes_nothing(desk: Desk) -> None:
    desk.file(entry(body="One two three four five"))

    assert desk.file(entry(body="One two three")) == []
    assert desk.choose(entry(body="One two three")) == Choice()


def test_another_feed_does_not_change_an_article(desk: Desk) -> None:
    desk.file(entry(body="As told here"))

    assert desk.choose(entry(body="As told there"), feed=OTHER) == Choice()


def test_two_articles_of_one_title_and_day_are_two_files(desk: Desk) -> None:
    assert len(desk.file(entry(), entry("https://a.example/two"))) == 2


def test_entries_without_an_address_are_known_by_guid_or_words(desk: Desk) -> None:
    bare = Entry("Note", guid="7")
    assert len(desk.file(bare, Entry("Note", guid="8"), Entry("Other"))) == 3
    assert desk.choose(bare, Entry("Other")) == Choice()


def test_a_name_that_is_taken_by_another_file_is_left_alone(desk: Desk) -> None:
    path = desk.folder / "_news/2026-11-20-one-ce057e45e7.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: Mine\n---\n")

    assert desk.file(entry()) == ["_news/2026-11-20-one-ce057e45e7-2.md"]
    assert path.read_text() == "---\ntitle: Mine\n---\n"


def test_keys_are_those_of_the_articles_in_the_files(desk: Desk) -> None:
    one = entry("https://www.a.example/x/?utm_source=1")
    (file,) = desk.file(one)
    article = read_article(desk.folder, file)

    assert article is not None
    assert article.key == link_key(one)
    assert article.id in file


def test_amp_is_taken_from_addresses_only_where_it_stands_for_a_page() -> None:
    assert without_amp("https://a.example/amp") == "https://a.example/amp"
    assert without_amp("https://a.example/amp/x") == "https://a.example/x"
    assert without_amp("https://a.example/camp/x") == "https://a.example/camp/x"
    assert without_amp("https://amp.example/x?a=b") == "https://amp.example/x?a=b"
    assert without_amp("https://a.example/x?b=1&amp=1") == "https://a.example/x?b=1"


def test_categories_become_the_folders_topics_or_else_the_feeds_folder(tmp_path: Path) -> None:
    (tmp_path / "ai.yaml").write_text(
        "name: Artificial Intelligence\nshortname: AI\nkeywords:\n  - machine learning\n"
        "hashtags:\n  - '#MachineLearning'\n  - deepLearning\n"
    )
    (tmp_path / "broken.yaml").write_text("a: [")
    words = TopicWords(tmp_path, ["ai.yaml", "broken.yaml", "missing.yaml"])
    feed = Feed("https://a.example/feed", folder=("News", "Tech"))

    for category in ("ai", "Machine Learning", "machine-learning", "#deeplearning"):
        found = words.topics_of(entry(categories=(category, "Other")), feed)
        assert found == ("Artificial Intelligence",)
    assert words.topics_of(entry(categories=("Other",)), feed) == ("Tech",)
    assert words.topics_of(entry(categories=("Other",)), FEED) == ()
