"""What becomes of 20 pages whose text is known: `uv run python -m bench.full_text`.

The pages are in tests/pages; what stands in them between <!--text--> and <!--/text--> is the text.
What is measured is what the reader shows: words found and words right, and how much is kept of
headings, links, items of lists, lines of code, and cells of tables.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from reader.body.blocks import Body
from reader.body.parse import parse_body

PAGES = Path(__file__).parents[1] / "tests" / "pages"
URL = "https://site.example/news/page.html"
CHARSETS = {"old-layout": "windows-1252", "shift-jis": "shift_jis"}
WITHOUT = "javascript"
"""The page that has no text."""

KINDS = {"h2": "headings", "a": "links", "li": "items", "pre": "lines", "td": "cells"}
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_MARKS = re.compile(rb"<!--/?text-->")


class Known(NamedTuple):
    """The text of a page, and what it is made of by the names of `KINDS`."""

    words: Counter[str]
    parts: dict[str, Counter[str]]


class Score(NamedTuple):
    """How well a text was found: shares of 1, `kept` by kind where the page has any."""

    precision: float
    recall: float
    kept: dict[str, float]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class _Marked(HTMLParser):
    """Takes what is between the marks of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.text = False, ""
        self.open: list[tuple[str, str]] = []
        self.parts: dict[str, list[str]] = {name: [] for name in KINDS.values()}

    def handle_comment(self, data: str) -> None:
        self.inside = {"text": True, "/text": False}.get(data, self.inside)
        self.text += " "

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        tag = {"th": "td", "figcaption": "p"}.get(tag, tag)
        href = dict(attrs).get("href") or ""
        if self.inside and tag == "a" and href and not href.startswith("#"):
            self.parts["links"].append(href.rpartition("/")[2])
        if self.inside and tag == "li":
            self.open = [one for one in self.open if one[0] != "li"]
        if self.inside and tag in ("h2", "li", "pre", "td"):
            self.open.append((tag, ""))
        if tag not in ("a", "span", "em", "strong", "code", "b", "font"):
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        tag = "td" if tag == "th" else tag
        if self.open and self.open[-1][0] == tag:
            _, text = self.open.pop()
            found = text.split("\n") if tag == "pre" else [text]
            self.parts[KINDS[tag]] += [squeezed(one) for one in found if one.strip()]

    def handle_data(self, data: str) -> None:
        if self.inside and data != "¶":
            self.text += data
            if self.open:
                self.open[-1] = (self.open[-1][0], self.open[-1][1] + data)


def squeezed(text: str) -> str:
    """Return a text without white space, in which it may differ."""
    return re.sub(r"\s+", "", text)


def words(text: str) -> Counter[str]:
    """Return the words of a text; each sign of Japanese is one."""
    return Counter(_WORD.findall(text.casefold()))


def names() -> list[str]:
    """Return the names of the pages."""
    return sorted(path.stem for path in PAGES.glob("*.html"))


def page(name: str) -> bytes:
    """Return a page without the marks."""
    return _MARKS.sub(b"", (PAGES / f"{name}.html").read_bytes())


def known(name: str) -> Known:
    """Return the text of a page as its marks tell."""
    marked = _Marked()
    marked.feed((PAGES / f"{name}.html").read_text(CHARSETS.get(name, "utf-8")))
    return Known(words(marked.text), {kind: Counter(all_) for kind, all_ in marked.parts.items()})


def shown(body: Body) -> Known:
    """Return what the reader shows of a text."""
    parts: dict[str, list[str]] = {name: [] for name in KINDS.values()}
    for block in body.blocks:
        text = "".join(span.text for span in block.spans)
        if block.kind == "heading":
            parts["headings"].append(squeezed(text))
        elif block.kind == "item":
            parts["items"].append(squeezed(text))
        elif block.kind == "code":
            parts["lines"] += [squeezed(line) for line in text.split("\n")]
        elif block.kind == "table":
            parts["cells"] += [squeezed(cell) for cell in re.split("[│\n]", text)]
    parts["links"] = [link.rpartition("/")[2] for link in body.links]
    text = "\n".join("".join(span.text for span in block.spans) for block in body.blocks)
    return Known(words(text), {kind: Counter(all_) for kind, all_ in parts.items()})


def score(name: str, markdown: str) -> Score:
    """Compare an extracted text with the known one."""
    wanted, found = known(name), shown(parse_body(markdown, html=False))
    same = (wanted.words & found.words).total()
    kept = {
        kind: (all_ & found.parts[kind]).total() / all_.total()
        for kind, all_ in wanted.parts.items()
        if all_
    }
    return Score(same / max(found.words.total(), 1), same / max(wanted.words.total(), 1), kept)


def main() -> None:
    """Print the table."""
    from reader.feeds.full_text.extracting import extract

    print("| page | precision | recall | F1 | ms | " + " | ".join(KINDS.values()) + " |")
    print("|---|" + "---:|" * (4 + len(KINDS)))
    extract(page(WITHOUT), {"url": URL, "charset": None})  # what is imported first is not counted
    scores: list[float] = []
    for name in names():
        found, spent = timed(partial(extract, page(name), {"url": URL, "charset": None}))
        one = score(name, found["text"] or "")
        kept = [f"{one.kept[kind]:.2f}" if kind in one.kept else "" for kind in KINDS.values()]
        figures = [f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", f"{spent:.0f}"]
        if name == WITHOUT:
            figures[:3] = ["", "", found["reason"] or "a text"]
        else:
            scores.append(one.f1)
        print("| " + " | ".join([name, *figures, *kept]) + " |")
        if "-v" in sys.argv:
            show_differences(name, found["text"] or "")
    print(f"| mean | | | {sum(scores) / len(scores):.3f} | |" + " |" * len(KINDS))


def timed(act: Callable[[], dict[str, str | None]]) -> tuple[dict[str, str | None], float]:
    """Return what comes of something, and the milliseconds that it takes, the median of 7 times."""
    spent: list[float] = []
    for _ in range(7):
        start = time.perf_counter()
        found = act()
        spent.append((time.perf_counter() - start) * 1000)
    return found, median(spent)


def show_differences(name: str, markdown: str) -> None:
    """Print what is missing, and what is too much."""
    wanted, got = known(name), shown(parse_body(markdown, html=False))
    print("   missing", dict((wanted.words - got.words).most_common(12)))
    print("   too much", dict((got.words - wanted.words).most_common(12)))
    for kind in KINDS.values():
        if lost := wanted.parts[kind] - got.parts[kind]:
            print("   lost", kind, list(lost)[:5])


if __name__ == "__main__":
    main()
