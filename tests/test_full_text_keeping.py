import asyncio
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest

from reader.feeds.filing.ledger import Ledger
from reader.feeds.full_text import keeping
from reader.feeds.full_text.keeping import fill, get_text, keep, put_into_file
from reader.feeds.full_text.waiting import Waiting
from reader.feeds.web.answers import Answer
from reader.feeds.web.refused import Refused
from reader.feeds.workers import WorkError
from reader.files.scan import read_article
from reader.kept_texts import Kept, KeptTexts, NoFullText
from reader.model import Urls
from tests.samples import front, write

FRONT = "---\ntitle: \"A — fine title\"\noriginalUrl: 'https://example.com/a'\n# kept\n---\n"
TEXT = "# A heading\n\nThe whole text, with all of its words."
KEPT = Kept(TEXT, "https://example.com/a", "2026-03-04T05:06:07Z")


def answered(status=200, kind="text/html"):
    return Answer(status, "https://www.example.com/final", b"<p>page</p>", kind)


class Web:
    """Answers by address, and gives what the worker would make of the page."""

    def __init__(self, answers, text=TEXT):
        self.answers, self.text, self.asked, self.most, self._now = answers, text, [], 0, 0

    async def get(self, url, *, accept):
        self.asked.append(url)
        self._now += 1
        self.most = max(self.most, self._now)
        await asyncio.sleep(0)
        self._now -= 1
        answer = self.answers.get(url, answered())
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def do(self, job, body, **facts):
        assert (job, facts["charset"]) == ("text", None)
        if isinstance(self.text, Exception):
            raise self.text
        return {"text": self.text or None, "reason": None if self.text else "nothing there"}


def got(answer=None, text: object = TEXT, urls=Urls("https://example.com/a")):  # noqa: B008
    web = Web({"https://example.com/a": answer} if answer else {}, text)
    return asyncio.run(get_text(urls, web, web)), web


def why(*arguments, **named) -> str:
    with pytest.raises(NoFullText) as raised:
        got(*arguments, **named)
    return str(raised.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "news", {"a.md": FRONT + "\nThe feed's words.\n"})


@pytest.fixture
def ledger(folder, tmp_path) -> Ledger:
    """Return a ledger that says that a.md is as we wrote it."""
    found = Ledger(folder, tmp_path / "state")
    found.rewrote("a.md", digest(folder / "a.md"))
    return found


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


# Getting it


def test_the_text_comes_with_where_it_was_and_when():
    kept, _ = got()
    assert (kept.text, kept.url) == (TEXT, "https://www.example.com/final")
    assert kept.at.endswith("Z")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            answered(403),
            "example.com does not give the page to us (status 403): it may need a login",
        ),
        (answered(404), "example.com no longer has the page (status 404)"),
        (answered(500), "example.com did not give the page (status 500)"),
        (answered(kind="application/pdf"), "example.com gave no page but application/pdf"),
        (Refused("example.com took longer than 30 seconds"), "example.com took longer than 30"),
    ],
)
def test_what_the_server_did_is_told_in_a_sentence(answer, reason):
    assert why(answer).startswith(reason)


def test_what_the_worker_says_is_told():
    assert why(text="") == "nothing there"
    assert why(text=WorkError("it took longer")) == "the page cannot be read: it took longer"


def test_an_article_without_an_address_has_no_page():
    assert why(urls=Urls()) == "the file gives no address to get it from"


def test_the_amp_page_is_the_second_try_and_the_first_reason_is_told():
    urls = Urls("https://example.com/a", amp="https://example.com/amp")
    kept, web = got(answered(403), urls=urls)
    assert kept.text == TEXT
    assert web.asked == ["https://example.com/a", "https://example.com/amp"]
    web = Web({"https://example.com/a": answered(403), "https://example.com/amp": answered(500)})
    with pytest.raises(NoFullText, match="403"):
        asyncio.run(get_text(urls, web, web))


# Keeping it in the file


def test_a_file_of_ours_gets_the_text_and_keeps_its_front_matter_to_the_byte(folder, ledger):
    assert put_into_file(folder, "a.md", TEXT, ledger)
    assert (folder / "a.md").read_text() == f"{FRONT}\n{TEXT}\n"
    assert ledger.written("a.md") == digest(folder / "a.md")
    assert put_into_file(folder, "a.md", "And again, as it is ours still.", ledger)
    assert sorted(os.listdir(folder)) == [".broadsheet", "a.md"]


def test_what_is_written_can_be_read_as_the_same_article(folder, ledger):
    before = read_article(folder, "a.md")
    put_into_file(folder, "a.md", TEXT, ledger)
    after = read_article(folder, "a.md")
    assert before
    assert after
    assert (after.title, after.urls, after.has_body) == (before.title, before.urls, True)


def test_a_file_that_was_changed_since_is_not_touched(folder, ledger):
    with open(folder / "a.md", "a") as file:
        file.write("A note of mine.\n")
    before = (folder / "a.md").read_bytes()
    assert not put_into_file(folder, "a.md", TEXT, ledger)
    assert (folder / "a.md").read_bytes() == before


def test_a_file_of_somebody_else_is_not_touched(folder, tmp_path):
    before = (folder / "a.md").read_bytes()
    assert not put_into_file(folder, "a.md", TEXT, Ledger(folder, tmp_path / "state"))
    assert (folder / "a.md").read_bytes() == before


def test_neither_a_link_nor_a_file_that_went_away_is_written(folder, ledger, tmp_path):
    (folder / "a.md").rename(tmp_path / "away.md")
    assert not put_into_file(folder, "a.md", TEXT, ledger)
    (folder / "a.md").symlink_to(tmp_path / "away.md")
    assert not put_into_file(folder, "a.md", TEXT, ledger)
    assert TEXT not in (tmp_path / "away.md").read_text()


def test_a_change_while_the_new_file_is_being_written_is_not_lost(folder, ledger):
    sync = os.fsync

    def change(handle):
        sync(handle)
        (folder / "a.md").write_text("Mine now.")

    with patch.object(os, "fsync", change):
        assert not put_into_file(folder, "a.md", TEXT, ledger)
    assert (folder / "a.md").read_text() == "Mine now."
    assert sorted(os.listdir(folder)) == [".broadsheet", "a.md"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(folder, ledger):
    before = (folder / "a.md").read_bytes()
    full = patch.object(os, "fsync", side_effect=OSError(28, "full"))
    with full, pytest.raises(OSError, match="full"):
        put_into_file(folder, "a.md", TEXT, ledger)
    assert (folder / "a.md").read_bytes() == before
    assert sorted(os.listdir(folder)) == [".broadsheet", "a.md"]


def test_who_may_read_the_file_stays(folder, ledger):
    os.chmod(folder / "a.md", 0o640)
    put_into_file(folder, "a.md", TEXT, ledger)
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o640


# Keeping it in the cache


def test_a_kept_text_is_read_as_it_was_written(tmp_path):
    texts = KeptTexts(tmp_path)
    assert not texts.has("example.com/a")
    assert texts.read("example.com/a") is None
    texts.write("example.com/a", KEPT)
    assert texts.has("example.com/a")
    assert texts.read("example.com/a") == KEPT
    assert texts.read("example.com/b") is None


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]\nx", b'{"a": 1}\nx', b"[1, 2]\nx", b"[" * 9999]
)
def test_a_damaged_text_is_as_good_as_none(tmp_path, data):
    texts = KeptTexts(tmp_path)
    texts.write("a", KEPT)
    next((tmp_path / "texts").iterdir()).write_bytes(data)
    assert texts.read("a") is None


def test_the_oldest_texts_go_when_there_are_too_many_or_they_are_too_big(tmp_path):
    texts = KeptTexts(tmp_path, most=3)
    for number in range(5):
        texts.write(str(number), KEPT)
        path = next(path for path in (tmp_path / "texts").iterdir() if path.stat().st_mtime > 9e8)
        os.utime(path, (number, number))
    assert [texts.has(str(number)) for number in range(5)] == [False, False, True, True, True]
    KeptTexts(tmp_path, most_bytes=200).write("big", KEPT._replace(text="x" * 150))
    assert [texts.has(name) for name in ("2", "3", "4", "big")] == [False, False, False, True]


# Both


def test_a_text_is_kept_in_the_file_and_in_the_cache(folder, ledger, tmp_path):
    article, texts = read_article(folder, "a.md"), KeptTexts(tmp_path / "cache")
    keep(folder, article, KEPT, ledger, texts)
    assert TEXT in (folder / "a.md").read_text()
    assert texts.read("example.com/a") == KEPT


def test_a_file_that_has_more_keeps_it(folder, ledger, tmp_path):
    article, texts = read_article(folder, "a.md"), KeptTexts(tmp_path / "cache")
    with pytest.raises(NoFullText, match="less text"):
        keep(folder, article, KEPT._replace(text="Subscribe!"), ledger, texts)
    assert "The feed's words." in (folder / "a.md").read_text()
    assert not texts.has("example.com/a")


@pytest.mark.parametrize(
    ("body", "is_replaced"),
    [
        ("One of thirty words. " + " ".join(f"word{at}" for at in range(30)), False),
        ("One of thirty words. " + " ".join(f"page{at}" for at in range(30)), True),
        ("Comments: [https://example.com/a](https://example.com/a) 31 points", True),
    ],
)
def test_a_page_of_something_else_takes_no_text_away(tmp_path, body, is_replaced):
    folder = write(tmp_path / "news", {"a.md": f"{FRONT}\n{body}\n"})
    ledger, texts = Ledger(folder, tmp_path / "state"), KeptTexts(tmp_path / "cache")
    ledger.rewrote("a.md", digest(folder / "a.md"))
    page = KEPT._replace(text=" ".join(f"page{at}" for at in range(500)))

    keep(folder, read_article(folder, "a.md"), page, ledger, texts)

    assert (body not in (folder / "a.md").read_text()) == is_replaced
    assert texts.has("example.com/a")


def test_a_disk_that_refuses_the_file_leaves_the_text_in_the_cache(folder, ledger, tmp_path):
    article, texts = read_article(folder, "a.md"), KeptTexts(tmp_path / "cache")
    with patch.object(keeping, "put_into_file", side_effect=OSError(30, "read-only")):
        keep(folder, article, KEPT, ledger, texts)
    assert texts.has("example.com/a")


async def test_new_articles_of_a_feed_are_filled_a_few_at_a_time(tmp_path):
    names = [f"{number}.md" for number in range(12)]
    urls = [f"https://example.com/{number}" for number in range(12)]
    files = {
        name: front("title: A", f"originalUrl: {url}", body="Short.")
        for name, url in zip(names, urls, strict=True)
    }
    folder = write(tmp_path / "news", files | {"bad.md": "---\na: b: c\n---\n"})
    ledger, texts = Ledger(folder, tmp_path / "state"), KeptTexts(tmp_path / "cache")
    for name in names:
        ledger.rewrote(name, digest(folder / name))
    web = Web({urls[3]: answered(404), urls[4]: Refused("no")})
    files, done = [*names, "bad.md", "gone.md"], list[str]()
    assert await fill(folder, files, ledger, texts, web, web, done.append) == 10
    assert sorted(done) == sorted(files)
    assert web.most == keeping.AT_ONCE
    assert [TEXT in (folder / name).read_text() for name in names].count(True) == 10
    assert "Short." in (folder / "3.md").read_text()


def test_what_waits_for_its_text_is_known_after_a_restart(tmp_path):
    names = ["_news/a.md", os.fsdecode(b"_news/\xe9.md"), "_news/c.md"]
    Waiting(tmp_path, tmp_path / "state").add(names)
    waiting = Waiting(tmp_path, tmp_path / "state")
    assert list(waiting.files) == names
    for name in names[:2]:
        waiting.done(name)
    waiting.keep()
    assert list(Waiting(tmp_path, tmp_path / "state").files) == names[2:]


WRITER = """
import sys
from pathlib import Path
from reader.feeds.full_text.keeping import put_into_file
from reader.feeds.filing.ledger import Ledger
folder, state = map(Path, sys.argv[1:])
ledger, number = Ledger(folder, state), 0
while True:
    number += 1
    put_into_file(folder, "a.md", f"Text {number}. " * 2_000, ledger)
    print(number, flush=True)
"""


def test_whoever_is_killed_while_writing_leaves_one_whole_text_or_the_other(tmp_path):
    for wait in range(6):
        folder = write(tmp_path / str(wait), {"a.md": FRONT + "\nBefore.\n"})
        Ledger(folder, tmp_path / "state").rewrote("a.md", digest(folder / "a.md"))
        command = [sys.executable, "-c", WRITER, str(folder), str(tmp_path / "state")]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        for _ in range(2 + wait):
            writer.stdout.readline()
        writer.kill()
        writer.communicate()
        front, _, body = (folder / "a.md").read_text().partition("---\n\n")
        assert f"{front}---\n" == FRONT
        number = body.split(".")[0]
        assert body == f"{number}. " * 1_999 + f"{number}.\n"
        assert Ledger(folder, tmp_path / "state").written("a.md")
