"""What is wrong with a filter: one sentence, its column, and the nearest right word."""

from collections.abc import Iterable

from reader.text import clean_line

_SHOWN = 40


class FilterError(ValueError):
    """A filter that cannot be understood: one sentence, and the column it is about, from 0.

    `instead` is the nearest right word for what is `wrong`, where there is one. `begun` says that
    it may only not be finished yet.
    """

    def __init__(
        self, message: str, column: int, wrong: str = "", instead: str = "", *, begun: bool = False
    ) -> None:
        super().__init__(message)
        self.message, self.column = message, column
        self.wrong, self.instead, self.begun = wrong, instead, begun


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Return the nearest right word, empty where none is near."""
    from difflib import get_close_matches

    return "".join(get_close_matches(wrong[:_SHOWN], list(known), n=1))


def shown(text: str) -> str:
    """Return a text that was typed as a sentence repeats it."""
    return clean_line(text[:_SHOWN])
