"""How a folder was left: the view, the order, the place in it, and what was made otherwise."""

from dataclasses import asdict, dataclass

from reader.ranking import ORDERS
from reader.text import clean_line
from reader.views import FRONT, TITLES, View

NAMED = ("topic", "provider", "saved", "mute")
"""The kinds of views that there are several of."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Kept for each folder and machine; widths are columns more or less than the usual ones.

    `turned` are the kinds of views that are flat and usually in stories, or the other way round.
    `history` are the filters that were kept, the last one first.
    """

    view: View = FRONT
    order: str = "quality"
    place: str | None = None
    sidebar: int = 0
    article_pane: int = 0
    turned: tuple[str, ...] = ()
    history: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: dict[str, object]) -> "Memory":
        """Return what was kept, with the usual in place of anything that makes no sense."""
        view, order, place = kept.get("view"), kept.get("order"), kept.get("place")
        return cls(
            view=_view(view),
            order=order if isinstance(order, str) and order in ORDERS else "quality",
            place=place if isinstance(place, str) else None,
            sidebar=_columns(kept.get("sidebar")),
            article_pane=_columns(kept.get("article_pane")),
            turned=_kinds(kept.get("turned")),
            history=_texts(kept.get("history")),
        )

    def as_dict(self) -> dict[str, object]:
        """Return it in the form that `of` reads."""
        return asdict(self)


def _view(kept: object) -> View:
    kind, name = (kept.get("kind"), kept.get("name")) if isinstance(kept, dict) else (None, None)
    if not isinstance(kind, str) or not isinstance(name, str):
        return FRONT
    is_known = kind in NAMED if name else kind in TITLES
    return View(kind, name) if is_known else FRONT


def _kinds(kept: object) -> tuple[str, ...]:
    known = {*NAMED, *TITLES}
    return tuple(sorted(known.intersection(map(str, kept)))) if isinstance(kept, list) else ()


def _texts(kept: object) -> tuple[str, ...]:
    texts = kept if isinstance(kept, list) else ()
    return tuple(text for text in texts if isinstance(text, str) and text == clean_line(text))


def _columns(kept: object) -> int:
    if not isinstance(kept, int) or isinstance(kept, bool):
        return 0
    return kept if abs(kept) < 1000 else 0
