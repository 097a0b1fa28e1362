"""Changing the text of `filters.toml` rule by rule.

So the comments and the order of a file that somebody wrote by hand stay as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reader.saved import Rule, Rules, RulesError, Saved, read_rules


def added(text: str, rule: Rule) -> str:
    """Return the text with one rule more, after all others. Raises RulesError."""
    gap = "\n" if text.strip() else ""
    text = f"{text.rstrip()}\n" if text.strip() else ""
    return _checked(f"{text}{gap}{_block(rule)}", _with(read_rules(text), rule))


def replaced(text: str, before: Rule, rule: Rule) -> str:
    """Return the text with another rule in the place of one. Raises RulesError."""
    rules, parts = read_rules(text), _parts(text)
    part = parts[_at(rules, parts, before)]
    comments = "".join(re.findall(r"(?m)^[ \t]*#.*\n?", part.text))
    rest = part.text[len(part.text.rstrip()) :] or "\n"
    part.text = comments + _block(rule).rstrip() + rest
    return _checked("".join(one.text for one in parts), _with(rules, rule, before))


def removed(text: str, rule: Rule) -> str:
    """Return the text without a rule. Raises RulesError."""
    rules, parts = read_rules(text), _parts(text)
    del parts[_at(rules, parts, rule)]
    kind = _kind(rule)
    left = tuple(one for one in getattr(rules, kind) if one != rule)
    return _checked("".join(one.text for one in parts), _set(rules, kind, left))


def moved(text: str, rule: Rule, step: int) -> str:
    """Return the text with a rule before or after its neighbour. Raises RulesError."""
    rules, parts, kind = read_rules(text), _parts(text), _kind(rule)
    order = list(getattr(rules, kind))
    at, to = order.index(rule), order.index(rule) + step
    if not 0 <= to < len(order):
        return text
    one, two = parts[_at(rules, parts, rule)], parts[_at(rules, parts, order[to])]
    one.text, two.text = _ended(two.text), _ended(one.text)
    order[at], order[to] = order[to], order[at]
    whole = "".join(one.text for one in parts)
    return _checked(whole, _set(rules, kind, tuple(order)))


_HEAD = re.compile(r"[ \t]*\[\[[ \t]*(saved|muted)[ \t]*\]\]")
_UNCLEAR = "it is written in a way that only its writer can change"


@dataclass(slots=True)
class _Part:
    """A piece of the text: a rule with the comments right above it, or what stands alone."""

    text: str
    kind: str = ""


def _parts(text: str) -> list[_Part]:
    """Part a text at its rules; a paragraph of comments alone stands for itself."""
    parts, above = [_Part("")], ""
    for line in text.splitlines(keepends=True):
        if head := _HEAD.match(line):
            parts.append(_Part(above + line, head[1]))
            above = ""
        elif line.lstrip().startswith("#"):
            above += line
        elif above and not line.strip():
            parts.append(_Part(above + line))
            above = ""
        else:
            parts[-1].text += above + line
            above = ""
    return [*parts, _Part(above)]


def _at(rules: Rules, parts: Sequence[_Part], rule: Rule) -> int:
    """Return which part a rule is. Raises RulesError."""
    kind = _kind(rule)
    own = [at for at, part in enumerate(parts) if part.kind == kind]
    order: tuple[Rule, ...] = getattr(rules, kind)
    if rule not in order or len(own) != len(order):
        raise RulesError(_UNCLEAR)
    return own[order.index(rule)]


def _checked(text: str, wanted: Rules) -> str:
    """Return a changed text if it says what it has to. Raises RulesError."""
    if read_rules(text) != wanted:
        raise RulesError(_UNCLEAR)
    return text


def _with(rules: Rules, rule: Rule, before: Rule | None = None) -> Rules:
    kind = _kind(rule)
    order: tuple[Rule, ...] = getattr(rules, kind)
    if before is None:
        return _set(rules, kind, (*order, rule))
    return _set(rules, kind, tuple(rule if one == before else one for one in order))


def _set(rules: Rules, kind: str, order: Any) -> Rules:
    return rules._replace(**{kind: order})


def _kind(rule: Rule) -> str:
    return "saved" if isinstance(rule, Saved) else "muted"


def _block(rule: Rule) -> str:
    if isinstance(rule, Saved):
        return f"[[saved]]\nname = {_quoted(rule.name)}\nfilter = {_quoted(rule.filter)}\n"
    end = f"until = {rule.until}\n" if rule.until else ""
    return f"[[muted]]\nfilter = {_quoted(rule.filter)}\n{end}"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it; it is clean, so that only two characters have a meaning."""
    if "'" not in text and ('"' in text or "\\" in text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
