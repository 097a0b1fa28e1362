"""Asking one feed: what it answered, and what is remembered of that."""

from dataclasses import replace
from typing import NamedTuple

from reader.feeds.filing.ledger import digest
from reader.feeds.records import Record
from reader.feeds.schedule import next_time, rhythm, time_to_retry
from reader.feeds.values import Entry, Feed, Parsed, parsed_of
from reader.feeds.web.http import Answer, Fetcher, Refused
from reader.feeds.workers import WorkError, Workers
from reader.text import clean_block, clean_line

MOVES = 2
"""How often in a row a feed has to have moved to the same place before it is followed for good."""

_MOST_PAGES = 20  # of a list of a site, the first time
_HEAD = 500  # characters of an answer that failed
_NOT_MODIFIED, _GONE, _BUSY = 304, 410, (429, 503)


class Asked(NamedTuple):
    """What came of asking a feed: `parsed` where it told something new, `record` for the next time.

    `moved_to` is its new address, where that is sure. `offline` says why it could not be asked,
    which is not the feed's fault; then the record is as it was.
    """

    feed: Feed
    record: Record
    parsed: Parsed | None = None
    moved_to: str | None = None
    offline: str | None = None


class _Failed(Exception):  # noqa: N818 - it is what came of asking
    def __init__(self, sentence: str, head: bytes = b"", answer: Answer | None = None) -> None:
        super().__init__(sentence)
        self.head, self.answer = head, answer


class _Offline(_Failed):
    """Nothing could be reached from here."""


async def ask(feed: Feed, record: Record, fetcher: Fetcher, workers: Workers, now: float) -> Asked:
    """Ask a feed and understand its answer; what fails is in the record. `now` is in seconds."""
    try:
        answer = await _answer(feed.url, record, fetcher)
        record = _moved(record, answer)
        if answer.status == _GONE:
            gone = record._replace(gone=True, asked_at=now, status=_GONE, failures=0, error=None)
            return Asked(feed, gone)
        parsed = await _parsed(answer, record, fetcher, workers)
    except _Offline as error:
        return Asked(feed, record, offline=str(error))
    except _Failed as error:
        return Asked(feed, _failed(record, error, now))
    if parsed and not feed.title:
        feed = replace(feed, title=parsed.title)
    moved_to = record.moved_to if record.moves >= MOVES else None
    return Asked(feed, _well(record, answer, parsed, now), parsed, moved_to)


async def _answer(url: str, record: Record, fetcher: Fetcher) -> Answer:
    """Return an answer that means something. Raises _Failed."""
    try:
        answer = await fetcher.get(url, etag=record.etag, modified=record.modified)
    except Refused as error:
        failed = _Offline if error.kind == "offline" else _Failed
        raise failed(str(error), error.head) from error
    if answer.status in (200, _NOT_MODIFIED, _GONE):
        return answer
    raise _Failed(f"the server answered {answer.said}", answer.body, answer)


def _moved(record: Record, answer: Answer) -> Record:
    """Count how often in a row a feed has moved to one place."""
    if answer.moved_to is None:
        return record._replace(moved_to=None, moves=0)
    moves = record.moves + 1 if answer.moved_to == record.moved_to else 1
    return record._replace(moved_to=answer.moved_to, moves=moves)


async def _parsed(
    answer: Answer, record: Record, fetcher: Fetcher, workers: Workers
) -> Parsed | None:
    """Return what an answer tells, None where that is nothing new. Raises _Failed."""
    if answer.status == _NOT_MODIFIED or digest(answer.body) == record.digest:
        return None
    parsed = await _understood(answer, workers)
    entries, page = list[Entry](parsed.entries), parsed.next_page
    for _ in range(_MOST_PAGES if record.digest is None else 0):
        if page is None:
            break
        try:
            more = await _understood(await _answer(page, Record(), fetcher), workers)
        except _Failed as error:
            parsed = parsed._replace(wrong=f"a further page of it: {error}")
            break
        entries += more.entries
        page = more.next_page
    return parsed._replace(entries=tuple(entries))


async def _understood(answer: Answer, workers: Workers) -> Parsed:
    try:
        parsed = parsed_of(await workers.do("parse", answer.body, **answer.facts))
    except WorkError as error:
        raise _Failed(str(error), answer.body, answer) from error
    if parsed.wrong and not parsed.entries:
        raise _Failed(parsed.wrong, answer.body, answer)
    return parsed


def _well(record: Record, answer: Answer, parsed: Parsed | None, now: float) -> Record:
    if parsed is not None:
        newest, gap = rhythm(parsed.entries, now)
        record = record._replace(
            digest=digest(answer.body), newest=newest, gap=gap, wrong=parsed.wrong
        )
    elif record.newest is not None and record.gap is not None:
        record = record._replace(gap=max(record.gap, (now - record.newest) / 2))
    ttl = parsed.ttl * 60.0 if parsed and parsed.ttl else None
    record = record._replace(
        etag=answer.etag if answer.status != _NOT_MODIFIED else answer.etag or record.etag,
        modified=answer.modified or (record.modified if parsed is None else None),
        asked_at=now,
        well_at=now,
        failures=0,
        error=None,
        head=None,
        status=answer.status,
        gone=False,
    )
    return record._replace(due_at=next_time(record, now, asked_for=(ttl, answer.max_age)))


def _failed(record: Record, error: _Failed, now: float) -> Record:
    answer, text = error.answer, error.head[: 4 * _HEAD].decode("utf-8", "replace")
    record = record._replace(
        asked_at=now,
        failures=record.failures + 1,
        error=clean_line(str(error)),
        head=clean_block(text, _HEAD) or None,
        status=answer.status if answer else None,
        gone=False,
    )
    wait = answer.retry_after if answer else None
    busy = answer is not None and answer.status in _BUSY
    return record._replace(due_at=time_to_retry(record, now, retry_after=wait, busy=busy))
