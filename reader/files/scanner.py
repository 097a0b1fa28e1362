"""The YAML that machines write, read many times faster than by a parser of all YAML.

Plain and double-quoted texts on one line, lists and maps at their indents, and nothing else:
on the first thing that it does not know the scanner gives up, and PyYAML reads the document.
What it accepts, it reads as `yaml_map.parse_yaml` does.

A line means something by what is open above it (`State`) and by its own text. Files of one kind
repeat the same few hundred lines and beginnings of lines, so each is taken apart once per state.
"""

import re
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from reader.files.frontmatter import Value

MAX_LENGTH = 1_000_000
MAX_LINES = 5_000
"""A line is at most four values: a list, a map in it, a name and a text."""
MAX_INDENT = 12
"""At most 15 lists and maps are open: one a column, and one more for the last item's dash."""
MAX_KEPT = 256
MAX_STATES = 64
MAX_COPIES = 1024

_NAME = r"(?!(?:null|Null|NULL):)[A-Za-z_][A-Za-z0-9_-]{0,99}"
_INDENT = rf"( {{0,{MAX_INDENT}}})"
_BEFORE_TEXT = re.compile(rf"{_INDENT}(?:(- )?({_NAME}): |(- ))")
_WITHOUT_TEXT = re.compile(rf"{_INDENT}(?:(- )?({_NAME}): ?|(- ?))")
_PLAIN = re.compile(
    r"""(?:[^\s\-?:,\[\]{}#&*!|>'"%@`\0\1] | -(?=[0-9A-Za-z]))
    [^:#\0\1]*+ (?: (?: :(?![ ]|\Z) | (?<![ ])[#] ) [^:#\0\1]*+ )* (?<![ ])""",
    re.VERBOSE,
)
_NULLS = frozenset(("~", "null", "Null", "NULL"))

_ORDINARY = bytes((10, *range(32, 127)))
_REFUSED = re.compile("[\0-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HALF_PAIR = re.compile(r"\\u[Dd][89A-Fa-f]")

_RELATED, _ITEM_OF_RELATED = "\nrelated:\n  - ", "\n  - "
_AFTER_RELATED = re.compile(r"\n[^ \n]")

_SAME, _BACK, _MAP, _ITEM, _LIST = range(5)
"""A field of the map of the line above; of an outer map; of a new map; an item; of a new list."""

Frames: TypeAlias = tuple[tuple[int, bool], ...]
"""What is open, from the outside in: the column, and whether it is a list."""


class UnknownError(ValueError):
    """Something that only a parser of all YAML can judge."""


Step: TypeAlias = tuple[int, str, int, "State", str | None]
"""What a line does: how, under which name (an item: none), at which depth, what is open after it,
and its text where that is plain. An exact tuple is taken apart faster than a named one."""


class State:
    """What is open after a line, and what each line seen after it does.

    `awaited`: the line was a name alone, so the next one may open a list or a map.
    """

    __slots__ = ("awaited", "before_text", "frames", "lines")

    def __init__(self, frames: Frames, awaited: bool) -> None:
        self.frames, self.awaited = frames, awaited
        self.before_text: dict[str, Step] = {}
        self.lines: dict[str, Step] = {}

    def quoted(self, before: str) -> Step:
        """Return what a line with a quoted text does; `before` is what precedes the text."""
        found = _BEFORE_TEXT.fullmatch(before)
        if found is None:
            raise UnknownError
        return _keep(self.before_text, before, self._step(found, awaits=False))

    def unquoted(self, line: str) -> Step:
        """Return what any other line does; dates and addresses are too many to keep."""
        before, colon, text = line.partition(": ")
        if not text and (found := _WITHOUT_TEXT.fullmatch(line)):
            return _keep(self.lines, line, self._step(found, awaits=bool(found[3])))
        if not colon:
            before, colon, text = line.partition("- ")
        before += colon
        does, name, depth, state, _ = self.before_text.get(before) or self.quoted(before)
        if not _PLAIN.fullmatch(text):
            raise UnknownError
        step = does, name, depth, state, None if text in _NULLS else text
        return step if ":" in text or len(line) > 60 else _keep(self.lines, line, step)

    def _step(self, found: re.Match[str], awaits: bool) -> Step:
        indent, dash, name, bare_dash = found.groups()
        place = (len(indent), bool(dash or bare_dash))
        frames, opens = self._frames_at(place)
        depth = len(frames) - 1
        if place[1]:
            does = _LIST if opens else _ITEM
            frames += ((place[0] + 2, False),) if name else ()
        else:
            does = _MAP if opens else _SAME if frames == self.frames else _BACK
        return does, name or "", depth, state_after(frames, awaits), None

    def _frames_at(self, place: tuple[int, bool]) -> tuple[Frames, bool]:
        """Return what is open at a place, and whether its innermost is opened there."""
        frames = self.frames
        column, is_list = place
        if self.awaited and (column > frames[-1][0] or (is_list and column == frames[-1][0])):
            return (*frames, place), True
        while frames and frames[-1] != place:
            frames = frames[:-1]
        if not frames:
            raise UnknownError
        return frames, False


_states: dict[tuple[Frames, bool], State] = {}


def state_after(frames: Frames, awaited: bool) -> State:
    """Return the one state of its kind; when there are too many, all are forgotten."""
    state = _states.get((frames, awaited))
    if state is None:
        if len(_states) >= MAX_STATES:
            _states.clear()
        state = _states[frames, awaited] = State(frames, awaited)
    return state


def _keep(kept: dict[str, Step], text: str, step: Step) -> Step:
    if len(kept) >= MAX_KEPT:
        kept.clear()
    kept[text] = step
    return step


def scan_yaml(text: str) -> "dict[str, Value] | None":
    """Return the fields of a YAML map, all scalars as text; None where PyYAML has to read it."""
    if len(text) > MAX_LENGTH or text.count("\n") >= MAX_LINES:
        return None
    try:
        # what is left of UTF-8 without ordinary characters is UTF-8 again, and short
        odd = text.encode().translate(None, _ORDINARY)
        if odd and _REFUSED.search(odd.decode()):
            return None
        return _with_copies(text) or _read(text)
    except ValueError:  # half a surrogate pair, UnknownError, an odd number of quotes, not JSON
        return None


class Copy(dict[str, Any]):
    """A copy in `related`; the same text in many files is one of these, not to be changed.

    `made` is for whoever makes something of it, once.
    """

    __slots__ = ("made",)
    made: Any


_copies: dict[str, Any] = {}


def _with_copies(text: str) -> "dict[str, Value] | None":
    """Return the fields of a map in which `related` is written as usual, None of any other.

    Eight of ten copies are in another file nearby, letter for letter, and are most of its text.
    """
    before, name, after = text.partition(_RELATED)
    end = _AFTER_RELATED.search(after)
    items, rest = (after[: end.start()], after[end.start() + 1 :]) if end else (after, "")
    if not name or rest.startswith("-") or "\nrelated:" in f"\n{before}\n{rest}":
        return None
    try:
        fields = _read(f"{before}\nrelated:\n{rest}")
        texts = items.rstrip("\n").split(_ITEM_OF_RELATED)
        fields["related"] = [_copies.get(one) or _copy(one) for one in texts]
    except ValueError:  # something else than items, one after the other
        return None
    return fields


def _copy(text: str) -> Any:
    """Return one item of `related`. Raises ValueError if the text is not one."""
    read: Any = _read(_RELATED + text)["related"]
    (item,) = read
    if not isinstance(item, dict):
        return item
    if len(_copies) >= MAX_COPIES:
        _copies.clear()
    _copies[text] = copy = Copy(item)
    return copy


def _read(text: str) -> "dict[str, Value]":
    if escapes := "\\" in text:
        text = text.replace("\\\\", "\0").replace('\\"', "\1")
    root: dict[str, Value] = {}
    fields, name, state = root, "", state_after(((0, False),), False)
    opened: list[Any] = [root] * 16
    value: str | None
    for line in text.split("\n"):
        if line[-1:] == '"':
            before, value, _ = line.split('"')
            does, key, depth, state, _ = state.before_text.get(before) or state.quoted(before)
            if escapes:
                value = _unescaped(value)
        elif line:
            does, key, depth, state, value = state.lines.get(line) or state.unquoted(line)
        else:
            continue
        if does:
            if does == _BACK:
                fields = opened[depth]
            elif does == _MAP:
                opened[depth] = fields[name] = fields = {}
            else:
                if does == _LIST:
                    opened[depth] = fields[name] = []
                if not key:
                    opened[depth].append(value)
                    continue
                fields = opened[depth + 1] = {}
                opened[depth].append(fields)
        fields[key] = value
        name = key
    return root


def _unescaped(text: str) -> str:
    """Return a quoted text without its escapes; those of JSON mean the same in YAML."""
    if "\\" not in text and "\0" not in text and "\1" not in text:
        return text
    text = text.replace("\1", '\\"').replace("\0", "\\\\")
    if _HALF_PAIR.search(text):
        raise UnknownError
    from json import loads

    return str(loads(f'"{text}"'))
