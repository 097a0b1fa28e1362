"""A row to be: what reading one file brings to the index, light enough for a pipe."""

from array import array
from functools import lru_cache
from typing import NamedTuple

from reader.model import BODY, COVERED, HERE, HIDDEN, PICKED, PROBLEM, VIDEO, Article, RelatedItem
from reader.snapshot.codec import MANY, encode_copies, encode_head
from reader.snapshot.columns import (
    FULL,
    HAS_ADDRESS,
    HAS_FIGURES,
    HAS_PICTURE,
    LEADS,
    MAY_BE_DRAFT,
    MISSING,
)
from reader.stories import is_full
from reader.urls import canonical, key_number
from reader.versions import known_by


class Row(NamedTuple):
    """One article: the values of its columns, and the three parts of its record.

    `title_text` and `key_text` are the texts of this row in those of the index. `copies_of` has
    three numbers for each copy: those of its address (0 without one), of its title, and of title
    and provider.
    """

    library: int
    key: int
    base: int
    facts: int
    quality: int
    heat: int
    moment: int
    length: int
    provider: str | None
    domain: str | None
    topics: tuple[str, ...]
    author: tuple[str, ...]
    tag: tuple[str, ...]
    type: str | None
    lang: str | None
    feed: str | None
    updated: int
    title_text: str
    key_text: str
    web_key: int
    amp_key: int
    cdn_amp_key: int
    title: int
    named: int
    copies_of: bytes
    head: bytes
    copies: bytes
    words: bytes


def row_of(article: Article, words: str) -> Row:
    """Return the row of an article; `words` are what it is found by."""
    urls, quality, heat = article.urls, article.quality, article.heat
    title, named = title_numbers(article.title, article.provider)
    web = canonical(urls.web) if urls.web and urls.web != urls.original else article.key
    return Row(
        library=article.library,
        key=key_number(article.key),
        base=_base(article),
        facts=_facts(article),
        quality=MISSING if quality is None else quality,
        heat=MISSING if heat is None else heat,
        moment=moment(article.published_at),
        length=_length(words),
        provider=article.provider,
        domain=article.domain,
        topics=article.topics,
        author=article.authors,
        tag=article.tags,
        type=article.type,
        lang=article.lang,
        feed=article.feed,
        updated=moment(article.updated_at),
        title_text=article.title,
        key_text=article.key,
        web_key=key_number(web) if web != article.key else 0,
        amp_key=key_number(canonical(urls.amp)) if urls.amp else 0,
        cdn_amp_key=key_number(canonical(urls.cdn_amp)) if urls.cdn_amp else 0,
        title=title,
        named=named,
        copies_of=_numbers(article.related),
        head=encode_head(article),
        copies=encode_copies(article.related),
        words=words.encode("utf-8", "surrogatepass"),
    )


def title_numbers(title: str, provider: str | None) -> tuple[int, int]:
    """Return the numbers of a title, and of a title with its provider; case makes no difference."""
    title = title.casefold()
    by = provider.casefold() if provider else ""
    return key_number(title), key_number(f"{title}\0{by}")


def moment(published_at: str | None) -> int:
    """Return a time of the one form as a number that sorts; a day alone is its midnight.

    Midnight itself is a second later, so that only a day alone ends with six zeros.
    """
    if not published_at:
        return MISSING
    digits = int(published_at.translate(_NO_MARKS))
    if len(published_at) <= len("2020-10-20"):
        return digits * 1_000_000
    return digits if digits % 1_000_000 else digits + 1


_NO_MARKS = str.maketrans("", "", "-T:Z")


def _base(article: Article) -> int:
    return (
        HERE
        | HIDDEN * bool(article.hidden)
        | PROBLEM * bool(article.problem)
        | PICKED * bool(article.picked)
        | COVERED * bool(article.covered)
        | VIDEO * article.is_video
        | BODY * article.has_body
    )


def _facts(article: Article) -> int:
    has_figures = article.quality is not None or article.heat is not None
    may_be_draft = article.picked is False and not has_figures and not article.hidden
    return (
        HAS_ADDRESS * (article.key not in (article.path, known_by(article.path)))
        | HAS_FIGURES * has_figures
        | MAY_BE_DRAFT * may_be_draft
        | LEADS * (article.covered is False)
        | HAS_PICTURE * bool(article.images)
        | FULL * is_full(article.excerpt)
    )


def _length(words: str) -> int:
    """Return how many words there are to read: the title and the body, else the excerpt."""
    title, _, rest = words.partition("\n")
    text = rest.rpartition("\n")[2] or rest.partition("\n")[0]
    return min(len(title.split()) + len(text.split()), _LONGEST)


_LONGEST = 0xFFFF


def _numbers(items: tuple[RelatedItem, ...]) -> bytes:
    return b"".join(map(_numbers_of, items))


@lru_cache(MANY)
def _numbers_of(item: RelatedItem) -> bytes:
    key = key_number(item.key) if item.key else 0
    return array("Q", (key, *title_numbers(item.title, item.provider))).tobytes()
