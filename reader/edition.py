"""An edition: stories that fill the time there is, spread over topics and providers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LEEWAY = 2
"""Minutes by which an edition may miss the time that was asked for."""

PROVIDER_LOSS, TOPIC_LOSS = 200, 100
"""Tenths of points that a story loses for each chosen one of its provider, and of its topic."""

_COMMON, _FEW, _MANY = 3, 8, 50  # titles


class Candidate(NamedTuple):
    """A story that may be chosen, by the row of its leader; `points` are tenths.

    `near` are rows that its files say are of the same event, or near it; `words` are its title's.
    """

    row: int
    points: int
    minutes: int
    provider: str | None = None
    topic: str | None = None
    near: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()


class Placed(NamedTuple):
    """Where a story stands in an edition, from 1, and how many minutes it takes to read."""

    number: int
    minutes: int


def choose(
    candidates: Iterable[Candidate], minutes: int, told: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Return stories of so many minutes, by the time they are chosen: the best first.

    The minutes are met within `LEEWAY` where there is enough for it; no event is there twice, nor
    one of those `told` before. Of two with the same points the earlier candidate is chosen.
    """
    known = _with_rare_words([*told, *candidates])
    told, rest, chosen = known[: len(told)], known[len(told) :], list[Candidate]()
    rest = [one for one in rest if not any(_is_one_event(one, other) for other in told)]
    providers, topics = Counter[str | None](), Counter[str | None]()
    left = minutes
    while fitting := _fitting(rest, left):
        best = _best(fitting, left, providers, topics)
        chosen.append(best)
        left -= best.minutes
        providers[best.provider] += best.provider is not None
        topics[best.topic] += best.topic is not None
        rest = [one for one in rest if not _is_one_event(one, best)]
    return chosen


def _fitting(rest: Sequence[Candidate], left: int) -> list[Candidate]:
    """Return those for which there is time; while there is much left, it may be a little over."""
    most = left if left <= LEEWAY else left + LEEWAY
    return [one for one in rest if one.minutes <= most]


def _best(
    fitting: Sequence[Candidate],
    left: int,
    providers: Counter[str | None],
    topics: Counter[str | None],
) -> Candidate:
    """Return the weightiest one after which the others can still fill the time, if any can."""

    def worth(one: Candidate) -> int:
        lost = PROVIDER_LOSS * providers[one.provider] + TOPIC_LOSS * topics[one.topic]
        return one.points - lost

    ranked = sorted(fitting, key=worth, reverse=True)
    lengths = Counter(one.minutes for one in fitting)
    fills = {length: _fill(lengths - Counter([length]), left - length) for length in lengths}
    return next((one for one in ranked if fills[one.minutes]), ranked[0])


def _fill(lengths: Counter[int], left: int) -> bool:
    """Whether some of these lengths add up to the minutes left; each bit of `sums` is a sum."""
    sums, last = 1, left + LEEWAY
    for length, count in lengths.items():
        for _ in range(min(count, last // length)):
            sums |= sums << length
    first = max(left - LEEWAY, 0)
    return bool(sums >> first & ((1 << last - first + 1) - 1))


def _with_rare_words(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with those words of their titles alone that tell events apart.

    They are in at most three titles, or one in fifty of many; among few titles no word is rare.
    """
    counts = Counter(word for one in found for word in one.words)
    most = max(min(_COMMON, len(found) // _FEW), len(found) // _MANY)
    return [
        one._replace(words=frozenset(word for word in one.words if counts[word] <= most))
        for one in found
    ]


def _is_one_event(one: Candidate, other: Candidate) -> bool:
    """Whether the files, or most of the rare words of a title, say that two are of one event."""
    if one.row == other.row or one.row in other.near or other.row in one.near:
        return True
    shared, fewest = len(one.words & other.words), min(len(one.words), len(other.words))
    return shared >= 2 and shared * 2 > fewest
