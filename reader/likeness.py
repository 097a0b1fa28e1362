"""How alike two articles are: by the words of title and excerpt that few others have.

The numbers were chosen by measuring, see `docs/stories.md`.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from reader.folding import parted

WORDS = 1 << 18
"""How many words are told apart; those of one number count as one."""

ALL = 1024
"""The likeness of two articles that have the same words, all of them rare."""

MAX_TERMS = 40
"""The most words of an article that are compared."""

_IN_TITLE, _IN_EXCERPT, _IS_NAME, _IS_NUMBER = (1 << bit for bit in range(24, 28))
_SHORT = 3  # letters; shorter words say nothing, unless they are names or numbers
_TELLING = 4  # words that a part of a title has to have to stand for all of it
_QUOTES = "\"'“”‘’«»„([{"
_ENDS = (".", "!", "?", ":")
_SAME_PROVIDER = 7, 10  # of the likeness, where one provider has both
_LEAST_UNION = 60  # of the weights; articles of a few words are less alike than they seem
_LEAST_SIZE = 6  # bits: libraries of fewer than 64 articles count as if they had so many
_RARE = 4  # bits: of words that up to 16 articles have none tells more than another
_SMALL_SIZE = 12  # bits: in libraries of up to 4,096 articles one such word suffices
_KEYS = 6  # bits: words that up to 64 articles have, or one of 128, lead to those that are alike
_WEIGHTS = {
    place | kind: weight * (2 if kind else 1)
    for place, weight in ((_IN_EXCERPT, 1), (_IN_TITLE, 2), (_IN_TITLE | _IN_EXCERPT, 3))
    for kind in (0, _IS_NAME, _IS_NUMBER, _IS_NAME | _IS_NUMBER)
}


def terms_of(title: str, excerpt: str) -> "array[int]":
    """Return the words by which an article is compared, the weightiest first.

    Each is a number below `WORDS`, and in the bits from 24 on in which text it stands and of which
    kind it is.
    """
    found = dict[int, int]()
    for text, place in ((title, _IN_TITLE), (excerpt, _IN_EXCERPT)):
        for word, kind in _words(text, starts=place == _IN_EXCERPT):
            number = crc32(word.encode("utf-8", "surrogatepass")) % WORDS
            found[number] = found.get(number, 0) | place | kind
    terms = sorted(found.items(), key=lambda item: -_WEIGHTS[item[1]])
    return array("I", [number | kind for number, kind in terms[:MAX_TERMS]])


def forms_of(number: int) -> Iterator[int]:
    """Yield all terms that are this word."""
    return (number | kind for kind in _WEIGHTS)


def _words(text: str, *, starts: bool) -> Iterator[tuple[str, int]]:
    """Yield the words of a text that may tell something, as they are compared, with their kind.

    A capital makes a name, but not where a sentence `starts`.
    """
    tokens, capitals = text.split()[: 2 * MAX_TERMS], list[str]()
    for token in tokens:
        if not starts and token.lstrip(_QUOTES)[:1].isupper():
            capitals.append(token)
        starts = token.endswith(_ENDS)
    names = set(parted(" ".join(capitals)).split())
    for word in parted(" ".join(tokens)).split():
        is_name = word in names
        if not word.isalpha() and any(map(str.isdigit, word)):
            yield word, _IS_NUMBER
        elif len(word) >= _SHORT or (is_name and len(word) > 1) or not word.isascii():
            yield word, _IS_NAME * is_name


class Rarity(dict[int, int]):
    """How much each word of a library tells, from 0 to ALL, by its number: rare ones tell most.

    `counts` are the articles that have each word. They count in steps of twice as many, as does
    `total`, the number of articles: what one more article changes is little.
    """

    def __init__(self, counts: Sequence[int], total: int) -> None:
        super().__init__()
        self._counts = counts
        self.size = max((total - 1).bit_length(), _LEAST_SIZE)
        """All words tell the same while this, and their counts, are the same."""
        rare = min(self.size - _LEAST_SIZE + 2, _RARE)
        levels = self.size - rare
        steps = [min(max(self.size - bits, 0), levels) for bits in range(33)]
        self._telling = [ALL * step // levels for step in steps]
        self._key = self._telling[max(_KEYS, self.size - _KEYS - 1)]
        self.keys_needed = 1 if self.size <= _SMALL_SIZE else 2
        """How many keys two articles have to share to be compared."""

    def __missing__(self, number: int) -> int:
        self[number] = telling = self.telling(self._counts[number])
        return telling

    def telling(self, count: int) -> int:
        """Return what a word tells that so many articles have."""
        return self._telling[max(count - 1, 0).bit_length()]

    def keys_of(self, piece: "Piece") -> list[int]:
        """Return the words of an article that are rare: those who share them are compared."""
        return [number for number in piece.weights if self[number] >= self._key]


class Piece(NamedTuple):
    """An article as it is compared: its words by their numbers, with what each weighs."""

    weights: Mapping[int, int]
    total: int
    title: frozenset[int]
    numbers: frozenset[int]
    provider: int


def piece_of(terms: Sequence[int], provider: int) -> Piece:
    """Return an article by its words; providers are numbers, -1 is none at all."""
    weights = {term % WORDS: _WEIGHTS[term - term % WORDS] for term in terms}
    title = {term for term in terms if term & _IN_TITLE}
    return Piece(
        weights,
        sum(weights.values()),
        frozenset(term % WORDS for term in title if not term & _IS_NUMBER),
        frozenset(term % WORDS for term in title if term & _IS_NUMBER),
        provider,
    )


def likeness(one: Piece, two: Piece, rarity: Mapping[int, int]) -> int:
    """Return from 0 to ALL how alike two articles are.

    It is what they share of all their words, where common ones count less: the weighted Jaccard
    index, of which only the upper part knows how rare words are. One word alone is nothing.
    """
    weights, others = one.weights, two.weights
    shared = weights.keys() & others.keys()
    if len(shared) < 2:
        return 0
    both = alike = 0
    for number in shared:
        weight = weights[number]
        if others[number] < weight:
            weight = others[number]
        both += weight
        alike += weight * rarity[number]
    words = one.total + two.total - both
    union = max(words, _LEAST_UNION)
    if one.provider != two.provider:
        return alike // union
    if _is_series(one, two, is_other_text=2 * both < words):
        return 0
    part, whole = _SAME_PROVIDER
    return alike * part // (union * whole)


def same_title(one: Piece, two: Piece) -> bool:
    """Whether two titles have the same words, or one has more of them, as a provider's name."""
    if one.numbers != two.numbers:
        return False
    less, more = sorted((one.title, two.title), key=len)
    return less == more or (len(less) >= _TELLING and less < more)


def _is_series(one: Piece, two: Piece, *, is_other_text: bool) -> bool:
    """Whether one provider's titles differ in their numbers only, or in nothing but the text."""
    return one.title == two.title and (one.numbers != two.numbers or is_other_text)
