"""The page of an article -> its text as Markdown; a job of the worker, as pages are hostile."""

import re
from typing import Any

from lxml.etree import strip_tags  # type: ignore[import-untyped]  # lxml tells no types
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction, load_html
from trafilatura.utils import decode_file

from reader.feeds.formats.markdown import to_markdown
from reader.feeds.full_text.restoring import restored
from reader.text import clean_line

LEAST = 140
"""Characters, white space apart, below which a text is not one: a notice, or a headline."""

NOTHING = "the page has no text to speak of: it may need JavaScript or a login"

_TITLE = 1_000  # characters
_CONTROLS = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,9})|([0-9]{1,9}));?")
_MUCH_LONGER = 1.5
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|headerlink|newsletter|paywall|permalink|promo|related)"
)
_OUTER = "descendant-or-self::*[self::html|self::body|self::main|self::article|self::h1]"


def extract(body: bytes, facts: dict[str, Any]) -> dict[str, str | None]:
    """Return the `text` of a page, else the `reason` why there is none, in a sentence.

    `facts` are the `url` of the page and the `charset` that its server named, or None.
    """
    url, page = facts["url"], _decoded(body, facts.get("charset"))
    text = _text(page, url)
    if anonymous := _text(page, url, anonymous=True):
        text = anonymous if len(anonymous) > _MUCH_LONGER * len(text) else text
    if len("".join(text.split())) < LEAST:
        return {"text": None, "reason": NOTHING}
    return {"text": text, "reason": None}


def _decoded(body: bytes, charset: str | None) -> str:
    """Return a page as text without controls, by the encoding of its server if it has that."""
    try:
        page = body.decode(charset) if charset else decode_file(body)
    except (LookupError, ValueError):
        page = decode_file(body)
    return _REFERENCE.sub(_without_control, _CONTROLS.sub("", page))


def _without_control(found: re.Match[str]) -> str:
    """Drop a reference to a control, for which the whole text would be lost."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return "" if number < 32 and chr(number) not in "\t\n\r" else found[0]


def _text(page: str, url: str, *, anonymous: bool = False) -> str:
    """Return the text of a page, empty where there is none.

    `anonymous` elements have no names that tell what they are, for some pages tell it wrongly.
    """
    tree = load_html(page)
    if tree is None:
        return ""
    tree.make_links_absolute(url, handle_failures="discard")
    title = clean_line(tree.findtext(".//title") or "", _TITLE)
    _prepare(tree, anonymous=anonymous)
    found = bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return ""
    return to_markdown(restored(found.body, title), url)


def _prepare(tree: HtmlElement, *, anonymous: bool) -> None:
    """Take away what is beside the text, and the tables that old pages are laid out by."""
    half = len(tree.text_content()) // 2
    for element in tree.xpath("//*[@class or @id]"):
        names = f"{element.get('class', '')} {element.get('id', '')}".lower()
        if _BESIDE.search(names) and not element.xpath(_OUTER):
            if len(element.text_content()) < half:
                element.drop_tree()
        elif anonymous:
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)
    strip_tags(tree, "font", "center")
    for table in tree.xpath("//table[.//table or .//p[2] or .//h1 or .//h2]"):
        for part in table.xpath("descendant-or-self::*[self::table or self::tr or self::td]"):
            part.tag = "div"
