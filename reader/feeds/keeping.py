"""Getting the page of an article, and keeping its text: in its file where that is ours."""

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader.feeds.http import Fetcher
from reader.feeds.ledger import Ledger, digest
from reader.feeds.refused import Refused
from reader.feeds.workers import WorkError, Workers
from reader.files.frontmatter import FrontMatterError, decode, take_apart
from reader.files.reading import Unreadable, read_regular
from reader.files.scan import read_article
from reader.model import Urls
from reader.state.whole import sync_folder
from reader.text import clean_block
from reader.urls import host

AT_ONCE = 4
"""Pages that are got at the same time."""

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "", None)
_TEMPORARY = ".refresh-"


class Got(NamedTuple):
    """What came of a page: its text as Markdown and where it was, else the reason in a sentence."""

    text: str | None
    url: str
    reason: str | None = None


async def get_text(urls: Urls, fetcher: Fetcher, workers: Workers) -> Got:
    """Return the full text of an article, from its AMP page where its own has none."""
    wanted = [url for url in dict.fromkeys((urls.best, urls.amp)) if url]
    tries: list[Got] = []
    for url in wanted:
        tries.append(await _get(url, fetcher, workers))
        if tries[-1].text:
            return tries[-1]
    return tries[0] if tries else Got(None, "", "the file gives no address to get it from")


async def _get(url: str, fetcher: Fetcher, workers: Workers) -> Got:
    try:
        answer = await fetcher.get(url, accept=ACCEPT)
        if why := _unfit(answer.status, answer.type):
            return Got(None, url, f"{host(answer.url)} {why}")
        facts = {"url": answer.url, "charset": answer.charset}
        found = await workers.do("text", answer.body, **facts)
    except Refused as error:
        return Got(None, url, str(error))
    except WorkError as error:
        return Got(None, url, f"the page cannot be read: {error}")
    return Got(found["text"], answer.url, found["reason"])


def _unfit(status: int, kind: str | None) -> str | None:
    """Return why an answer is no page with a text; None where it may be one."""
    if status in (401, 402, 403):
        return f"does not give the page to us (status {status}): it may need a login"
    if status in (404, 410):
        return f"no longer has the page (status {status})"
    if status != 200:
        return f"did not give the page (status {status})"
    return None if kind in _PAGES else f"gave no page but {kind}"


def has_less(text: str, before: str) -> bool:
    """Whether a text has fewer words than the one that it would take the place of."""
    return len(text.split()) < len(before.split())


def put_into_file(folder: Path, file: str, text: str, ledger: Ledger) -> bool:
    """Make a text the body of a file that is ours and that nobody has changed since.

    Returns whether it is in the file now. The front matter stays byte by byte. Raises OSError.
    """
    path = folder / file
    data = _ours(path, ledger.written(file))
    front = _front(data) if data is not None else None
    if data is None or front is None:
        return False
    new = b"%b\n%b\n" % (front, clean_block(text).encode("utf-8", "replace"))
    if new != data and not _replace(path, data, new):
        return False
    ledger.rewrote(file, digest(new))
    return True


def _ours(path: Path, sha: str | None) -> bytes | None:
    """Return the bytes of a file that are as we wrote them, else None."""
    with suppress(Unreadable):
        data = read_regular(path) if sha else b""
        return data if data and digest(data) == sha else None
    return None


def _front(data: bytes) -> bytes | None:
    """Return a file's front matter with its fences; None where it has none."""
    try:
        parts = take_apart(decode(data))
    except FrontMatterError:
        return None
    body = parts.body.encode()
    if parts.language is None or not data.endswith(body):
        return None
    return data[: len(data) - len(body)]


def _replace(path: Path, before: bytes, data: bytes) -> bool:
    """Write a file whole, unless it has changed in the meantime. Raises OSError."""
    temporary = path.with_name(f"{_TEMPORARY}{os.urandom(8).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(temporary, flags, 0o644)
    try:
        with open(handle, "wb") as whole:
            whole.write(data)
            whole.flush()
            os.fsync(handle)
        os.chmod(temporary, path.stat().st_mode & 0o777)
        if _ours(path, digest(before)) is None:
            return False
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


async def fill(
    folder: Path, files: Iterable[str], ledger: Ledger, fetcher: Fetcher, workers: Workers
) -> int:
    """Get the full texts of new files of a folder, and return how many have theirs now.

    Where a page gives none the file stays as it is, with what the feed told. Nothing else may use
    the ledger meanwhile. Raises OSError.
    """
    room = asyncio.Semaphore(AT_ONCE)

    async def fill_one(file: str) -> bool:
        article = read_article(folder, file)
        if article is None or article.problem:
            return False
        async with room:
            got = await get_text(article.urls, fetcher, workers)
        if not got.text or has_less(got.text, _body(folder / file)):
            return False
        return put_into_file(folder, file, got.text, ledger)

    return sum(await asyncio.gather(*map(fill_one, files)))


def _body(path: Path) -> str:
    try:
        return take_apart(decode(read_regular(path))).body
    except (Unreadable, FrontMatterError):
        return ""
