import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.filters import FilterError, parse
from reader.filters.completing import Known, completions, finished, is_begun, mended, taken
from reader.model import Topic
from reader.text import fold
from reader.vocabulary import Vocabulary
from tests.samples import article, store_of

NAMES = {
    "topic": {"Power Apps": 9, "AI": 7, "Apps": 5, "Power BI": 3, 'The "Q"': 1},
    "provider": {"Zeitung": 4, "Ärzteblatt": 2},
    "is": {"unread": 7, "read": 2},
}


def values(field):
    """Return the values of a small vocabulary."""
    return [Known(name, fold(name), count) for name, count in NAMES.get(field, {}).items()]


def offered(text, caret=None):
    """Return what is offered at the caret, which is at the end unless it is said."""
    found = completions(text, len(text) if caret is None else caret, values)
    return [one.term for one in found.choices]


def test_fields_are_offered_where_a_term_begins():
    for text in ("", "azure ", "(", "-", "is:unread -", "not:", '"a b" '):
        assert offered(text)[:3] == ["topic:", "provider:", "is:"]
    assert offered("pro") == ["provider:", "providers:"]
    assert offered("-(PRO") == ["provider:", "providers:"]
    assert offered("azure") == []


def test_flags_are_offered_with_their_counts():
    found = completions("is:", 3, values).choices
    assert [(one.shown, one.articles) for one in found[:3]] == [
        ("unread", 7),
        ("read", 2),
        ("passed", None),
    ]
    assert found[0].meaning == "neither read nor passed with its story"
    assert offered("is:unr") == ["is:unread"]
    assert offered("has:a") == ["has:amp"]
    assert offered("is:unread") == []


def test_orders_are_offered_one_after_another():
    assert offered("sort:ne") == ["sort:newest"]
    assert offered("sort:-ne") == ["sort:-newest"]
    assert offered("sort:quality,-w") == ["sort:quality,-words"]
    assert "sort:quality,quality" not in offered("sort:quality,")


def test_names_begin_with_what_is_typed_or_have_a_word_that_does():
    assert offered("topic:app") == ["topic:Apps", 'topic:"Power Apps"']
    assert offered("topic:pow") == ['topic:"Power Apps"', 'topic:"Power BI"']
    assert offered('topic:"power b') == ['topic:"Power BI"']
    assert offered("provider:arz") == ["provider:Ärzteblatt"]
    assert offered("topic:=a")[0] == "topic:=AI"
    assert offered("topic:the") == [r'topic:"The \"Q\""']


@pytest.mark.parametrize(
    "text", ['topic:"Power Apps"', "topic:/ap", '"app', "/app", "x:app", "url:"]
)
def test_nothing_is_offered_where_nothing_is_known(text):
    assert offered(text) == []


@pytest.mark.parametrize("text", ["topic:a", 'topic:"power', "topic:=p", "topc:", "is:"])
def test_a_name_is_begun_until_somebody_has_it_and_a_field_until_it_has_a_value(text):
    assert completions(text, len(text), values).is_begun


@pytest.mark.parametrize("text", ["topic:apps", "topic:p*", "topic:x", "is:r", "po"])
def test_no_name_is_begun_where_it_is_one_or_can_be_none(text):
    assert not completions(text, len(text), values).is_begun


def test_nothing_is_offered_inside_a_term_but_before_a_blank_or_a_parenthesis():
    assert offered("topic:app", 8) == []
    assert offered("topic:app is:read", 9) == offered("topic:app")
    assert offered("(topic:app)", 10) == offered("topic:app")


def test_what_is_taken_stands_in_place_of_the_term_and_the_caret_after_it():
    found = completions("ai -topic:pow is:read", 13, values)
    text, caret = taken("ai -topic:pow is:read", 13, found, found.choices[0])
    assert text == 'ai -topic:"Power Apps" is:read'
    assert text[:caret] == 'ai -topic:"Power Apps"'


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("provder:ZDNet is:unread", "provider:ZDNet is:unread"),
        ("is:read OR is:UNRED", "is:read OR is:unread"),
        ("sort:quality,nwest", "sort:quality,newest"),
        ("xyzzyx:1", ""),
        ("is:", ""),
    ],
)
def test_the_nearest_right_word_takes_the_place_of_the_wrong_one(wrong, right):
    with pytest.raises(FilterError) as error:
        parse(wrong)
    assert mended(wrong, error.value) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("topic:Powr", 'topic:"Power Apps"'), ('-topic:"Powr"', '-topic:"Power Apps"')],
)
def test_a_name_that_is_put_right_has_its_quotes(wrong, right):
    assert mended(wrong, FilterError("", wrong.index("t"), "Powr", "Power Apps")) == right


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("topic:AI OR -is:", "topic:AI "),
        ("a -(b) is:unr", "a -(b) "),
        ('a OR not:"b c', "a "),
        ("color:", ""),
    ],
)
def test_what_is_finished_stands_before_the_term_at_the_caret(text, rest):
    assert finished(text, len(text)) == rest


BEGUN = ("topic:", '"a b', "topic:/a", "(a", "a OR", "a OR ", "-", "quality:>", "date:2020-1")


@pytest.mark.parametrize("text", BEGUN)
def test_a_term_that_is_not_finished_is_no_mistake_yet(text):
    with pytest.raises(FilterError) as error:
        parse(text)
    assert is_begun(text, len(text), error.value)


@pytest.mark.parametrize("text", ["po:x", "quality:high", "a)", "is:unred", "quality:> a", "AND"])
def test_a_mistake_that_more_letters_do_not_mend_is_one(text):
    with pytest.raises(FilterError) as error:
        parse(text)
    assert not is_begun(text, len(text), error.value)


@given(st.text(st.sampled_from('topicsrt:=-" ()/\\,é'), max_size=20), st.integers(0, 20))
def test_whatever_is_typed_what_is_taken_ends_at_the_caret(text, caret):
    caret = min(caret, len(text))
    found = completions(text, caret, values)
    assert found.start <= caret
    for choice in found.choices:
        whole, end = taken(text, caret, found, choice)
        assert whole[:end].endswith(choice.term)
        assert whole[end:] == text[caret:]


def test_values_are_counted_by_articles_and_topics_with_their_sub_topics():
    store = store_of(
        [
            article("a", topics=("AI",), provider="Post", tags=("x", "y")),
            article("b", topics=("Tides", "Sea"), provider="Post", tags=("y",)),
            article("c", topics=("AI",), provider="Wire", hidden="draft"),
        ],
        topics=[Topic("Tides", "Sea"), Topic("Sea", None), Topic("Land", None)],
    )
    known = Vocabulary(store, lambda: None)
    assert {one.name: one.articles for one in known("provider")} == {"Post": 2}
    assert [(one.name, one.articles) for one in known("tag")] == [("y", 2), ("x", 1)]
    assert {one.name: one.articles for one in known("topic")} == {
        "Sea": 1,
        "Tides": 1,
        "AI": 1,
        "Land": 0,
    }
    assert known("quality") == known("path") == []
