"""What a parser built -> text, lists and maps only, under the bounds of all front matter."""

from collections.abc import Callable

from reader.files.frontmatter import FrontMatterError, Value

MAX_DEPTH = 16
MAX_NODES = 20_000


def as_texts(
    root: dict[str, object], text_of: Callable[[object], str | None], first_line: int
) -> dict[str, Value]:
    """Return a map with each of its scalars as text, without recursion. Raises FrontMatterError.

    Depth and number are counted as in YAML: each map, list, name and scalar is one value.
    """
    copy: dict[str, Value] = {}
    ahead: list[tuple[object, dict[str, Value] | list[Value], int]] = [(root, copy, 1)]
    nodes = 1
    while ahead:
        found, into, depth = ahead.pop()
        if depth > MAX_DEPTH:
            raise FrontMatterError(f"nested deeper than {MAX_DEPTH} levels", first_line)
        nodes += len(found) * (1 + isinstance(found, dict)) if isinstance(found, list | dict) else 0
        if nodes > MAX_NODES:
            raise FrontMatterError(f"more than {MAX_NODES:,} values", first_line)
        for name, value in _items(found):
            inner = _container(value)
            if inner is not None:
                ahead.append((value, inner, depth + 1))
            _put(into, name, text_of(value) if inner is None else inner)
    return copy


def _items(found: object) -> list[tuple[str, object]]:
    if isinstance(found, dict):
        return list(found.items())
    return [("", value) for value in found] if isinstance(found, list) else []


def _container(value: object) -> "dict[str, Value] | list[Value] | None":
    return {} if isinstance(value, dict) else [] if isinstance(value, list) else None


def _put(into: "dict[str, Value] | list[Value]", name: str, value: Value) -> None:
    if isinstance(into, list):
        into.append(value)
    else:
        into[name] = value
