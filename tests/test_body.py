import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.body.blocks import Body, Span
from reader.body.builder import MAX_BLOCKS
from reader.body.excerpt import first_paragraph
from reader.body.links import MAX_LINKS
from reader.body.parse import looks_like_html, parse_body
from reader.body.plain import plain_text
from reader.urls import safe_url

BASE = "https://base.org/news/"


def shape(body: Body) -> list[tuple[object, ...]]:
    """What each block is and says, without what is not set."""
    return [
        (block.kind, *filter(None, (block.level, block.marker)), block.text)
        for block in body.blocks
    ]


def markdown(source: str, base: str | None = None) -> Body:
    return parse_body(source, html=False, base=base)


def html(source: str, base: str | None = None) -> Body:
    return parse_body(source, html=True, base=base)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\ntwo\n\nthree", [("paragraph", "one two"), ("paragraph", "three")]),
        ("# A\n\nB\n===\n\n### C", [("heading", 1, "A"), ("heading", 1, "B"), ("heading", 3, "C")]),
        ("one  \ntwo\\\nthree", [("paragraph", "one\ntwo\nthree")]),
        ("- a\n- b", [("item", 1, "•", "a"), ("item", 1, "•", "b")]),
        ("3. a\n4. b", [("item", 1, "3.", "a"), ("item", 1, "4.", "b")]),
        (
            "- a\n  1. b\n\n     c",
            [("item", 1, "•", "a"), ("item", 2, "1.", "b"), ("item", 2, "c")],
        ),
        ("> a\n> > b", [("quote", 1, "a"), ("quote", 2, "b")]),
        ("> - a", [("item", 1, "•", "a")]),
        ("```py\n# no heading\n  *x*\n```", [("code", "# no heading\n  *x*")]),
        ("- a\n\n      code", [("item", 1, "•", "a"), ("code", 1, "code")]),
        ("a\n\n---\n\n***\n\nb", [("paragraph", "a"), ("rule", ""), ("paragraph", "b")]),
        ("|a|b|\n|-|-|\n|1|2|\n|3|", [("table", "a │ b"), ("table", "1 │ 2"), ("table", "3")]),
        ("~~gone~~ &amp; &copy;", [("paragraph", "gone & ©")]),
        ("a <script>alert(1)</script>b", [("paragraph", "a b")]),
        ("a <svg> b\n\nc", [("paragraph", "a"), ("paragraph", "c")]),
        ("<div>\n\n*a*\n\n</div>\n\nb", [("paragraph", "a"), ("paragraph", "b")]),
        ("<!-- hidden -->\n\na", [("paragraph", "a")]),
        ("", []),
        ("\r\n \r\n", []),
    ],
)
def test_markdown_becomes_blocks(source: str, expected: list[tuple[object, ...]]) -> None:
    assert shape(markdown(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>one\n two</p>three", [("paragraph", "one two"), ("paragraph", "three")]),
        (
            "<h2>a</h2><div><h3>b</h3>c",
            [("heading", 2, "a"), ("heading", 3, "b"), ("paragraph", "c")],
        ),
        ("a<br>b<br> <br>c", [("paragraph", "a\nb"), ("paragraph", "c")]),
        (
            "<ul><li>a<li><p>b</p>c</ul>",
            [("item", 1, "•", "a"), ("item", 1, "•", "b"), ("item", 1, "c")],
        ),
        (
            "<ol start=9><li>a<ol><li>b</ol><li>c</ol>d",
            [
                ("item", 1, "9.", "a"),
                ("item", 2, "1.", "b"),
                ("item", 1, "10.", "c"),
                ("paragraph", "d"),
            ],
        ),
        ("<blockquote><p>a</p></blockquote>b", [("quote", 1, "a"), ("paragraph", "b")]),
        ("<pre>\n a &lt;b&gt;\n\tc</pre>", [("code", " a <b>\n    c")]),
        (
            "<table><tr><th>a<th>b<tr><td><p>1</p><td>2</table>",
            [("table", "a │ b"), ("table", "1 │ 2")],
        ),
        ("<tr><td>1<td><p> <p>2", [("table", "1 │ 2")]),
        (
            "<table><tr><td><h1>a</h1><p>b</p><p>c</p></td><td>d</td></tr></table>",
            [("heading", 1, "a"), ("paragraph", "b"), ("paragraph", "c"), ("paragraph", "d")],
        ),
        (
            "<table><tr><td><p>b</p><p>c</p></td></tr></table>",
            [("paragraph", "b"), ("paragraph", "c")],
        ),
        (
            "a<style>p{}</style><svg><text>x</text></svg><noscript>y</noscript>b",
            [("paragraph", "ab")],
        ),
        ("3 < 4 &amp;amp; <MSFT <i>x</i>", [("paragraph", "3 < 4 &amp; <MSFT x")]),
        ("a<![if !mso]>b<![endif]><!-- <p> --><?php ?><!doctype x>c", [("paragraph", "abc")]),
        ("<p title='a > b'>x</p>", [("paragraph", "x")]),
        ("</p></ul></td></blockquote></b></a></svg>a", [("paragraph", "a")]),
        ("<img width=1 src=http://t.org/p.gif>a", [("paragraph", "a")]),
    ],
)
def test_html_becomes_blocks(source: str, expected: list[tuple[object, ...]]) -> None:
    assert shape(html(source)) == expected


@pytest.mark.parametrize(
    "source", ["a *b* **c** `d` ***e***", "a <i>b</i> <b>c</b> <code>d</code> <b><i>e</i></b>"]
)
def test_styles_are_spans_and_the_spaces_between_them_are_plain(source: str) -> None:
    spans = [Span("a "), Span("b", emphasis=True), Span(" "), Span("c", strong=True), Span(" ")]
    spans += [Span("d", code=True), Span(" "), Span("e", strong=True, emphasis=True)]
    assert list(parse_body(source, html=source.endswith(">")).blocks[0].spans) == spans


def test_code_is_one_span_that_says_so() -> None:
    assert markdown("```\na\n\n\tb\n```").blocks[0].spans == (Span("a\n\n    b", code=True),)


def test_links_are_numbered_by_address() -> None:
    source = "[a](http://x.org/) [b][r] <http://y.org/> [c](http://x.org/ 'title')\n\n[r]: /z"
    body = markdown(source, BASE)
    assert body.links == ("http://x.org/", "https://base.org/z", "http://y.org/")
    links = [(span.text, span.link) for span in body.blocks[0].spans if span.link]
    assert links == [("a", 1), ("b", 2), ("http://y.org/", 3), ("c", 1)]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "mailto:a@b.org",
        "#note",
        "relative",
        "http://[broken",
        "http://u:p@host.org/",
        "http://h.org/" + "x" * 5000,
        "ssh://-oX",
    ],
)
def test_an_address_that_is_not_safe_is_text_without_a_number(address: str) -> None:
    for body in (markdown(f"[a]({address})"), html(f'<a href="{address}">a</a>')):
        assert body == Body(body.blocks)
        assert body.blocks[0].spans == (Span("a"),)


def test_a_broken_relative_address_does_no_harm() -> None:
    assert html("<a href='//[x'>a</a><a href='http://[x'>b</a>", BASE).links == ()


@pytest.mark.parametrize(
    ("source", "text", "links"),
    [
        ("![a *b*](p.png)", "[picture: a b]", ("https://base.org/news/p.png",)),
        ("![](data:image/png;base64,AAAA)", "[picture]", ()),
        ("[![logo](/i.png)](http://x.org/)", "[picture: logo]", ("http://x.org/",)),
        ("<img src='data:x' data-src=/late.png>", "[picture]", ("https://base.org/late.png",)),
        ("<iframe src=//v.org/e title=Film>x</iframe>", "[embedded: Film]", ("https://v.org/e",)),
        ("<video><source src=/v.mp4>old browser</video>", "[video]", ("https://base.org/v.mp4",)),
        ("<audio src=javascript:x></audio>a", "a", ()),
    ],
)
def test_what_cannot_be_shown_is_offered_as_a_link(
    source: str, text: str, links: tuple[str, ...]
) -> None:
    body = markdown(source, BASE)
    assert [block.text for block in body.blocks] == [text]
    assert body.links == links


def test_plain_text_has_numbers_after_links_and_the_links_at_the_end() -> None:
    body = markdown("# T\n\n[a **b**](http://x.org/) c\n\n- d\n- e\n\n> q\n\n```\nf\n```\n\n---")
    assert plain_text(body) == (
        "T\n\na b [1] c\n\n• d\n• e\n\n> q\n\n    f\n\n───\n\n[1] http://x.org/"
    )


def test_plain_text_says_that_the_body_was_cut() -> None:
    assert plain_text(Body(cut=True)) == "The text is longer and was cut here."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</p>", True),
        ("\n<!-- x -->\n<DIV class='a'>b</DIV>\n", True),
        ("<!doctype html><p>a</p>", True),
        ("<p align=center></p>\n\n# Markdown", False),
        ("<b>a</b>", False),
        ("<pfff>", False),
        ("a <p>b</p>", False),
        ("", False),
    ],
)
def test_html_is_known_by_its_first_and_last_tag(source: str, expected: bool) -> None:
    assert looks_like_html(source) is expected


def test_a_body_that_is_html_throughout_is_read_as_html_in_any_file() -> None:
    assert shape(markdown("<div>\n\n    <p>a</p>\n\n</div>")) == [("paragraph", "a")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "# T\n\n![p](x.png)\n\n---\n\n```\ncode\n\nmore\n```\n\n- item\n\n> quote\n\n"
            "The *first*\n[one][r].",
            "The first one.",
        ),
        ("T\n=\n\n{% include x %}\n\n| a |\n|---|\n\nb\n\nc", "b"),
        ("<p></p><h1>T</h1><p><img src=x></p><p>a <b>b</b></p><p>c</p>", "a b"),
        ("<!-- x\n\ny -->\n\n<script>\n\nz\n\n</script>\n\na", "a"),
        ("a\n\n# T\n\nb\n\n<!-- more -->\n\nc", "a b"),
        ("<!--more-->\n\na\n\nb", "a"),
        ("# T\n\n- a", None),
        ("", None),
    ],
)
def test_the_first_paragraph_is_the_first_one_with_words(source: str, expected: str | None) -> None:
    assert first_paragraph(source, html=False) == expected


def test_the_first_paragraph_keeps_its_limit_and_looks_at_the_head_only() -> None:
    assert first_paragraph("word " * 100_000, html=False, limit=9) == "word word"
    assert first_paragraph("# T\n" * 5000 + "\na", html=False) is None


def blocks_and_end(body: Body) -> tuple[int, bool]:
    return len(body.blocks), body.cut


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert blocks_and_end(markdown("a\n\n" * 9000)) == (MAX_BLOCKS, True)
    assert blocks_and_end(html("<p>a</p>" * 9000)) == (MAX_BLOCKS, True)
    assert blocks_and_end(html("a" * 400_001)) == (1, True)
    assert blocks_and_end(html("a" * 400_000)) == (1, False)
    assert blocks_and_end(markdown("a\n" * 20_001)) == (1, True)


def test_more_links_than_a_list_can_hold_are_text() -> None:
    body = html("".join(f"<a href=http://x.org/{n}>a</a>" for n in range(MAX_LINKS + 9)))
    assert (len(body.links), body.cut) == (MAX_LINKS, True)


def test_deep_nesting_is_flattened() -> None:
    assert markdown("> " * 20 + "a").blocks[0].level == 12
    assert html("<ul><li>" * 5000 + "a").blocks[0].level == 12
    assert "".join(block.text for block in markdown("> " * 100 + "a").blocks).endswith("a")


@pytest.mark.parametrize(
    "opening", ["[", "*", "`", "<", "![", "> ", "- ", "[[]", "![[]()", "a_*", "<a b='", "<!--"]
)
def test_a_hundred_thousand_openings_of_anything_end_as_text(opening: str) -> None:
    source = (opening * 100_000)[:100_000]
    for body in (markdown(source + "\nend"), html(source + "\nend")):
        assert not body.links
        assert "end" in body.blocks[-1].text


@pytest.mark.parametrize(
    "tag", ["div", "ul", "blockquote", "b", "a href=x", "td", "pre", "li", "h1", "br"]
)
def test_fifty_thousand_open_tags_do_not_hide_the_end(tag: str) -> None:
    assert html(f"<{tag}>" * (399_000 // (len(tag) + 2)) + "end").blocks[-1].text == "end"


def test_many_small_traps_share_one_budget() -> None:
    body = markdown(("![" * 999 + "\n\n") * 150 + "end")
    assert body.blocks[-1].text == "end"


def test_a_table_of_too_many_cells_is_text() -> None:
    row = "|a" * 200 + "|\n"
    assert shape(markdown("|b|c|\n|-|-|\n"))[0][0] == "table"
    assert markdown((row + "|-" * 200 + "|\n" + row + "\n") * 100).blocks[0].kind == "paragraph"


def test_too_many_definitions_of_links_are_text() -> None:
    source = "".join(f"[a{n}]: http://x.org/{n}\n" for n in range(20_000)) + "\n[a1]"
    assert markdown(source).links == ()


def test_a_parser_that_fails_leaves_plain_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.body.markdown._read_block", lambda token, tags: 1 / 0)
    assert shape(markdown("# a\n\n*b*\x1b\nc")) == [("paragraph", "# a"), ("paragraph", "*b*\nc")]


HTML_PARTS = """
<p> </p> <b> </b> <a\thref=http://x.org/> </a> <li> <ul> </ul> <table> <tr> <td> </td> <th> </table>
<pre> </pre> <br> <svg> </svg> <!-- --> <iframe\tsrc=//x.org> &amp; &#27; &#x9b; <h1> <blockquote>
<img\tsrc=/a\talt='\x1b'> <video> <source\tsrc=//v.org> < > &
"""
MARKDOWN_PARTS = """
![a](b) [a](//x.y) ``` ** _ # - 1. | |-| ~~ [a]: http://é.org [a] <http://x.org> \\ \t \x00 \ud800
\x1b]52;c;x\x07 \u202e \u0301\u0301\u0301 \u200d \x9b
"""
FRAGMENTS = st.sampled_from(
    [*(HTML_PARTS + MARKDOWN_PARTS).split(" "), "\n\n", "\n> ", "\n- ", " "]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=3))).map("".join))


def characters(body: Body) -> Iterator[str]:
    for block in body.blocks:
        yield from block.text + block.marker
    for link in body.links:
        yield from link


@settings(max_examples=250)
@given(TEXTS, st.booleans())
def test_any_text_becomes_a_clean_body(source: str, is_html: bool) -> None:
    body = parse_body(source, html=is_html, base=BASE)
    hidden = {char for char in characters(body) if unicodedata.category(char) in ("Cc", "Cs")}
    assert hidden <= {"\n"}
    assert all(safe_url(link) == link for link in body.links)
    for block in body.blocks:
        assert all(span.text for span in block.spans)
        assert block.text.strip("\n") == block.text
        assert all(span.link is None or 1 <= span.link <= len(body.links) for span in block.spans)
    assert astuple(body) == astuple(parse_body(source, html=is_html, base=BASE))
    assert isinstance(plain_text(body), str)


@settings(max_examples=100)
@given(TEXTS, st.booleans())
def test_any_text_has_a_first_paragraph_or_none(source: str, is_html: bool) -> None:
    found = first_paragraph(source, html=is_html, limit=20)
    assert found is None or 0 < len(found) <= 20


def test_marks_that_pile_up_across_styles_are_few() -> None:
    body = html("a" + "<i>\u0301\u0301\u0301</i><b>\u0301\u0301\u0301</b>" * 50)
    assert body.blocks[0].text.count("\u0301") == 4


def test_importing_the_package_imports_no_parser() -> None:
    code = "import sys, reader.body; print({'markdown_it', 'html.parser'} & set(sys.modules))"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
