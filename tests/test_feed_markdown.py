"""HTML as Markdown, and what our own reader makes of it again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.body.parse import parse_body
from reader.body.plain import plain_text
from reader.feeds.formats.markdown import text_to_markdown, to_markdown
from reader.text import clean_block, plain

BASE = "https://site.example/blog/"


def _markdown(html: str) -> str:
    return to_markdown(html, BASE)


def _again(markdown: str) -> str:
    """Return the text that our reader shows of a body."""
    return plain_text(parse_body(markdown, html=False))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>a <b>b</b> <i>c</i> <code>d`e</code></p>", "a **b** *c* `` d`e ``"),
        ("<h1>A</h1><h3>B</h3>text", "# A\n\n### B\n\ntext"),
        ("a<br>b<br/><br/>c<br>", "a\\\nb\n\nc"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ("<ol start=3><li>a<p>b</p></li><li>c</li></ol>", "3. a\n\n   b\n4. c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("a<hr>b", "a\n\n* * *\n\nb"),
        ("<pre><code class='language-py'>if a:\n    b\n</code></pre>", "```py\nif a:\n    b\n```"),
        ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
        ("<pre>a<br>b_c *d*</pre>", "```\na\nb_c *d*\n```"),
        ("<a href='/x?a=1&amp;b=2'>y</a>", "[y](https://site.example/x?a=1&b=2)"),
        ("a<a href='#n'>1</a> <a href='#o'>b</a>", "a\\[1\\] b"),
        ("<h2>a <a href='/b#a'>#</a></h2>", "## a"),
        (
            "<a href='/b'><h3>a</h3><p>b</p><img src='i.png'></a>c",
            "### [a](https://site.example/b)\n\nb\n\nc",
        ),
        (
            "<iframe src='//a.example/1' title='A film' allowfullscreen></iframe>",
            "[A film](https://a.example/1)",
        ),
        (
            "<a href='/b'><img src='/i.png'><p>b</p></a>",
            "[![](https://site.example/i.png)](https://site.example/b)\n\nb",
        ),
        ("<a href='/b'><pre>x</pre></a>", "```\nx\n```\n\n<https://site.example/b>"),
        ("a <img src='/emoji/1f6f6.png' alt='🛶'> b", "a 🛶 b"),
        ("<a href='javascript:x'>y</a> <a>z</a>", "y z"),
        ("<a href='http://a.example/(b)'>y</a>", "[y](<http://a.example/(b)>)"),
        ("<a href='http://a.example/b_c'>http://a.example/b_c</a>", "<http://a.example/b_c>"),
        ("Wow!<a href='/a'>b</a>", "Wow\\![b](https://site.example/a)"),
        ("<img src='p.png' alt='a ]b'>", "![a \\]b](https://site.example/blog/p.png)"),
        ("<img src='data:x' data-src='p.png'>", "![](https://site.example/blog/p.png)"),
        ("<img src='data:image/png;base64,AAAA' alt='words'>", "words"),
        ("a<img src='t.gif' width='1' height='1'>b", "ab"),
        (
            "<a href='/a'><img src='/b.png' alt='c'></a>",
            "[![c](https://site.example/b.png)](https://site.example/a)",
        ),
        ("a<script>x</script><style>y</style><form>z<input></form><svg>w</svg>b", "ab"),
        ("<iframe src='//evil.example/'></iframe>a", "a"),
        (
            "<iframe src='https://www.youtube.com/embed/abcdefghijk?rel=0'></iframe>",
            "<https://www.youtube.com/watch?v=abcdefghijk>",
        ),
        ("<video src='/v.mp4'></video>", "[Video](https://site.example/v.mp4)"),
        ("<audio><source src='/v.ogg'></audio>", "[Audio](https://site.example/v.ogg)"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td><td>3<br>4</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 | 3 4 |",
        ),
        ("<table><tr><td><h2>A</h2><p>b</p></td></tr></table>", "## A\n\nb"),
        ("<table><tr><td><table><tr><td>a</td></tr></table></td><td>b</td></tr></table>", "a\n\nb"),
        ("<figure><img src='/a.png'><figcaption>b</figcaption></figure>", None),
        ("<details><summary>a</summary>b</details>", "a\n\nb"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        (
            "5 * 3 _a_ snake_case [x] `y` ~~z~~",
            "5 \\* 3 \\_a\\_ snake_case \\[x\\] \\`y\\` \\~~z\\~~",
        ),
        ("<p>---</p><p># a</p><p>1. b</p><p>+ c</p><p>&gt; d</p>", None),
        ("&lt;b&gt; &amp;amp; &amp;", "\\<b> \\&amp; &"),
        ("Only a word", "Only a word"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str | None):
    if markdown is not None:
        assert _markdown(html) == markdown
    assert clean_block(_markdown(html)) == _markdown(html)


def test_our_reader_shows_what_was_meant():
    html = """<h2>Head</h2><p>A <a href="/l">link</a>, <em>loud</em>.</p>
    <ul><li>one</li><li>two<ol><li>in</li></ol></li></ul><blockquote>quoted</blockquote>
    <pre><code>if x &lt; 1:
        --- y</code></pre><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>
    <hr><p>end</p>"""
    body = parse_body(_markdown(html), html=False)
    assert [block.kind for block in body.blocks] == [
        "heading",
        "paragraph",
        *["item"] * 3,
        "quote",
        "code",
        *["table"] * 2,
        "rule",
        "paragraph",
    ]
    assert body.links == ("https://site.example/l",)
    text = plain_text(body)
    for words in ("Head", "A link [1], loud.", "if x < 1:", "    --- y", "quoted", "end"):
        assert words in text


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---",
        "# no heading",
        "- no item",
        "1. no item",
        "10) no item",
        "> no quote",
        "=====",
        "a * b * c, _d_ and __e__, f_g_h",
        '[no](/link "x")',
        "![no](/picture)",
        "<b>no tag</b> <!-- no comment --> <x@y.example>",
        "&amp; &#38; &nope",
        "`no code` ```",
        "~~no~~ ~~~",
        "{{ site.x }} {% include x %}",
        "back\\slash \\* \\",
        "| a | b |",
        "[^1]: note",
    ],
)
def test_plain_text_stays_what_it_is(text: str):
    assert _again(text_to_markdown(text)) == text
    assert _again(text_to_markdown(text, lines=False)).split() == text.split()
    html = text.replace("&", "&amp;").replace("<", "&lt;")
    assert _again(_markdown(html)).split() == text.split()
    assert _again(_markdown(f"<p>{html}</p>")).split() == text.split()
    assert _again(_markdown(f"<p>Before<br>{html}</p>")).split() == ["Before", *text.split()]


def test_addresses_in_plain_text_are_links():
    assert text_to_markdown("See https://a.example/b_c_d.") == "See <https://a.example/b_c_d>."
    assert text_to_markdown("(http://a.example/)") == "(<http://a.example/>)"
    assert text_to_markdown("https://user:pw@a.example/") == "https://user:pw@a.example/"


def test_lines_of_plain_text_stay_apart():
    assert text_to_markdown("a\nb\n\nc") == "a\\\nb\n\nc"
    assert _again(text_to_markdown("a\nb\n\nc")) == "a\nb\n\nc"


@given(st.text(alphabet="ab *_[]()<>&;#-+.1!`~|\\{}%=:/\n\"'", max_size=60))
def test_no_plain_text_is_taken_for_markdown(text: str):
    shown = _again(text_to_markdown(text))
    assert "".join(shown.split()) == "".join(clean_block(text).split())


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "words",
        "<b>" * 5_000 + "words",
        "<ul><li>" * 3_000 + "words",
        "<table><tr><td>" * 1_000 + "words",
        "<blockquote>" * 3_000 + "words",
        "<a " * 50_000,
        "<!--" * 50_000,
        "&#0;<p>\x00\x1b[2J\ud800</p>",
        "<p>" + "&" * 50_000,
        "<ol>" + "<li>a" * 3_000,
        "<table>" + "<tr><td>a<td>b" * 1_000,
        "<p>a" * 3_000,
    ],
    ids=range(12),
)
def test_hostile_html_takes_little_time(html: str):
    start = time.process_time()
    markdown = _markdown(html)
    assert time.process_time() - start < 5
    assert "\x1b" not in markdown
    assert ("words" in markdown) == ("words" in html)


@given(st.text(max_size=300))
def test_markdown_of_anything_is_clean(text: str):
    assert clean_block(_markdown(f"<p>{text}")) == _markdown(f"<p>{text}")
    assert plain(text) is not None
