"""What trafilatura finds -> HTML again: its own Markdown loses quotes and blank lines of code."""

from lxml.etree import _Element as Element  # type: ignore[import-untyped]  # lxml tells no types
from lxml.etree import tostring

_NAMES = {"item": "li", "quote": "blockquote", "lb": "br", "graphic": "img", "row": "tr"}
_STYLES = {"#b": "strong", "#i": "em", "#t": "code"}
_INLINE = ("p", "item", "li", "cell", "td", "th", "head", "hi", "ref", "a")


def restored(body: Element, title: str) -> str:
    """Return a text as HTML, without a heading at the top that the page's title begins with."""
    for element in body[:3]:
        if element.tag == "head" and (element.get("rend") == "h1" or _begins(title, element)):
            body.remove(element)
            break
    for element in body.iter("*"):
        element.tag = _name(element)
        if target := element.attrib.pop("target", None):
            element.set("href", target)
    body.tag = "div"
    return str(tostring(body, encoding="unicode", method="html"))


def _begins(title: str, element: Element) -> bool:
    words = " ".join("".join(element.itertext()).split()).casefold()
    return bool(words) and title.casefold().startswith(words)


def _name(element: Element) -> str:
    """Return the name of an element in HTML."""
    tag, style = str(element.tag), element.get("rend", "")
    if tag == "head":
        return style if style in ("h1", "h2", "h3", "h4", "h5", "h6") else "h3"
    if tag == "list":
        return "ol" if style == "ol" else "ul"
    if tag == "hi":
        return _STYLES.get(style, "span")
    if tag == "ref":
        return "a"
    if tag == "cell":
        return "th" if element.get("role") == "head" else "td"
    if tag == "code":
        return "code" if _is_inline(element) else "pre"
    return _NAMES.get(tag, tag)


def _is_inline(element: Element) -> bool:
    parent = element.getparent()
    text = "".join(str(part) for part in element.itertext())
    return parent is not None and parent.tag in _INLINE and "\n" not in text
