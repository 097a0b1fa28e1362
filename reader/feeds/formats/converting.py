"""How each element of HTML becomes Markdown, where markdownify's way is not ours."""

import re
from functools import cache
from itertools import count
from typing import Any

import markdownify
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from reader.feeds.formats.layout import cells, unwrap_layout
from reader.feeds.formats.linking import is_icon, link, player
from reader.feeds.formats.markdown import at_line_start, escaped, target
from reader.feeds.formats.pieces import address
from reader.text import clean_line

_SPACES = re.compile(r"\s+")
_BACKTICKS = re.compile(r"`{3,}")
_PIPE = re.compile(r"(?<!\\)\|")
_LANGUAGE = re.compile(r"(?:lang|language|brush|highlight-source)[-: ]+([\w+#.-]{1,30})")
_BLOCK = (
    "address article aside blockquote br center details dd div dl dt fieldset figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td th"
    " thead tr ul"
)
_BLOCKS = frozenset(_BLOCK.split())
_LAZY = ("data-src", "data-original", "data-lazy-src")
_TINY = ("0", "1", "0px", "1px")

_Markdownify: Any = markdownify  # its types leave out what is there to be changed
_Converter: Any = _Markdownify.MarkdownConverter


def convert(html: str, base: str) -> str:
    """Return HTML as Markdown, not clean yet; raises what the parser or its depth raises."""
    soup = BeautifulSoup(html, "lxml", element_classes={Tag: _Tag})
    if "<table" in html or "<TABLE" in html:
        unwrap_layout(soup)
    return str(_OurConverter(base).convert_soup(soup))


@cache
def _options() -> dict[str, Any]:
    """Return what markdownify would gather anew for every text."""
    usual = _Converter(heading_style="atx", bullets="-", strip_pre="strip_one")
    return dict(usual.options)


class _Tag(Tag):
    """A tag that is asked for the tag around it by name only, and often."""

    def find_parent(self, name: Any = None, *_: Any, **__: Any) -> Tag | None:
        near = self.parent
        while near is not None and near.name != name:
            near = near.parent
        return near


class _OurConverter(_Converter):  # type: ignore[misc]
    """Converts one text, whose addresses are relative to `base`."""

    def __init__(self, base: str) -> None:
        self.options = _options()
        self.convert_fn_cache: dict[str, Any] = {}
        self._base = base
        self._items: dict[int, count[int]] = {}
        self._headed: set[int] = set()

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        parents = parent_tags or set()
        if "_noformat" in parents:
            return str(super().process_text(el, parents))
        before = el.previous_sibling
        text = self._stripped(escaped(_SPACES.sub(" ", el)), el)
        if before is None or (isinstance(before, Tag) and before.name in _BLOCKS):
            text = at_line_start(text)
        after = el.next_sibling
        if text.endswith("!") and isinstance(after, Tag) and after.name == "a":
            text = f"{text[:-1]}\\!"  # with the link it would be a picture
        return text

    @staticmethod
    def _stripped(text: str, el: NavigableString) -> str:
        """Return a text without the space that means nothing beside blocks and at their ends."""
        is_in_block = _Markdownify.should_remove_whitespace_inside(el.parent)
        before, after = el.previous_sibling, el.next_sibling
        if text[:1] == " " and (
            _Markdownify.should_remove_whitespace_outside(before) or (is_in_block and not before)
        ):
            text = text.lstrip(" ")
        if _Markdownify.should_remove_whitespace_outside(after) or (is_in_block and not after):
            text = text.rstrip()
        return text

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text if "_noformat" in parent_tags else link(el, text, self._base, parent_tags)

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if el.get("width") in _TINY or el.get("height") in _TINY:
            return ""  # it is there to count who reads
        if "emoji" in str(el.get("src")) and el.get("alt"):
            return escaped(clean_line(str(el["alt"]), 30))
        if not el.get("alt") and is_icon(el.get("height") or el.get("width")):
            return ""
        sources = (address(el.get(name), self._base) for name in ("src", *_LAZY))
        url = next((source for source in sources if source), None)
        words = escaped(clean_line(str(el.get("alt") or ""), 300))
        return f"![{words}]({target(url)})" if url else words

    def convert_iframe(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return player(el, self._base)

    def convert_video(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        parts = [el, *el.find_all("source")]
        urls = (address(part.get("src"), self._base) for part in parts)
        url = next((found for found in urls if found), None)
        return f"\n\n[{el.name.capitalize()}]({target(url)})\n\n" if url else text

    convert_audio = convert_video

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return "\n"
        if "_inline" in parent_tags:
            return " "
        before, after = _beside(el, "previous_sibling"), _beside(el, "next_sibling")
        if before in _BLOCKS or after in (None, *(_BLOCKS - {"br"})):
            return ""
        return "\n\n" if after == "br" else "\\\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n\n* * *\n\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {super().convert_code(el, _SPACES.sub(' ', text), set())} "
        code = super().convert_pre(el, text, parent_tags).strip("\n").removeprefix("```")
        code = code.removesuffix("```").strip("\n")
        fence = "`" * max([3, *(len(run) + 1 for run in _BACKTICKS.findall(code))])
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n" if code.strip() else ""

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if not text.strip():
            return "\n"
        mark = f"{self._number(el.parent)}. " if el.parent and el.parent.name == "ol" else "- "
        lines = text.strip().split("\n")
        rest = [" " * len(mark) + line if line else "" for line in lines[1:]]
        return "\n".join([mark + lines[0], *rest]) + "\n"

    def _number(self, parent: Tag) -> int:
        start = str(parent.get("start", ""))
        first = int(start) if start.isdecimal() and len(start) < 7 else 1
        return next(self._items.setdefault(id(parent), count(first)))

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_td(el, _PIPE.sub(r"\\|", text), parent_tags))

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        table = el.find_parent("table")
        row = f"|{text}\n"
        if id(table) in self._headed:
            return row
        self._headed.add(id(table))
        rule = "|" + " --- |" * text.count(" |") + "\n"
        is_head = all(cell.name == "th" for cell in cells(el)) or el.find_parent("thead")
        return row + rule if is_head else "|" + "  |" * text.count(" |") + "\n" + rule + row

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n{super().convert_blockquote(el, text, parent_tags)}"

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        apart = "\n" if el.name == "ol" and el.get("start") else ""  # else it is no list there
        return f"{apart}{super().convert_list(el, text, parent_tags)}"

    convert_ul = convert_ol = convert_list

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n**{words}**\n\n" if (words := _SPACES.sub(" ", text).strip()) else ""

    def convert_nothing(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return ""

    convert_form = convert_button = convert_input = convert_select = convert_textarea = (
        convert_nothing
    )
    convert_object = convert_embed = convert_svg = convert_noscript = convert_template = (
        convert_nothing
    )
    convert_head = convert_title = convert_frameset = convert_math = convert_nothing

    convert_dd = convert_main = convert_header = convert_footer = _Converter.convert_div
    convert_aside = convert_nav = convert_address = convert_center = _Converter.convert_div
    convert_details = convert_summary = convert_figure = _Converter.convert_div
    convert_fieldset = _Converter.convert_div


def _beside(el: Any, side: str) -> str | None:
    """Return the name of the element beside another, `text` for words, None for nothing."""
    near: PageElement | None = getattr(el, side)
    while isinstance(near, NavigableString) and not near.strip():
        near = getattr(near, side)
    if isinstance(near, Tag):
        return near.name
    return None if near is None else "text"


def _language(el: Tag) -> str:
    """Return the language that code is marked with, as highlighters do."""
    for part in (el, el.find("code")):
        if isinstance(part, Tag) and (found := _LANGUAGE.search(" ".join(part.get("class") or []))):
            return found[1]
    return ""
