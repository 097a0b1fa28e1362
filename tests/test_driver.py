import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.driver import CleanStream, passed


@pytest.mark.parametrize(
    "own",
    [
        "\x1b[?1049h",
        "\x1b[?25l",
        "\x1b[?1000h",
        "\x1b[?1016$p",
        "\x1b[>25u",
        "\x1b[<u",
        "\x1b[?2026h",
        "\x1b[12;40H",
        "\x1b[1;38;2;240;135;111;48;2;22;21;19mBroadsheet\x1b[0m",
        "\x1b[4:3m",
        "\x1b[2J\x1b[J\x1b[K",
        "\x1b]22;default\x07",
        "tabs\tand\r\nlines, 日本語 👨‍👩‍👧‍👦",
    ],
)
def test_text_and_what_textual_emits_passes_as_it_is(own):
    assert passed(own) == own


@pytest.mark.parametrize(
    ("foreign", "left"),
    [
        ("a\x1b]52;c;aGVsbG8=\x07b", "ab"),
        ("a\x1b]2;a title\x1b\\b", "ab"),
        ("\x1b]2;never closed", "]2;never closed"),
        ("\x1b]22;no such shape 7\x07", ""),
        ("\x1b]8;;http://example.com\x1b\\link", "link"),
        ("\x1b[c", "[c"),
        ("\x1b[6n", "[6n"),
        ("\x1b[21t", "[21t"),
        ("\x1b[0;1q", "[0;1q"),
        ("\x1bPq#0\x1b\\", ""),
        ("\x1b_Gf=100;AAAA\x1b\\", ""),
        ("\x1bc", "c"),
        ("\x1b", ""),
        ("\x9b6n\x9d52;c;x\x9c", "6n52;c;x"),
        ("\x00\x07\x08\x0e\x7f", ""),
        ("\x1b\x1b[31m", "\x1b[31m"),
        ("\x1b[\x1b]52;c;x\x07", "["),
    ],
)
def test_any_other_escape_loses_its_power(foreign, left):
    assert passed(foreign) == left


@given(st.text(alphabet=st.sampled_from("\x1b[]0;5?2cmHn\x07\x9b\\Px"), max_size=40))
def test_what_has_passed_passes_again(text):
    assert passed(passed(text)) == passed(text)


def test_a_traceback_says_nothing_to_the_terminal(capsys):
    stream = CleanStream()
    stream.write("ValueError: \x1b]52;c;x\x07 \x1b[31mred\x1b[0m\n")
    assert capsys.readouterr().err == "ValueError:  \x1b[31mred\x1b[0m\n"
    assert not stream.isatty()
