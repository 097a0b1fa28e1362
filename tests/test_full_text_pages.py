import asyncio

import pytest

from bench.full_text import CHARSETS, URL, WITHOUT, names, page, score
from reader.body.parse import parse_body
from reader.feeds.full_text.extracting import NOTHING, extract
from reader.feeds.workers import Workers

WORDS = "Nobody had expected that the ferry would leave on time, least of all the ferryman. "
PARAGRAPHS = f"<p>{WORDS * 3}</p><p>{WORDS * 2}</p>"


def text(html: str | bytes, url: str = URL, charset: str | None = None) -> str:
    body = html if isinstance(html, bytes) else html.encode()
    return extract(body, {"url": url, "charset": charset})["text"] or ""


def article(inside: str, head: str = "") -> str:
    """Return a page with enough text around something."""
    text = f"<h1>Ferry</h1><p>{WORDS * 3}</p>{inside}<p>{WORDS * 2}</p>"
    return f"<html><head><meta charset=utf-8>{head}</head><body><article>{text}</article></body>"


@pytest.mark.parametrize("name", [name for name in names() if name != WITHOUT])
def test_the_text_of_a_page_is_found_with_all_that_it_is_made_of(name):
    found = score(name, text(page(name)))
    assert found.f1 >= 0.94
    assert found.recall >= 0.98
    assert set(found.kept.values()) <= {1.0}


def test_all_pages_together_do_better_than_any_of_them_must():
    scores = [score(name, text(page(name))).f1 for name in names() if name != WITHOUT]
    assert len(scores) == 19
    assert sum(scores) / len(scores) >= 0.98


def test_a_page_of_nothing_but_a_program_gives_the_reason():
    assert extract(page(WITHOUT), {"url": URL}) == {"text": None, "reason": NOTHING}


@pytest.mark.parametrize("body", [b"", b"\0" * 50, b"<", b"<!-- -->", "\ufeff".encode(), b"%PDF-1"])
def test_what_is_no_page_gives_the_reason_too(body):
    assert extract(body, {"url": URL, "charset": None})["reason"] == NOTHING


@pytest.mark.parametrize(("name", "charset"), CHARSETS.items())
def test_the_encoding_that_the_server_names_goes_before_that_of_the_page(name, charset):
    body = page(name).decode(charset).encode("utf-16")
    assert score(name, text(body, charset="utf-16")).f1 >= 0.94


@pytest.mark.parametrize("charset", ["no-such", "ascii", "idna", "rot13", "zlib", "a\0b"])
def test_an_encoding_that_does_not_fit_is_as_good_as_none(charset):
    assert score("german", text(page("german"), charset=charset)).f1 >= 0.94


def test_links_and_pictures_are_absolute_against_the_page_and_not_its_site():
    links = '<p>See <a href="b.html">the next page</a> and <img src="../c.png" alt="a map">.</p>'
    found = text(article(links), "https://site.example/a/x/page.html")
    assert "(https://site.example/a/x/b.html)" in found
    assert "(https://site.example/a/c.png)" in found


def test_the_page_may_say_what_its_links_are_relative_to():
    found = text(
        article('<p>See <a href="b.html">b</a>.</p>', "<base href='https://o.example/p/'>")
    )
    assert "(https://o.example/p/b.html)" in found


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://[", "//u:p@h"]
)
def test_an_address_that_is_not_safe_leaves_its_text_only(url):
    found = text(article(f'<p>It <a href="{url}">leads nowhere</a>, they say.</p>'))
    assert "leads nowhere" in found
    assert "](" not in found


def test_the_title_is_not_said_again_at_the_top():
    assert text(article("")).startswith("Nobody had expected")
    later = "<title>Ferry on time</title>"
    found = text(f"{later}<body><main><p>Harbour</p><h2>Ferry on time</h2>{PARAGRAPHS}</main>")
    assert "Ferry on time" not in found


def test_code_keeps_its_blank_lines_and_quotes_are_quotes():
    found = text(
        article("<pre><code>if a:\n    b\n\n    c</code></pre><blockquote>So.</blockquote>")
    )
    assert "if a:\n    b\n\n    c\n" in found
    assert "> So." in found


def test_lists_in_lists_stay_lists_in_lists():
    inner = "<ol><li>inner one</li><li>inner two</li></ol>"
    found = text(article(f"<ul><li>outer one{inner}</li><li>outer two</li></ul>"))
    levels = [block.level for block in parse_body(found, html=False).blocks if block.kind == "item"]
    assert levels == [1, 2, 2, 1]


def test_no_control_character_and_no_trick_of_direction_comes_through():
    found = text(
        article("<p>safe \x1b]52;c;x\x07 \u202e tail \U000e0041 &#27;[2J &#x1B; &#155; end</p>")
    )
    assert "safe" in found
    assert not any((ord(one) < 32 and one != "\n") or "\x7f" <= one <= "\x9f" for one in found)
    assert {"\u202e", "\U000e0041"}.isdisjoint(found)


def test_scripts_styles_and_forms_leave_nothing():
    found = text(
        article("<script>alert(1)</script><style>p{}</style><form><input value=no></form>")
    )
    assert found.count("\n\n") == 1


@pytest.mark.parametrize("name", ["has-comments", "entry no-related", "promo-page"])
def test_a_name_that_seems_to_say_beside_does_not_cost_the_text(name):
    found = text(f"<body><div class='{name}'><h2>Top</h2>{PARAGRAPHS}</div></body>")
    assert found.count("ferryman") == 5


HOSTILE = {
    "deep": "<div>" * 20_000 + PARAGRAPHS,
    "deep lists": "<ul><li>" * 3_000 + WORDS * 5,
    "wide": "<p>" + "<b>x</b>" * 4_000,
    "attributes": "<p " + " ".join(f"a{n}=x" for n in range(4_000)) + f">{WORDS * 5}",
    "beside": f"<div class=comment>{'x' * 50}" * 3_000 + PARAGRAPHS,
    "tables": "<table><tr><td>" * 500 + PARAGRAPHS,
    "entities": "&amp;" * 200_000,
    "links": '<p><a href="http://[x">x</a>' * 2_000,
}


async def test_hostile_pages_cost_a_worker_at_most_and_the_next_page_is_read():
    async with Workers(2, cpu=1, wall=10.0) as workers:

        async def ask(body: bytes) -> object:
            return await workers.do("text", body, url=URL, charset=None)

        pages = [html.encode() for html in HOSTILE.values()]
        answers = await asyncio.gather(*map(ask, pages), return_exceptions=True)
        for answer in answers:
            assert type(answer).__name__ == "WorkError" or set(answer) == {"text", "reason"}
        found = await ask(page("news"))
    assert score("news", found["text"]).f1 >= 0.94
