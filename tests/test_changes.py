"""What changed between two texts."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.changes import ADDED, GAP, REMOVED, SAME, compare

MARKS = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}", GAP: "<{}>"}


def told(before, after):
    """Return the changes as one text, with a mark around each."""
    runs = compare(before, after)
    shown = {run: "..." if run.kind == GAP else run.text.strip() for run in runs}
    return " ".join(MARKS[run.kind].format(shown[run]) for run in runs)


def words(text):
    return text.split()


def test_words_that_went_and_came_are_told():
    assert told("The tide is high", "The tide is low") == "The tide is [-high-] {+low+}"
    assert told("It rose fast", "It rose") == "It rose [-fast-]"
    assert told("", "New words") == "{+New words+}"


def test_blanks_make_no_difference():
    assert compare("One  two\nthree ", " One two\n\nthree") == ()
    assert compare("", "") == ()


def test_a_few_words_between_what_was_rewritten_belong_to_it():
    assert told("a red fox in a deep wood", "a blue whale in an old sea") == (
        "a [-red fox in a deep wood-] {+blue whale in an old sea+}"
    )


def test_far_from_a_change_what_stayed_is_left_out():
    before = [f"w{at}" for at in range(60)]
    after = [*before[:30], "new", *before[30:]]
    start, end = " ".join(before[18:30]), " ".join(before[30:42])
    assert told(" ".join(before), " ".join(after)) == f"<...> {start} {{+new+}} {end} <...>"


def test_paragraphs_stay_apart():
    runs = compare("One.\n\nTwo three.", "One.\nTwo four.")
    assert [run.text for run in runs] == ["One.\nTwo ", "three.", "four."]


def test_a_replaced_end_of_a_paragraph_stands_beside_what_replaced_it():
    runs = compare("It runs until ten.\n\nNext.", "It runs until eight.\n\nNext.")
    assert [run.text for run in runs] == ["It runs until ", "ten. ", "eight.\n\n", "Next."]


def test_what_only_came_begins_where_a_line_does_if_it_can():
    before = "Closed:\n- the quay\n- the fish market\n"
    after = "Closed:\n- the quay\n- the park\n- the fish market\n"
    assert told(before, after) == "Closed:\n- the quay {+- the park+} - the fish market"
    assert told(after, before) == "Closed:\n- the quay [-- the park-] - the fish market"


def test_chinese_is_told_by_its_characters():
    assert told("潮水很高。", "潮水很低。") == "潮水很 [-高-] {+低+} 。"


def test_where_too_much_changed_lines_are_told():
    lines = [[f"{line}-{at}" for at in range(40)] for line in range(60)]
    changed = [[*line[::-1]] if at % 2 else line for at, line in enumerate(lines)]
    runs = compare(*("\n".join(map(" ".join, one)) for one in (lines, changed)))
    assert {run.text.strip() for run in runs if run.kind == REMOVED} == {
        " ".join(line) for line in lines[1::2]
    }


@given(st.lists(st.sampled_from("abcde\n")), st.lists(st.sampled_from("abcde\n")))
def test_without_what_came_it_is_the_text_before_and_without_what_went_the_one_after(one, two):
    before, after = " ".join(one), " ".join(two)
    runs = compare(before, after)
    if words(before) == words(after):
        assert runs == ()
        return
    for text, other in ((before, ADDED), (after, REMOVED)):
        assert words("".join(f"{run.text} " for run in runs if run.kind != other)) == words(text)
    assert any(run.kind in (ADDED, REMOVED) for run in runs)


@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_no_more_changes_than_have_to(one, two):
    runs = compare(*(" ".join(f"{at}{at}" for at in some) for some in (one, two)))
    changed = sum(len(words(run.text)) for run in runs if run.kind in (ADDED, REMOVED))
    assert changed <= len(one) + len(two)
    assert changed >= abs(len(one) - len(two))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 90_000, "a " * 80_000),
        ("a b " * 50_000, "b a " * 50_000),
        ("x " * 90_000, "y " * 90_000),
        ("a\n" * 90_000, "a\nb\n" * 45_000),
        ("潮" * 200_000, "水潮" * 100_000),
        (" ".join(map(str, range(30_000))), " ".join(map(str, range(30_000, 0, -1)))),
        ("a b a b a b a " * 13_000, "b a b a b " * 20_000),
        ("a" * 3_000_000, "b" * 3_000_000),
    ],
)
def test_no_text_takes_long(before, after):
    begin = process_time()
    compare(before, after)
    assert process_time() - begin < 3  # 0.4 s on a quiet machine
