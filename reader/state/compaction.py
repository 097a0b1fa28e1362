"""Leaving out of a journal what its later lines made void."""

from contextlib import suppress

from reader.state.lines import Entry, entry_of, is_ours, lines_of
from reader.state.own import OwnFile
from reader.state.steps import Steps

MIN_BYTES = 64 * 1024
"""A journal that is smaller is left as it is."""


def compact(own: OwnFile) -> bool:
    """Make this machine's file smaller; False if another process is at it or the disk refuses."""
    with suppress(OSError):
        return own.replace(live_lines)
    return False


def live_lines(data: bytes) -> bytes:
    """Return the lines that are still needed, in their order.

    These are the winning fact of each key and field, without what an undo would need; all lines of
    the steps that can be undone; and as it is, every line that this version does not understand.
    """
    lines = [line for line in data.split(b"\n") if line]
    entries = [entry_of(line) if is_ours(line) else None for line in lines]
    winners, steps = _winners(entries), _needed_by_steps(entries)
    kept: list[bytes] = []
    for number, (line, entry) in enumerate(zip(lines, entries, strict=True)):
        if entry is None or entry.at in steps:
            kept.append(line + b"\n")
        elif number in winners:
            kept.append(lines_of([entry.fact]))
    return b"".join(kept)


def _winners(entries: list[Entry | None]) -> set[int]:
    latest: dict[tuple[str, str], tuple[str, int]] = {}
    for number, entry in enumerate(entries):
        if entry is not None:
            pair = entry.key, entry.field
            latest[pair] = max(latest.get(pair, ("", 0)), (entry.at, number))
    return {number for _, number in latest.values()}


def _needed_by_steps(entries: list[Entry | None]) -> set[str]:
    steps = Steps()
    for entry in entries:
        if entry is not None:
            steps.see(entry)
    return steps.needed
