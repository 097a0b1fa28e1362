import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import output
from reader.cli.output import cells, columns, complain, fit, say, say_json, say_table
from tests.terminals import on_terminal

EMOJI = "🚀🛰️🌍 emoji 👩‍🚀 and ❤️ hearts ☀️ suns 👍🏽 thumbs 🇫🇷 flags 1️⃣ keys " * 2
DEVANAGARI = "क्षत्रिय हिन्दी शीर्षक जो बहुत लंबा है और परदे से बाहर जाता है"
TITLES = [
    "A plain headline that is somewhat longer than the terminal of a telephone is wide",
    "微軟與太空探索技術公司合作，透過星鏈衛星網際網路連接雲端運算平台服務",
    "한국어 제목은 조금 더 길어서 터미널의 폭을 넘을 수 있습니다 정말로 그렇습니다",
    EMOJI,
    "e\u0301e\u0302e\u0308 combining marks " * 4,
    "ｆｕｌｌｗｉｄｔｈ ａｎｄ ﾊﾝｶｸ " * 4,
    "عنوان عربي طويل بما يكفي ليملأ عرض الشاشة كلها وأكثر من ذلك قليلا",
    DEVANAGARI,
    "",
]


def drawn(rows, widths, terminal):
    with on_terminal(terminal) as screen:
        say_table(rows, widths)
    return screen.shown()


# Tables


@pytest.mark.parametrize("terminal", [5, 10, 20, 33, 40, 60, 80, 100, 160])
@pytest.mark.parametrize("widths", [(1, 3, 0, 22, 11), (3, 12, 10, 20, 0), (0, 14, 14)])
def test_no_line_is_wider_than_the_terminal(terminal, widths):
    rows = [[title] * len(widths) for title in TITLES if title]
    assert len(drawn(rows, widths, terminal)) == len(rows)


def test_columns_stand_below_each_other_whatever_is_in_them():
    rows = [(title, "|") for title in (*TITLES, "short", "漢字", "e\u0301")]
    with on_terminal(40) as screen:
        say_table([row for row in rows if row[0] not in (EMOJI, DEVANAGARI)], (0, 1))
    assert screen.places("|") == {39}


def test_a_narrow_terminal_has_fewer_columns_and_never_less_than_the_open_one():
    widths = (1, 3, 0, 22, 11)
    assert columns(widths, 100) == {0: 1, 1: 3, 2: 55, 3: 22, 4: 11}
    assert columns(widths, 64) == {0: 1, 1: 3, 2: 32, 3: 22}
    assert columns(widths, 40) == {0: 1, 1: 3, 2: 32}
    assert columns(widths, 24) == {0: 1, 2: 21}
    assert columns(widths, 9) == {2: 9}
    assert columns((0,), 1) == {0: 1}


def test_a_terminal_that_does_not_know_its_size_is_taken_to_have_80_columns():
    with on_terminal(0) as screen:
        say_table([("x" * 200, "y")], (0, 1))
    assert screen.output.decode().splitlines() == ["x" * 76 + "…  y"]


def test_in_a_pipe_fields_are_parted_by_tabs_and_nothing_is_cut(capsys):
    say_table([(title, "b") for title in TITLES], (0, 1))
    assert capsys.readouterr().out.split("\n") == [*(f"{title}\tb" for title in TITLES), ""]


# Widths


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("漢字", 4),
        ("ｗ", 2),
        ("🚀", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("⌚\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("·•…“”", 5),
    ],
)
def test_a_text_is_measured_in_the_cells_it_takes(text, width):
    assert cells(text) == width


def test_what_is_cut_ends_in_an_ellipsis_and_keeps_its_width():
    assert fit("abcdef", 6) == "abcdef"
    assert fit("abcdef", 5) == "abcd…"
    assert fit("abc", 5) == "abc  "
    assert fit("漢字漢字", 6) == "漢字… "
    assert fit("漢字漢字", 7) == "漢字漢…"
    assert fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
    assert fit("漢", 1) == "…"


@given(st.text(max_size=30), st.integers(1, 40))
def test_a_text_that_is_fitted_has_exactly_that_width(text, width):
    assert cells(fit(text, width)) == width


# JSON


def test_json_is_one_line_of_text_that_is_not_escaped_where_one_can_see_it(capsys):
    say_json({"title": "Zoë’s 漢字 🚀", "none": None, "list": [1, True]})
    assert capsys.readouterr().out == '{"title":"Zoë’s 漢字 🚀","none":null,"list":[1,true]}\n'


def test_whatever_is_invisible_is_escaped_in_json_and_not_lost(capsys):
    hostile = (
        "\x1b]52;c;x\x07\n\r\t\x7f\x9b\x85\u2028\u2029\u202e\u200b\u00a0\ufeff\U000e0041 👩\u200d🚀"
    )
    say_json({"body": hostile})
    line = capsys.readouterr().out
    assert json.loads(line)["body"] == hostile
    assert line.removesuffix("\n").isprintable()


@given(st.text(max_size=20), st.text(st.characters(categories=["C", "Z"]), max_size=20))
def test_json_holds_every_text_in_one_printable_line(text, invisible):
    written = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", written)
        say_json({text: invisible})
    assert json.loads(written.getvalue()) == {text: invisible}
    assert written.getvalue().removesuffix("\n").isprintable()


# Standard output and standard error


def test_an_error_is_one_clean_line_on_standard_error(capsys):
    complain("there is no folder a\nb\x1b[31m")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "broadsheet: there is no folder a b[31m\n"


def test_what_an_encoding_lacks_becomes_a_question_mark(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "latin-1"))
    output.prepare()
    say("Zoë’s 漢字")
    sys.stdout.flush()
    assert written.getvalue() == "Zoë?s ??\n".encode("latin-1")


def test_json_is_utf8_whatever_the_terminal_speaks(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "ascii"))
    output.prepare(utf8=True)
    say_json({"title": "漢字", "broken": "\udc80"})
    sys.stdout.flush()
    assert json.loads(written.getvalue().decode("utf-8")) == {"title": "漢字", "broken": "\udc80"}


def test_a_closed_standard_output_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    output.prepare()
    with sys.stdout:
        say("nobody reads this")
