"""Getting the page of an article, and keeping its text: in its file where that is ours."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from reader.feeds.filing.ledger import Ledger, digest
from reader.feeds.filing.sameness import words_of
from reader.feeds.filing.writing import temporary_in
from reader.feeds.values import Entry
from reader.feeds.web.http import Fetcher
from reader.feeds.web.refused import Refused
from reader.feeds.workers import WorkError, Workers
from reader.files.frontmatter import FrontMatterError, decode, take_apart
from reader.files.reading import Unreadable, read_regular
from reader.files.scan import clock, read_article, read_body
from reader.kept_texts import Kept, KeptTexts, NoFullText
from reader.model import Article, Urls
from reader.state.whole import sync_folder, written
from reader.text import clean_block
from reader.urls import host

AT_ONCE = 4
"""Pages that are got at the same time."""

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_FEW = 20  # different words, such as those of a link to comments
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "", None)


async def get_text(urls: Urls, fetcher: Fetcher, workers: Workers) -> Kept:
    """Return the full text of an article, from its AMP page where its own has none.

    Raises NoFullText.
    """
    if urls.best is None:
        raise NoFullText("the file gives no address to get it from")
    try:
        return await _get(urls.best, fetcher, workers)
    except NoFullText:
        if urls.amp in (None, urls.best):
            raise
        with suppress(NoFullText):
            return await _get(urls.amp, fetcher, workers)
        raise


async def _get(url: str, fetcher: Fetcher, workers: Workers) -> Kept:
    try:
        answer = await fetcher.get(url, accept=ACCEPT)
        if why := _unfit(answer.status, answer.type):
            raise NoFullText(f"{host(answer.url)} {why}")
        found = await workers.do("text", answer.body, **answer.facts)
    except Refused as error:
        raise NoFullText(str(error)) from error
    except WorkError as error:
        raise NoFullText(f"the page cannot be read: {error}") from error
    if found["text"] is None:
        raise NoFullText(found["reason"])
    return Kept(found["text"], answer.url, clock())


def _unfit(status: int, kind: str | None) -> str | None:
    """Return why an answer is no page with a text; None where it may be one."""
    if status in (401, 402, 403):
        return f"does not give the page to us (status {status}): it may need a login"
    if status in (404, 410):
        return f"no longer has the page (status {status})"
    if status != 200:
        return f"did not give the page (status {status})"
    return None if kind in _PAGES else f"gave no page but {kind}"


def keep(folder: Path, article: Article, kept: Kept, ledger: Ledger, texts: KeptTexts) -> None:
    """Keep a full text: in the file where that is ours, and in the cache. Raises OSError.

    Only in the cache where it tells of something else than the file, which the page may be of: of
    a login, or the latest news. Raises NoFullText where the file has more already.
    """
    body = _body(folder / article.file)
    if len(kept.text.split()) < len(body.split()):
        raise NoFullText("the page has less text than the file has already")
    if _goes_on(body, kept.text):
        with suppress(OSError):  # where the file cannot be written the cache still has it
            put_into_file(folder, article.file, kept.text, ledger)
    texts.write(article.key, kept)


def _goes_on(body: str, text: str) -> bool:
    """Whether a text has most words of a body, or that has hardly any."""
    told, found = (set(words_of(Entry(body=one))) for one in (body, text))
    return len(told) < _FEW or 2 * len(told & found) > len(told)


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
    temporary = temporary_in(path.parent)
    with written(temporary, data, mode=0o644):
        temporary.chmod(path.stat().st_mode & 0o777)
        if _ours(path, digest(before)) is None:
            return False
        temporary.replace(path)
    sync_folder(path.parent)
    return True


async def fill(
    folder: Path,
    files: Iterable[str],
    ledger: Ledger,
    texts: KeptTexts,
    fetcher: Fetcher,
    workers: Workers,
    done: Callable[[str], None],
) -> int:
    """Get the full texts of new files of a folder, and return how many have theirs now.

    Where a page gives none the file stays as it is, with what the feed told; either way it is
    `done`. Nothing else may use the ledger meanwhile.
    """
    room = asyncio.Semaphore(AT_ONCE)

    async def fill_one(file: str) -> bool:
        is_filled = await try_one(file)
        done(file)
        return is_filled

    async def try_one(file: str) -> bool:
        article = read_article(folder, file)
        if article is None or article.problem:
            return False
        with suppress(NoFullText, OSError):
            async with room:
                kept = await get_text(article.urls, fetcher, workers)
            keep(folder, article, kept, ledger, texts)
            return True
        return False

    return sum(await asyncio.gather(*map(fill_one, files)))


def _body(path: Path) -> str:
    try:
        return read_body(path)
    except (Unreadable, FrontMatterError):
        return ""
