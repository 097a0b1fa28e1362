"""Topics as a tree: the folder's own list, and after it the topics that are only in use."""

from collections.abc import Iterable, Iterator, Sequence

from reader.model import Topic


class TopicTree:
    """Topics with their parents; a loop is cut, and a topic whose parent is missing is a root."""

    def __init__(self, topics: Sequence[Topic], used: Iterable[str]) -> None:
        """Take the folder's list in its order (the first of a name wins), then those in use."""
        listed: dict[str, str | None] = {}
        for topic in topics:
            listed.setdefault(topic.name, topic.parent)
        unlisted = sorted(set(used), key=lambda name: (name.casefold(), name))
        names = [name for name in dict.fromkeys([*listed, *unlisted]) if name]
        self._by_fold = {name.casefold(): name for name in reversed(names)}
        parents = {name: listed.get(name) for name in names}
        self._parents = _without_loops({n: p if p in parents else None for n, p in parents.items()})
        self._children: dict[str | None, list[str]] = {}
        for name, parent in self._parents.items():
            self._children.setdefault(parent, []).append(name)

    @property
    def roots(self) -> tuple[str, ...]:
        """The topics without a parent."""
        return tuple(self._children.get(None, ()))

    def children(self, name: str) -> tuple[str, ...]:
        """Return the topics right below one; none for a name that is not in the tree."""
        return tuple(self._children.get(name, ()))

    def path(self, name: str) -> tuple[str, ...]:
        """Return the topics from the root down to this one."""
        path = [name]
        while parent := self._parents.get(path[-1]):
            path.append(parent)
        return tuple(reversed(path))

    def above(self, names: Iterable[str]) -> set[str]:
        """Return some topics with all that are above them."""
        return {above for name in names for above in self.path(name)}

    def within(self, name: str) -> frozenset[str]:
        """Return a topic with all that are below it, at any depth."""
        return frozenset(below for below, _ in self._walk([name]))

    def find(self, text: str) -> str | None:
        """Return the topic of this name; case matters only where two differ by nothing else."""
        return text if text in self._parents else self._by_fold.get(text.casefold())

    def walk(self) -> Iterator[tuple[str, int]]:
        """Yield every topic with its depth (roots are 0), each before the ones below it."""
        return self._walk(self.roots)

    def _walk(self, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        ahead = [(name, 0) for name in reversed(names)]
        while ahead:
            name, depth = ahead.pop()
            yield name, depth
            ahead.extend((child, depth + 1) for child in reversed(self.children(name)))


def _without_loops(parents: dict[str, str | None]) -> dict[str, str | None]:
    """Return the parents with one link of every loop taken out, each name visited once."""
    cut, seen = dict(parents), set[str]()
    for start in parents:
        way: set[str] = set()
        name: str | None = start
        while name is not None and name not in seen:
            seen.add(name)
            way.add(name)
            if cut[name] in way:
                cut[name] = None
            name = cut[name]
    return cut
