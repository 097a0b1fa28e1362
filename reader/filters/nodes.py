"""A filter, understood: terms that are joined, and the order; its text is one that parses to it."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from reader.search import Needle, needle_of

EXPRESSION = re.compile(r"/((?:[^/\\]|\\.)*)/(?=[\s)]|$)", re.DOTALL)
"""How a regular expression is written."""

QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
"""How a text with blanks is written; in it, `\\` stands before a quotation mark."""

PATHS = ("path", "url")
"""The fields whose values may begin with a stroke, and are no expression for that."""

TEXTS = ("word", "phrase", "regex")
"""The kinds of terms that are looked for in the text of an article."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a field with a value, or a text that is looked for, in a field or anywhere.

    `kind` is one of `TEXTS`, or "value"; `field` is empty where the text may stand anywhere.
    `column` is where it was typed, from 0.
    """

    field: str
    value: str
    kind: str = "value"
    column: int = dataclasses.field(default=0, compare=False)

    def __str__(self) -> str:
        """Return the term as one types it."""
        prefix = f"{self.field}:" if self.field else ""
        return prefix + self._shown

    @property
    def _shown(self) -> str:
        if self.kind == "regex":
            return f"/{self.value}/"
        quoted = self.kind == "phrase" or (self.kind == "value" and not self._is_bare)
        return in_quotes(self.value) if quoted else self.value

    @property
    def _is_bare(self) -> bool:
        """Whether the value is one without quotation marks."""
        value = self.value
        if value[:1] in ("", '"') or any(map(str.isspace, value)):
            return False
        is_closed = value.count("(") == value.count(")")
        begins = value[0] == "/" and (self.field not in PATHS or EXPRESSION.match(value))
        return is_closed and not begins

    @property
    def needle(self) -> Needle:
        """What is looked for in words, nothing where this looks for something else."""
        if self.kind not in ("word", "phrase"):
            return Needle("")
        return needle_of(self.kind, self.value, self.field)


@dataclass(frozen=True, slots=True)
class Not:
    """All but what a node says."""

    node: "Node"

    def __str__(self) -> str:
        """Return it as one types it."""
        return f"-{_atom(self.node)}"


@dataclass(frozen=True, slots=True)
class All:
    """What all of its nodes say; there are two or more."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        """Return it as one types it."""
        return " ".join(map(str, self.nodes))


@dataclass(frozen=True, slots=True)
class Either:
    """What one of its nodes says; there are two or more. OR binds closer than a blank."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        """Return it as one types it."""
        return " OR ".join(map(_atom, self.nodes))


Node: TypeAlias = Term | Not | All | Either


@dataclass(frozen=True, slots=True)
class Filter:
    """What was typed, understood: nodes that must all hold, each once, the orders and a limit.

    The first of the orders weighs most; one that begins with `-` is turned round.
    """

    terms: tuple[Node, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None

    def __str__(self) -> str:
        """Return the filter as one types it, the order last."""
        nodes = list(map(str, self.terms))
        sort = [f"sort:{','.join(self.sort)}"] if self.sort else []
        limit = [] if self.limit is None else [f"limit:{self.limit}"]
        return " ".join([*nodes, *sort, *limit])

    @property
    def leaves(self) -> Iterator[Term]:
        """All terms, however deep they are."""
        return (one for node in self.terms for one in leaves(node))

    @property
    def needles(self) -> tuple[Needle, ...]:
        """What is looked for in the words of an article."""
        found = (one.needle for one in self.leaves)
        return tuple(needle for needle in found if needle)

    @property
    def wanted(self) -> tuple[Needle, ...]:
        """What is to be found in the words of an article, to be marked there."""
        found = (one.needle for node in self.terms for one in leaves(node, negated=False))
        return tuple(needle for needle in found if needle)

    def without(self, node: Node) -> "Filter":
        """Return the filter with one node less, to say what it costs."""
        return replace(self, terms=tuple(other for other in self.terms if other != node))

    def narrowed(self, other: "Filter") -> "Filter":
        """Return the filter with all of another one, whose order counts where it has one."""
        limits = [one for one in (self.limit, other.limit) if one is not None]
        nodes = tuple(dict.fromkeys((*self.terms, *other.terms)))
        return Filter(nodes, other.sort or self.sort, min(limits, default=None))

    def toggled(self, node: Node) -> "Filter":
        """Return the filter with a node more, or without it where it has it."""
        if node in self.terms:
            return self.without(node)
        return replace(self, terms=(*self.terms, node))


def in_quotes(text: str) -> str:
    """Return a text as it is written with blanks in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unquoted(text: str) -> str:
    """Return what is written in quotation marks."""
    return re.sub(r'\\(["\\])', r"\1", text)


def leaves(node: Node, *, negated: bool = True) -> Iterator[Term]:
    """Yield the terms of a node; not those under a minus, unless they are wanted, too."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Not):
        if negated:
            yield from leaves(node.node)
    else:
        for one in node.nodes:
            yield from leaves(one, negated=negated)


def joined(kind: type[All] | type[Either], nodes: list[Node]) -> Node:
    """Join nodes, each once, without needless nesting."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, kind) else [node]
    flat = list(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def negated(node: Node) -> Node:
    """Return the opposite of a node."""
    return node.node if isinstance(node, Not) else Not(node)


def _atom(node: Node) -> str:
    """Return a node as what a minus or an OR may stand before."""
    return f"({node})" if isinstance(node, All | Either) else str(node)
