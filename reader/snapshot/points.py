"""What each article is worth on the front page, by all that is known of all of them."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import sub

from reader.model import HIDDEN, PROBLEM
from reader.ranking import age, coverage, estimated_quality, independent, standings
from reader.snapshot.columns import HAS_PICTURE, MISSING, NONE
from reader.snapshot.index import Index


def set_points(index: Index, rows: Sequence[int]) -> None:
    """Fill the columns `standing`, `worth` and `front`, after the stories are known."""
    sound = [row for row in rows if not index.flags[row] & (PROBLEM | HIDDEN)]
    told = _tellers(index, sound)
    index.standing = array("H", bytes(2 * len(index)))
    for library in _by_library(index, sound):
        values = _qualities(index, library, told)
        for row, tenths in zip(library, standings(values), strict=True):
            index.standing[row] = tenths
    index.worth = array("H", index.standing)
    for row in sound:
        if (leader := index.leader[row]) != NONE:
            index.worth[row] += coverage(told[leader])
    index.front = array("i", map(sub, index.worth, _ages(index, sound)))


def _ages(index: Index, rows: Sequence[int]) -> Iterator[int]:
    """Yield what the age of each row costs, counted from the newest; no date is the oldest."""
    known = [moment for row in rows if (moment := index.moment[row]) != MISSING]
    oldest, newest = min(known, default=MISSING), _minute_of(max(known, default=MISSING), index)
    half_life = index.tables.half_life
    for moment in index.moment:
        minute = _minute_of(oldest if moment == MISSING else moment, index)
        yield max(age(newest - minute, half_life), 0)


def _minute_of(moment: int, index: Index) -> int:
    """Return the minutes from 1970 to a moment, of which one in the future is as good as now."""
    if moment == MISSING:
        return 0
    day, clock = divmod(moment, 1_000_000)
    minute = _minutes_to(day) + clock // 10_000 * 60 + clock // 100 % 100
    return min(minute, index.tables.minute or minute)


@lru_cache(1 << 14)
def _minutes_to(day: int) -> int:
    year, rest = divmod(day, 10_000)
    return (date(year, *divmod(rest, 100)).toordinal() - _FIRST) * 1440


_FIRST = date(1970, 1, 1).toordinal()


def _by_library(index: Index, rows: Iterable[int]) -> Iterable[list[int]]:
    libraries = defaultdict[int, list[int]](list)
    for row in rows:
        libraries[index.library[row]].append(row)
    return libraries.values()


def _tellers(index: Index, rows: Sequence[int]) -> dict[int, int]:
    """Return how many independent providers tell each story, by its leader."""
    stories = defaultdict[int, list[int]](list)
    for row in rows:
        if (leader := index.leader[row]) != NONE:
            stories[leader].append(row)
    return {
        leader: independent(
            [
                (index.title[row], index.provider[row])
                for row in sorted(story, key=index.moment.__getitem__)
            ],
            NONE,
        )
        for leader, story in stories.items()
    }


def _qualities(index: Index, rows: Sequence[int], told: dict[int, int]) -> list[int | None]:
    """Return the qualities of a library; where it has none at all, estimated ones."""
    quality = index.quality
    given = [quality[row] if quality[row] != MISSING else None for row in rows]
    if any(value is not None for value in given):
        return given
    all_of = Counter(index.provider[row] for row in rows)
    with_others = Counter(index.provider[row] for row in rows if told.get(index.leader[row], 0) > 1)
    sizes = [len(names) for names in index.tables.topic_sets]
    return [
        estimated_quality(
            standing=with_others[index.provider[row]] / all_of[index.provider[row]],
            has_picture=bool(index.facts[row] & HAS_PICTURE),
            has_amp=bool(index.amp_key[row]),
            words=index.length[row],
            topics=sizes[index.topics[row]],
        )
        for row in rows
    ]
