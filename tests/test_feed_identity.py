"""Which article an entry is, in feeds whose addresses and guids do not tell; and how often."""

from dataclasses import replace
from pathlib import Path

import pytest

from reader.feeds.filing.ledger import FOLDER, Ledger
from reader.feeds.filing.newcomers import Choice
from reader.feeds.values import Entry
from tests.filing import FEED, Desk, entry

HOME = "https://a.example/"
MOVED = replace(FEED, url="https://a.example/new", formerly=(FEED.url,))


def numbered(number: int, url: str | None = None, **more: object) -> Entry:
    """Return one of the articles of a feed; each has another title and another day."""
    day = f"2026-11-{number:02}T08:00:00Z"
    return entry(url or f"{HOME}{number}", f"Title {number}", published_at=day, **more)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("guid", ["1", HOME, None])
@pytest.mark.parametrize("url", [HOME, None])
def test_what_a_feed_gives_to_all_its_articles_tells_of_none(
    desk: Desk, guid: str | None, url: str | None
) -> None:
    old = [numbered(number, url, guid=guid) for number in (3, 2, 1)]
    new = numbered(4, url, guid=guid)

    assert len(desk.file(*old)) == 3
    assert desk.choose(*old) == Choice()
    assert len(desk.file(new, *old)) == 1
    assert desk.choose(new, *old) == Choice()
    assert len(desk.names()) == 4


def test_articles_at_one_address_are_known_by_their_guids(desk: Desk) -> None:
    told = [numbered(number, HOME, guid=f"1{number}") for number in range(1, 5)]
    for one in told:
        assert len(desk.file(one)) == 1

    assert desk.choose(*told) == Choice()
    assert not [name for name in desk.names() if name.endswith("-2.md")]


def test_what_is_found_to_have_an_address_in_common_is_not_written_again(desk: Desk) -> None:
    assert len(desk.file(numbered(1, HOME))) == 1
    assert len(desk.file(numbered(2, HOME), numbered(1, HOME))) == 1


def test_a_guid_that_is_given_to_one_article_after_the_other_tells_of_none(desk: Desk) -> None:
    for last in range(3, 7):
        told = [numbered(last - place, guid=str(place)) for place in range(3)]
        desk.file(*told)
        assert desk.choose(*told) == Choice()

    assert len(desk.names()) == 6
    assert not [name for name in desk.names() if name.endswith("-2.md")]


def test_a_new_headline_at_a_new_address_is_a_version_by_its_guid(desk: Desk) -> None:
    (first,) = desk.file(entry(guid="7"))

    assert desk.file(entry("https://a.example/new", "Another", guid="7")) == [
        first.replace(".md", "-2.md")
    ]


@pytest.mark.parametrize("url", [HOME + "one", None])
def test_a_feed_that_has_moved_brings_nothing_twice_and_still_what_changed(
    desk: Desk, url: str | None
) -> None:
    told = entry(guid="7")._replace(url=url)
    desk.file(told)

    assert desk.choose(told, feed=MOVED) == Choice()
    assert desk.choose(told, feed=replace(FEED, url="http://a.example/feed/")) == Choice()
    assert desk.choose(told._replace(body="Changed"), feed=MOVED).versions == 1


def test_what_has_no_address_is_taken_over_after_a_kill(desk: Desk) -> None:
    told = entry(guid="7")._replace(url=None)
    (file,) = desk.file(told, keep=False)

    assert desk.file(told) == []
    assert Ledger(desk.folder, desk.state).written(file) is not None


def test_a_text_that_changes_makes_no_new_article_of_what_has_neither_address_nor_guid(
    desk: Desk,
) -> None:
    dated, undated = entry()._replace(url=None), Entry("Undated")
    first, _ = desk.file(dated._replace(excerpt="As it was"), undated._replace(excerpt="1 comment"))

    assert desk.file(dated._replace(excerpt="As it is")) == [first.replace(".md", "-2.md")]
    assert desk.choose(undated._replace(excerpt="2 comments")) == Choice()


def test_two_entries_that_are_one_article_do_not_take_turns_for_ever(desk: Desk) -> None:
    for _ in range(4):
        desk.file(entry(body="In these words"), entry(body="In other words"))

    assert len(desk.names()) == 1


def test_a_text_that_was_there_before_is_no_new_version(desk: Desk) -> None:
    for _ in range(4):
        desk.file(entry(body="In these words"))
        desk.file(entry(body="In other words"))

    assert len(desk.names()) == 2


def test_a_text_that_is_never_the_same_comes_to_an_end(desk: Desk) -> None:
    for number in range(60):
        desk.file(entry(body=f"It is so. This was made at {number}"))

    assert len(desk.names()) == 6
    ledger = next((desk.folder / FOLDER).iterdir())
    assert len(ledger.read_text().splitlines()) == 6


def test_what_grows_has_its_versions_all_the_same(desk: Desk) -> None:
    words = [f"word{number}" for number in range(2_000)]
    for count in range(0, 2_000, 20):
        desk.file(entry(body=" ".join(words[:count])))

    assert 10 <= len(desk.names()) <= 16
    assert max(len(path.read_text().split()) for path in desk.folder.glob("_news/*")) > 1_000


def test_machines_that_share_a_folder_write_each_version_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    states = [tmp_path / name for name in ("one", "two")]
    for turn in range(6):
        for state in states if turn % 2 else states[::-1]:
            desk.state = state
            desk.file(entry(body=f"On day {turn} this was all that was to be said of it"))
            desk.file(entry(body=f"On day {turn} this was all that was to be said of it"))

    assert len(desk.names()) == 6


def test_a_version_of_another_machine_that_was_edited_is_not_ours(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.file(entry(body="First"))
    desk.state = tmp_path / "other"
    (file,) = desk.file(entry(body="Second"))
    sha = Ledger(desk.folder, desk.state).written(file)
    path = desk.folder / file
    path.write_text(path.read_text().replace("Second", "**Second**"))
    desk.state = tmp_path / "state"
    desk.file(entry(body="Second"))

    assert Ledger(desk.folder, desk.state).written(file) == sha
