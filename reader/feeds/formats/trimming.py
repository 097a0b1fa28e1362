"""What engines put around the words of an article, taken off its HTML: bars, boxes, footers.

All of it is told by the marks that engines leave; what only looks like it stays. Every scan is
linear, and most texts are passed by what they do not have.
"""

import re
from html import unescape

from reader.feeds.formats.pieces import address
from reader.text import plain
from reader.urls import canonical

_TAIL = 3_000  # characters that a footer is looked for in
_FOOTERS = 4

_OPENED = re.compile(
    r"<(aside|div|p|section|span)\s[^<>]*?"
    r"\b(?:class|property|rel)=[\"']([^\"'<>]{1,300})[\"'][^<>]*>"
)
_SHARING = (
    "a2a_kit addthis_toolbox addtoany_content addtoany_share_save_container feedflare"
    " heateor_sss_sharing_container jp-relatedposts sd-sharing-enabled share_submission sharedaddy"
    " swp_social_panel"
)
_SIGNING_UP = (
    "kg-signup-card mc4wp-form subscription-widget subscription-widget-wrap"
    " subscription-widget-wrap-editor wp-block-jetpack-subscriptions"
)
_SAID_ELSEWHERE = (  # as title, author and date of the article
    "blogger-post-footer feed-readmore field--name-created field--name-title field--name-uid"
    " schema:author schema:dateCreated schema:name"
)
_BOXES = frozenset(f"{_SHARING} {_SIGNING_UP} {_SAID_ELSEWHERE}".split())

_BUTTON = re.compile(
    r"<(p|div) class=\"(?:button-wrapper|kg-card kg-button-card)[^<>]*>\s*<a\s[^<>]*?"
    r"href=\"[^\"<>]*(?:/subscribe\?|action=share|#/portal/)[^\"<>]*\"[^<>]*>"
    r"(?:[^<]|</?span[^<>]*>){0,200}</a>\s*</\1>"
)
_LIGHTBOX = re.compile(r"<div class=\"meta\">(?:(?!</?div).){0,1500}</div>", re.DOTALL)
_ESCAPED = re.compile(r"\s*&lt;(?:p|div|img|a|h[1-6]|ul|table|span|strong|em|figure)\b")

_LINK = r"<a\s[^<>]*?href=[\"']([^\"'<>]*)[\"'][^<>]*>((?:(?!</?a\b).){0,500})</a>"
_END = (
    r"(?:\s|&nbsp;|&#160;|&#32;|<br\s*/?>|</?(?:p|div|span|small)>"
    r"|<img\s[^<>]*?\b(?:width|height)=[\"']1[\"'][^<>]*>)*+\Z"
)
_LAST_LINK = re.compile(rf"{_LINK}[^<>]{{0,60}}{_END}", re.DOTALL)
_LAST_TWO = re.compile(
    rf"<p>[^<>]{{0,80}}{_LINK}[^<>]{{0,80}}{_LINK}[^<>]{{0,40}}{_END}", re.DOTALL
)
_MEDIUM = re.compile(
    rf"(?:<hr\s*/?>)?<p>{_LINK} was originally published in (?:(?!<p>).)*{_END}", re.DOTALL
)
_POSTS = re.compile(rf"<p>\s*<small>\d+ posts? - \d+ participants?{_END}")
_COMMENTS = r"<ul><li>\1Comments</a></li></ul>"  # a list is no excerpt of what has no text
_ONLY_COMMENTS = re.compile(r"\A\s*(?:<p>)?\s*(<a\s[^<>]*>)Comments</a>\s*(?:</p>)?\s*\Z")
_HNRSS = re.compile(
    r"(?:<hr\s*/?>)?\s*(?:<p>Article URL: <a[^<>]*>[^<>]*</a></p>)?\s*<p>Comments URL: "
    r"(<a[^<>]*>)[^<>]*</a></p>(?:\s*<p>(?:Points|# Comments): \d+</p>)*"
)
_MORE = re.compile(
    r"continue reading|keep reading|read (?:more|on|full|the)\b|more\W*\Z|view (?:full|more|the)\b"
    r"|weiterlesen|mehr (?:lesen|erfahren)|lire (?:la suite|plus)|leer más|seguir leyendo"
    r"|leggi (?:tutto|di più)|continua a leggere|ler mais|continue lendo|lees (?:meer|verder)"
    r"|läs mer|les mer|læs mere|czytaj (?:więcej|dalej)|читать (?:далее|дальше)|続きを読む"
    r"|阅读全文",
    re.IGNORECASE,
)
_CELLS = re.compile(r"</?(?:table|tbody|tr|td)>")


def trimmed(html: str, own: str | None) -> str:
    """Return the HTML of an article without what is not of it; `own` is where the article is."""
    if "<![CDATA[" in html:
        html = html.replace("<![CDATA[", "").replace("]]>", "")
    if "<" not in html:
        return unescape(html) if _ESCAPED.match(html) and "&lt;/" in html else html
    if "class=" in html or "property=" in html:
        html = _LIGHTBOX.sub("", _BUTTON.sub("", _without_boxes(html)))
    if "<Img " in html:
        html = html.replace("<Img ", "<img ")
    if "omments" in html:
        html = _HNRSS.sub(_COMMENTS, _ONLY_COMMENTS.sub(_COMMENTS, html), count=1)
    return _without_footers(html, own) if "<a" in html[-_TAIL:] else html


def _without_boxes(html: str) -> str:
    """Return HTML without the elements that have the names of boxes, up to one that never ends."""
    kept, at = [], 0
    for found in _OPENED.finditer(html):
        if found.start() < at or _BOXES.isdisjoint(found[2].split()):
            continue
        end = _end_of(found[1], html, found.end())
        if end is None:
            break
        kept.append(html[at : found.start()])
        at = end
    return "".join([*kept, html[at:]]) if kept else html


def _end_of(name: str, html: str, at: int) -> int | None:
    """Return where an element ends that begins before a place; a paragraph has none in it."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b[^<>]*>").finditer(html, at):
        if name == "p" and not tag[1]:
            return tag.start()
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return None


def _without_footers(html: str, own: str | None) -> str:
    tail = html[-_TAIL:]
    if "[comments]</a>" in tail:
        return _without_submitter(html, own)
    for _ in range(_FOOTERS):
        at = _footer(tail, own)
        if at is None:
            break
        tail = tail[:at]
    return html[: max(len(html) - _TAIL, 0)] + tail


def _footer(tail: str, own: str | None) -> int | None:
    """Return where a footer begins that a text ends with."""
    if "originally published in" in tail and (found := _MEDIUM.search(tail)):
        return found.start()
    if "participant" in tail and (found := _POSTS.search(tail)):
        return found.start()
    found = _LAST_TWO.search(tail)
    if found and _is_of(found[1], own) and _begins(found[3], own):
        return found.start()
    found = _LAST_LINK.search(tail)
    if found and _MORE.match(plain(found[2])) and _is_of(found[1], own):
        return found.start()
    return None


def _is_of(place: str, own: str | None) -> bool:
    """Whether a link leads to the article itself, be it without a query that only counts."""
    target = address(unescape(place), own)
    if not own or not target:
        return False
    page, link = canonical(own), canonical(target)
    return page == link or page.startswith(f"{link}?")


def _begins(place: str, own: str | None) -> bool:
    """Whether a link leads to the site of an article, and not to the article."""
    target = address(unescape(place), own)
    if not own or not target:
        return False
    return canonical(own).startswith(f"{canonical(target)}/")


def _without_submitter(html: str, own: str | None) -> str:
    """Return what was posted to Reddit without who posted it, but with the page it is about."""
    at = html.rfind("submitted by")
    if at < 0:
        return html
    links = re.findall(_LINK, html[at:])
    target = next((place for place, words in links if words == "[link]"), "")
    rest = html[:at].rstrip().removesuffix("&#32;")
    if rest.lstrip().startswith("<table>"):
        rest = _CELLS.sub("", rest).strip()
    if not target or _is_of(target, own):
        return rest
    return f'{rest}<ul><li><a href="{target}">{target}</a></li></ul>'
