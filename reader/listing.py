"""The rows of the article list, made from the articles of a view when they are drawn."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.edition import Placed
from reader.masks import by_bits, neither
from reader.model import PASSED, READ, Article, Status
from reader.saved import Mute
from reader.snapshot.columns import NONE
from reader.store import Store
from reader.views import is_kind, renewed, unread_mask

if TYPE_CHECKING:
    from reader.search import Needle


class StorySize(NamedTuple):
    """How much is told of what a row stands for."""

    articles: int
    providers: int


class Row(NamedTuple):
    """A line of the article list, with all that it shows.

    `story` is there where the row stands for others too, that are folded under it. `inside` says
    that it belongs to the unfolded story above. `new` counts the unread articles that are folded
    under it, where the story was read before. `related` counts what is related. `needles` are
    what is marked in the text, because it was looked for. `placed` is there in an edition.
    `muted_by` is the rule that hides it elsewhere.
    """

    article: Article
    status: Status
    story: StorySize | None = None
    unfolded: bool = False
    inside: bool = False
    last_inside: bool = False
    new: int = 0
    related: int = 0
    covered_by: str | None = None
    needles: tuple["Needle", ...] = ()
    placed: Placed | None = None
    muted_by: Mute | None = None

    @property
    def unread(self) -> bool:
        """Whether there is something to read: the article, or what is new in its story."""
        return self.status.unread or self.new > 0


class Listing:
    """The rows of the article list, made one by one when they are drawn.

    `numbers` are the rows of the store that are in it, in order. `folded` says that each stands
    for its story: for those of it that belong to `kind`.
    """

    def __init__(
        self,
        store: Store,
        numbers: list[int],
        status_of: Callable[[Article], Status],
        *,
        folded: bool = False,
        kind: str = "live",
        needles: tuple["Needle", ...] = (),
        placed: Mapping[int, Placed] = MappingProxyType({}),
        muted_by: Callable[[int], Mute | None] = lambda row: None,
    ) -> None:
        self._muted_by = muted_by
        self._placed = placed
        self.store, self.numbers, self._needles = store, numbers, needles
        self._status_of, self._folded, self._kind = status_of, folded, kind
        self._inside: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> Row:
        number = self.numbers[index]
        article, story = self.store.article(number), self.store.story(number)
        leader = self._inside.get(number)
        after = self._inside.get(self.numbers[index + 1]) if index + 1 < len(self) else None
        stands = self._stands(number)
        others = self._others(number) if stands else ()
        unfolded = after == number
        covered = bool(story) and story[0] != number and not stands
        return Row(
            article,
            self._status_of(article),
            story=self._size((number, *others)) if others else None,
            unfolded=unfolded,
            inside=leader is not None,
            last_inside=leader is not None and after != leader,
            new=self._new((number, *others)) if others and not unfolded else 0,
            related=self.store.index.related[number],
            covered_by=self.store.article(story[0]).name if covered else None,
            needles=self._needles,
            placed=self._placed.get(number) if stands else None,
            muted_by=self._muted_by(number),
        )

    def article(self, index: int) -> Article:
        """Return the article of a row."""
        return self.store.article(self.numbers[index])

    @property
    def articles(self) -> Iterator[Article]:
        """The articles of all rows, read one by one."""
        return map(self.store.article, self.numbers)

    @property
    def everything(self) -> list[int]:
        """The rows of the store in it, and those folded under rows that do not lead their story.

        The others are passed with their leaders.
        """
        leader = self.store.index.leader
        led = [one for one in self.numbers if leader[one] not in (NONE, one)]
        folded = chain.from_iterable(self._others(one) for one in led if self._stands(one))
        return [*self.numbers, *folded]

    @property
    def all_meant(self) -> list[int]:
        """The rows of the store in it, with all that are folded under them."""
        folded = (self._others(one) for one in self.numbers if self._stands(one))
        return [*self.numbers, *chain.from_iterable(folded)]

    def meant(self, index: int) -> tuple[Article, ...]:
        """Return the articles that a row stands for: its own, and those folded under it."""
        number = self.numbers[index]
        others = self._others(number) if self._stands(number) else ()
        return tuple(map(self.store.article, (number, *others)))

    def index_of(self, article_id: str) -> int | None:
        """Return the row of an article, None where it is not in the list."""
        number = self.store.row(article_id)
        return None if number is None else self._at(number)

    def first_of(self, numbers: Iterable[int]) -> int | None:
        """Return the place of the first of some rows of the store that is in the list."""
        ahead = iter(numbers)
        first = next(ahead, None)
        if first is None or (at := self._at(first)) is not None:
            return None if first is None else at
        found = next(filter(set(self.numbers).__contains__, ahead), None)
        return None if found is None else self._at(found)

    def stand_in(self, article: Article) -> Article | None:
        """Return the article in the list that stands for another one's story."""
        number = self.store.row(article.id) if self._folded else None
        story = self.store.story(number) if number is not None else ()
        at = self.first_of(story)
        return None if at is None else self.article(at)

    def toggle(self, index: int) -> bool:
        """Unfold the story of a row in place, or fold it again; False where there is nothing to."""
        stands = self._inside.get(self.numbers[index])
        if stands is not None:
            index = self.numbers.index(stands)
        number = self.numbers[index]
        inside = [other for other, leader in self._inside.items() if leader == number]
        others = self._others(number) if self._stands(number) and not inside else ()
        self.numbers[index + 1 : index + 1 + len(inside)] = others
        for other in inside:
            del self._inside[other]
        self._inside.update(dict.fromkeys(others, number))
        return bool(inside or others)

    def next_unread(self, index: int, step: int) -> int | None:
        """Return the next row in a direction that has something to read, None without one."""
        in_stories, marks = self._folded and self._kind == "live", self.store.marks
        mask = bytearray(unread_mask(self.store, in_stories=in_stories))
        for number in {*self._inside, *self._inside.values()}:
            mask[number] = not marks[number] & (READ | PASSED)
        return self._next(mask, index, step)

    def next_article(self, index: int, step: int) -> int | None:
        """Return the next row in a direction, but for those that were passed with their story."""
        passed = by_bits(self.store.marks, READ | PASSED, PASSED)
        return self._next(neither(passed), index, step)

    def _next(self, mask: Sequence[int], index: int, step: int) -> int | None:
        """Return the next row in a direction where a mask of the store's rows holds."""
        ahead = range(index + step, len(self) if step > 0 else -1, step)
        held = map(mask.__getitem__, map(self.numbers.__getitem__, ahead))
        return next(compress(ahead, held), None)

    @property
    def unfolded(self) -> frozenset[str]:
        """The articles whose stories are unfolded, by id."""
        return frozenset(map(self.store.id, self._inside.values()))

    def _at(self, number: int) -> int | None:
        try:
            return self.numbers.index(number)
        except ValueError:
            return None

    def _stands(self, number: int) -> bool:
        """Whether a row stands for its story."""
        return self._folded and number not in self._inside

    def _others(self, number: int) -> tuple[int, ...]:
        """Return the rest of a story, without what is hidden or dismissed elsewhere."""
        return tuple(
            other
            for other in self.store.story(number)
            if other != number and self._is(self._kind, other)
        )

    def _new(self, numbers: tuple[int, ...]) -> int:
        """Count what is unread of a story that was read."""
        if self.store.leader(numbers[0]) not in renewed(self.store):
            return 0
        return sum(self._is("unread", number) for number in numbers)

    def _is(self, kind: str, number: int) -> bool:
        return is_kind(kind, self.store.flags[number], self.store.marks[number])

    def _size(self, numbers: tuple[int, ...]) -> StorySize:
        providers = {self.store.index.provider[number] for number in numbers} - {NONE}
        return StorySize(len(numbers), len(providers))
