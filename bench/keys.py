"""Keys: how long each takes until its first and its last frame, in a reader that has settled."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from bench.corpus import SEED, corpus
from bench.figures import Bench, Figure
from bench.programs import broadsheet, environment
from bench.starts import warm
from bench.terminal import Missing, Reaction, Terminal
from bench.words import Words

QUIET, QUIET_TYPING = 0.1, 0.25
"""Seconds of silence after which a key is done; a cursor blinks half a second after a key."""

HELD_FOR = 150
RANKS = ((2,), (17,), (60,), (400,), (9, 33))
"""The words that are looked for, by how common they are."""

LETTERS = 6


def keys(bench: Bench, size: int) -> list[Figure]:
    """Measure the keys of a list."""
    found: dict[str, list[Reaction]] = {}
    with settled(bench, size) as terminal:

        def press(name: str, *keys: bytes) -> None:
            found.setdefault(name, []).extend(terminal.react(key, QUIET) for key in keys)

        press("j", *[b"j"] * 40)
        terminal.react(b"gg", QUIET)
        pressed = count()
        held = terminal.hold(b"j", lambda: next(pressed) >= HELD_FOR)
        press("ctrl+d", *[b"\x04"] * 20)
        for _ in range(10):
            press("G", b"G")
            press("gg", b"gg")
        press("order", *[b"3", b"4", b"5", b"6", b"2"] * 4)
        terminal.react(b"h", QUIET)
        press("topic", *[b"j"] * 20, *[b"k"] * 20)
    figures = [Figure("j held: shown with its article", size, tuple(held.effects))]
    for name, reactions in found.items():
        firsts = tuple(reaction.first for reaction in reactions)
        lasts = tuple(reaction.last for reaction in reactions)
        figures += [
            Figure(f"{name}: first frame", size, firsts),
            Figure(f"{name}: last frame", size, lasts),
        ]
    return figures


def search(bench: Bench, size: int) -> list[Figure]:
    """Measure the letters that are typed into a filter."""
    ranked = [word for word in Words(random.Random(SEED)).ranked if word.isascii()]
    texts = [" ".join(ranked[rank][:LETTERS] for rank in ranks) for ranks in RANKS]
    opened, typed = [], []
    with settled(bench, size) as terminal:
        for text in texts:
            opened.append(terminal.react(b"/", QUIET_TYPING))
            typed += [terminal.react(letter.encode(), QUIET_TYPING) for letter in text]
            terminal.react(b"\x1b", QUIET_TYPING)
    return [
        Figure("/: last frame", size, tuple(reaction.last for reaction in opened)),
        Figure("search: first frame", size, tuple(reaction.first for reaction in typed)),
        Figure("search: last frame", size, tuple(reaction.last for reaction in typed)),
    ]


@contextmanager
def settled(bench: Bench, size: int) -> Iterator[Terminal]:
    """Run the reader with a snapshot; begin when all is loaded and it has settled."""
    program = broadsheet(corpus(bench.kept, size, "related").library, size)
    home = warm(bench, program, size)
    with Terminal(program.command, environment(home)) as terminal:
        terminal.wait_for(*program.painted, *program.counted, limit=bench.limit(size))
        if not terminal.settle(30):
            raise Missing("does not settle")
        yield terminal
