import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.filters import parse
from reader.rewriting import added, moved, removed, replaced
from reader.saved import MOST, Mute, Rules, RulesError, Saved, read_rules, until
from reader.text import clean_line

BY_HAND = """\
# My filters

# What I read first
[[saved]]
name = "Security, unread"
filter = "topic:Security is:unread"

[[saved]]
filter = 'title:"the cloud"'  # not the weather
name = "Clouds"

# Noise

[[muted]]
# until the election is over
filter = "provider:Wire"
until = 2020-11-01T01:00:00+01:00
"""

SECURITY = Saved("Security, unread", "topic:Security is:unread")
CLOUDS = Saved("Clouds", 'title:"the cloud"')
WIRE = Mute("provider:Wire", "2020-11-01T00:00:00Z")


def test_rules_are_read_in_the_order_of_the_file():
    assert read_rules(BY_HAND) == Rules((SECURITY, CLOUDS), (WIRE,))
    assert read_rules("") == Rules()


def test_a_rule_holds_until_its_time_is_over():
    assert WIRE.holds(datetime(2020, 10, 31, 23, 59, 59, tzinfo=UTC))
    assert not WIRE.holds(datetime(2020, 11, 1, tzinfo=UTC))
    assert Mute("provider:Wire").holds(datetime(9999, 1, 1, tzinfo=UTC))
    assert until(datetime(2020, 10, 25, tzinfo=UTC), 7) == WIRE.until


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[saved]]\nname = \n", "line 2"),
        ('[[stored]]\nname = "A"', "`[[stored]]`"),
        ('saved = "A"', "`[[saved]]`"),
        ("saved = [1]", "`[[saved]]` number 1"),
        ('[[saved]]\nname = "A"', "`[[saved]]` number 1 needs a `filter`"),
        ('[[saved]]\nname = "\\u200b"\nfilter = "a"', "needs a `name`"),
        ('[[saved]]\nname = 5\nfilter = "a"', "needs a `name`"),
        ('[[saved]]\nname = "A"\nfilter = "a"\nuntil = 1', "no `until`"),
        ('[[saved]]\nname = "A"\nfilter = "a"\n' * 2, "number 2 is there twice: `A`"),
        ('[[muted]]\nfilter = "a"\nuntil = "soon"', "`[[muted]]` number 1: `until`"),
        ('[[muted]]\nfilter = "a"\nuntil = 0001-01-01', ""),
        (f"[[muted]]\nfilter = {'a' * 5000!r}", "of 1 to 2000 characters"),
        ("".join(f"[[muted]]\nfilter = 'a{n}'\n" for n in range(MOST + 1)), f"at most {MOST}"),
        ("a = " + "[" * 5000, ""),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(text, place):
    try:
        read_rules(text)
    except RulesError as error:
        assert place in str(error)
        assert clean_line(str(error)) == str(error)
    else:
        assert not place


def test_names_and_filters_are_cleaned():
    found = read_rules('[[saved]]\nname = "A\\u001b[31m\\u202e b\\n c"\nfilter = "\\u001btopic:a"')
    assert found.saved == (Saved("A[31m b c", "topic:a"),)


def test_what_somebody_wrote_by_hand_stays_when_a_rule_is_added():
    text = added(BY_HAND, Saved('The "new"', 'title:"a \\"b\\""'))
    assert text.startswith(BY_HAND)
    assert read_rules(text).saved[-1] == Saved('The "new"', 'title:"a \\"b\\""')
    assert added("", WIRE) == (
        '[[muted]]\nfilter = "provider:Wire"\nuntil = 2020-11-01T00:00:00Z\n'
    )


def test_the_comments_right_above_a_rule_go_with_it():
    text = removed(BY_HAND, SECURITY)
    assert text == BY_HAND.replace(
        '# What I read first\n[[saved]]\nname = "Security, unread"\n'
        'filter = "topic:Security is:unread"\n\n',
        "",
    )
    assert "# Noise\n" in removed(BY_HAND, WIRE)


def test_a_rule_is_replaced_where_it_stands():
    text = replaced(BY_HAND, SECURITY, Saved("Safety", "topic:Security"))
    assert text == BY_HAND.replace('"Security, unread"', '"Safety"').replace(" is:unread", "")


def test_a_rule_moves_by_one_with_its_comments():
    text = moved(BY_HAND, CLOUDS, -1)
    assert read_rules(text).saved == (CLOUDS, SECURITY)
    assert '# What I read first\n[[saved]]\nname = "Security' in text
    assert moved(BY_HAND, CLOUDS, 1) == BY_HAND


def test_a_file_in_another_form_is_left_alone():
    text = 'saved = [{name = "A", filter = "a"}]'
    with pytest.raises(RulesError):
        removed(text, Saved("A", "a"))
    with pytest.raises(RulesError):
        added(text, Saved("B", "b"))
    with pytest.raises(RulesError):
        removed(BY_HAND, Saved("Gone", "a"))


words = st.text(min_size=1, max_size=30).map(clean_line).filter(bool)
rules = st.builds(Saved, words, words) | st.builds(
    Mute, words, st.none() | st.just("2020-11-01T00:00:00Z")
)


@given(st.lists(rules, max_size=6, unique_by=lambda rule: (type(rule), rule.name)), st.data())
def test_rules_come_back_as_they_were_written(all_rules, data):
    text = BY_HAND
    for rule in all_rules:
        if rule.name not in {SECURITY.name, CLOUDS.name, WIRE.name}:
            text = added(text, rule)
    found = read_rules(text)
    gone = data.draw(st.sampled_from([*found.saved, *found.muted]))
    left = read_rules(removed(text, gone))
    assert [*left.saved, *left.muted] == [
        one for one in [*found.saved, *found.muted] if one != gone
    ]


def test_the_file_in_the_documentation_is_one():
    text = (Path(__file__).resolve().parents[1] / "docs" / "filters.md").read_text("utf-8")
    found = read_rules(re.findall(r"```toml\n(.*?)```", text, re.DOTALL)[0])
    assert found.saved == (SECURITY,)
    assert found.muted == (Mute('title:"quarterly results"', "2020-11-01T00:00:00Z"),)
    for rule in (*found.saved, *found.muted):
        assert str(parse(rule.filter)) == rule.filter
