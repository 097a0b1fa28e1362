"""Tags in, events for the builder out; Markdown's own structure has the same tags."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from reader.body.builder import Builder
from reader.body.inline import Look

Attributes: TypeAlias = Mapping[str, str | None]

_Start: TypeAlias = Callable[[Builder, str, Attributes], None]
_End: TypeAlias = Callable[[Builder, str], None]

_LOOKS: dict[str, Look] = {
    "b": "strong",
    "strong": "strong",
    "cite": "emphasis",
    "em": "emphasis",
    "i": "emphasis",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
_MEDIA = {
    "audio": "audio",
    "embed": "embedded",
    "iframe": "embedded",
    "object": "embedded",
    "video": "video",
}
_DROPPED_TAGS = (
    "audio button canvas datalist iframe math noembed noframes noscript object script select "
    "style svg template textarea title video"
)
_BLOCK_TAGS = (
    "address article aside body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form header hgroup html legend main menu nav p search section summary tbody "
    "tfoot thead"
)
_DROPPED, _BLOCKS = frozenset(_DROPPED_TAGS.split()), frozenset(_BLOCK_TAGS.split())
_PIXEL = ("0", "1")


class Tags:
    """Hears of each tag and text, and leaves out what is not for reading."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self._dropped = ""
        self._depth = 0
        self._wanted = ""

    def start(self, tag: str, attrs: Attributes) -> None:
        """Begin an element; one that means nothing here leaves its text alone."""
        if self._dropped:
            self._depth += tag == self._dropped
            self._offer_source(tag, attrs)
            return
        if tag in _MEDIA:
            self._offer(tag, attrs)
        if tag in _DROPPED:
            self._dropped, self._depth = tag, 1
        elif tag in _STARTS:
            _STARTS[tag](self.builder, tag, attrs)

    def end(self, tag: str) -> None:
        """End an element, whether it was begun or not."""
        if self._dropped:
            self._depth -= tag == self._dropped
            if not self._depth:
                self._dropped = self._wanted = ""
        elif tag in _ENDS:
            _ENDS[tag](self.builder, tag)

    def text(self, text: str) -> None:
        """Add text that is for reading."""
        if not self._dropped:
            self.builder.words(text)

    def settle(self) -> None:
        """End what HTML inside Markdown left open, so that it cannot swallow what follows."""
        self._dropped = self._wanted = ""
        self.builder.inline.reset()
        self.builder.end_verbatim()

    def _offer(self, tag: str, attrs: Attributes) -> None:
        """Offer the address of what cannot be shown, or wait for that of its source."""
        number = _number(self.builder, attrs)
        if number:
            self.builder.label(_MEDIA[tag], attrs.get("title"), number)
        else:
            self._wanted = _MEDIA[tag]

    def _offer_source(self, tag: str, attrs: Attributes) -> None:
        number = _number(self.builder, attrs) if self._wanted and tag == "source" else None
        if number:
            self.builder.label(self._wanted, None, number)
            self._wanted = ""


def _number(builder: Builder, attrs: Attributes) -> int | None:
    """Return the number of the first safe address; pages that load late keep it in data-src.

    Inside a link there is none: the link's is enough.
    """
    if builder.inline.linked:
        return None
    numbers = (builder.links.number(attrs.get(name)) for name in ("src", "data-src", "data"))
    return next((number for number in numbers if number), None)


def _start_picture(builder: Builder, tag: str, attrs: Attributes) -> None:
    """Offer a picture; one of a single pixel only counts its readers."""
    if attrs.get("width") not in _PIXEL and attrs.get("height") not in _PIXEL:
        builder.label("picture", attrs.get("alt"), _number(builder, attrs))


def _start_container(builder: Builder, tag: str, attrs: Attributes) -> None:
    builder.close()
    builder.outline.enter(tag, attrs.get("start"))


def _end_container(builder: Builder, tag: str) -> None:
    builder.close()
    builder.outline.leave(tag)


def _start_item(builder: Builder, tag: str, attrs: Attributes) -> None:
    builder.close()
    builder.outline.begin_item()


def _end_item(builder: Builder, tag: str) -> None:
    builder.close()
    builder.outline.take_marker()


def _start_heading(builder: Builder, tag: str, attrs: Attributes) -> None:
    builder.close()
    builder.heading = int(tag[1])


def _end_heading(builder: Builder, tag: str) -> None:
    builder.close()
    builder.heading = 0


def _begin(act: Callable[[Builder], None]) -> _Start:
    return lambda builder, tag, attrs: act(builder)


def _finish(act: Callable[[Builder], None]) -> _End:
    return lambda builder, tag: act(builder)


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = ("blockquote", "ol", "ul")

_STARTS: dict[str, _Start] = {
    **dict.fromkeys(_BLOCKS, _begin(Builder.flush)),
    **dict.fromkeys(_LOOKS, lambda builder, tag, attrs: builder.inline.begin(_LOOKS[tag])),
    **dict.fromkeys(_HEADINGS, _start_heading),
    **dict.fromkeys(_CONTAINERS, _start_container),
    "a": lambda builder, tag, attrs: builder.inline.link(attrs.get("href")),
    "br": _begin(Builder.line_break),
    "hr": _begin(Builder.rule),
    "img": _start_picture,
    "li": _start_item,
    "pre": _begin(Builder.begin_verbatim),
    "q": lambda builder, tag, attrs: builder.words("“"),
    "table": _begin(Builder.close),
    "td": lambda builder, tag, attrs: builder.begin_cell(heading=False),
    "th": lambda builder, tag, attrs: builder.begin_cell(heading=True),
    "tr": _begin(Builder.begin_row),
}

_ENDS: dict[str, _End] = {
    **dict.fromkeys(_BLOCKS, _finish(Builder.flush)),
    **dict.fromkeys(_LOOKS, lambda builder, tag: builder.inline.end(_LOOKS[tag])),
    **dict.fromkeys(_HEADINGS, _end_heading),
    **dict.fromkeys(_CONTAINERS, _end_container),
    "a": lambda builder, tag: builder.inline.link(None),
    "li": _end_item,
    "pre": _finish(Builder.end_verbatim),
    "q": lambda builder, tag: builder.words("”"),
    "table": _finish(Builder.close),
    "tr": _finish(Builder.end_row),
}
