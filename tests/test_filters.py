import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.filters import (
    FIELDS,
    FLAGS,
    ONLY_UNREAD,
    SORTS,
    All,
    Either,
    Filter,
    FilterError,
    Not,
    Term,
    describe,
    parse,
)
from reader.filters.parsing import DEEPEST, LONGEST
from reader.filters.ranges import HIGHEST, LOWEST, number_range, times
from reader.search import Needle

# What it reads as


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        ("  Azure   space ", "Azure space"),
        ("a a -a a", "a -a"),
        ('"a \t b"', '"a b"'),
        ('"one"', '"one"'),
        ('topic:"AI"', "topic:AI"),
        ('Topic:"Power  Apps"x', 'topic:"Power Apps" x'),
        ("sort:NEWEST azure", "azure sort:newest"),
        ('-topic:"Power Apps"', '-topic:"Power Apps"'),
        ("--x", "x"),
        ("not:x not:-y", "-x y"),
        ('"a""b"-c', '"a" "b" -c'),
        ("https://a.b/c?d=e:f", "https://a.b/c?d=e:f"),
        ("-HTTP://x", "-HTTP://x"),
        ("12:30 C++:x", "12:30 C++:x"),
        ("provider:a:b", "provider:a:b"),
        ('provider:13" x', 'provider:13" x'),
        ('"topic:AI"', '"topic:AI"'),
        ("(a)", "a"),
        ("((a b))", "a b"),
        ("a OR b", "a OR b"),
        ("(a OR b) c", "a OR b c"),
        ("a b OR c", "a b OR c"),
        ("(a b) OR c", "(a b) OR c"),
        ("a OR (b OR a)", "a OR b"),
        ("-(a b)", "-(a b)"),
        ("-(a OR b) -(c)", "-(a OR b) -c"),
        ("a or b", "a or b"),
        ("f(x) (f(x))", "f(x)"),
        ('title:AZURE title:"a b"', 'title:AZURE title:"a b"'),
        ("/a b/ title:/^x$/", "/a b/ title:/^x$/"),
        ("sort:newest,-heat limit:5 limit", "limit sort:newest,-heat limit:5"),
        ("QUALITY:>=80 date:TODAY", "quality:>=80 date:today"),
        ("path:/home/x url:/a", "path:/home/x url:/a"),
        ('path:/a/ url:"/a/" author:"/a"', 'path:/a/ url:"/a/" author:"/a"'),
        ("provider:/net$/", "provider:/net$/"),
        (r'"a \"b\" c" topic:"x \\ \"y"', r'"a \"b\" c" topic:"x \\ \"y"'),
        (r'topic:"a\b"', r"topic:a\b"),
        ("related:0123456789 related:>3", "related:0123456789 related:>3"),
    ],
)
def test_a_filter_is_shown_in_one_normal_form(text, normal):
    assert str(parse(text)) == normal
    assert parse(normal) == parse(text)


def test_terms_order_and_limit_are_apart():
    assert parse('-"a b" OR c sort:heat is:Read limit:7') == Filter(
        (
            Either((Not(Term("", "a b", "phrase")), Term("", "c", "word"))),
            Term("is", "read"),
        ),
        ("heat",),
        7,
    )


def test_parentheses_hold_together_what_stands_side_by_side():
    one, two, three = (Term("", name, "word") for name in "abc")
    assert parse("(a b) OR c").terms == (Either((All((one, two)), three)),)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("provder:ZDNet", 0, "unknown field `provder`, did you mean `provider`?"),
        ("x -Topc:AI", 3, "unknown field `Topc`, did you mean `topic`?"),
        ("  is:unred", 2, "unknown `is:unred`, did you mean `is:unread`?"),
        ("has:imge", 0, "unknown `has:imge`, did you mean `has:image`?"),
        ("sort:-qality", 5, "unknown `sort:qality`, did you mean `sort:quality`?"),
        ("a -sort:heat", 3, "`sort:` is for the whole filter, not for a part of it"),
        ("(a limit:5)", 3, "`limit:` is for the whole filter, not for a part of it"),
        ("a OR sort:heat", 5, "`sort:` is for the whole filter, not for a part of it"),
        ("sort:heat a sort:newest", 12, "there is an order already, `sort:heat`"),
        ("limit:3 limit:4", 8, "there is a limit already, `limit:3`"),
        ("limit:0", 6, "`limit:` needs a number from 1 on"),
        ("sort:,", 5, "`sort:` needs an order, such as `sort:newest`"),
        ('azure "space', 6, "this quote is never closed"),
        ('-topic:"Power Apps', 7, "this quote is never closed"),
        ('"', 0, "this quote is never closed"),
        ("a & b", 2, "there is nothing to look for here"),
        ('a ""', 2, "there is nothing to look for here"),
        ("\u0301", 0, "there is nothing to look for here"),
        ("a -", 2, "`-` needs a term right after it"),
        ("a not: b", 2, "`not:` needs a term right after it"),
        ("topic: AI", 0, "`topic:` needs a value right after it, such as `topic:AI`"),
        ('IS:"  "', 0, "unknown `is:`; there are " + ", ".join(FLAGS)),
        ("topic:*", 0, "`topic:` needs a value, such as `topic:AI`"),
        ("a (b OR c", 2, "this parenthesis is never closed"),
        ("a) b", 1, "there is no parenthesis that this one closes"),
        ("x ()", 2, "there is nothing in these parentheses"),
        ("f(x", 1, "this parenthesis is never closed; in quotes it is plain text"),
        ("OR a", 0, "`OR` needs a term on both sides"),
        ("a OR", 4, "`OR` needs a term on both sides"),
        ("a OR OR b", 5, "`OR` needs a term on both sides"),
        (
            "a AND b",
            2,
            "terms side by side must all hold, so there is no `AND`; in quotes it is a word",
        ),
        (
            "NOT b",
            0,
            "`-` right before a term negates it, so there is no `NOT`; in quotes it is a word",
        ),
        ("/abc", 0, "this expression is never closed; in quotes it is plain text"),
        ("a //", 2, "there is nothing between these strokes"),
        ("/a(/", 0, "this is no regular expression: missing ) at position 2"),
        (
            "x /(a{1000}){2}/",
            2,
            "this is no regular expression: it repeats a part more than 1,000 times in all",
        ),
        ("quality:high", 8, "`quality:` needs a number such as 80, >=80 or 60..90"),
        ("quality:..", 8, "`quality:` needs a number such as 80, >=80 or 60..90"),
        ("related:>", 8, "`related:` needs a number such as 80, >=80 or 60..90"),
        (
            "date:2020-02-30",
            5,
            "`date:` needs a day such as 2020-10-20, 2020-10, today or 7d, <2020-10-20, "
            "or 2020-10-01..2020-10-20",
        ),
    ],
)
def test_what_cannot_be_understood_is_a_sentence_with_its_column(text, column, message):
    with pytest.raises(FilterError) as caught:
        parse(text)
    assert (caught.value.message, caught.value.column) == (message, column)
    assert str(caught.value) == message


def test_an_unknown_field_that_is_like_no_other_lists_them_all():
    with pytest.raises(FilterError) as caught:
        parse("xyzzy:news")
    assert "`topic:`" in caught.value.message
    assert caught.value.message.endswith("and quotes make it plain text")


@pytest.mark.parametrize(
    "text", ["a" * (LONGEST + 1), "(" * 10_000, "-" * (DEEPEST + 1) + "a", "not:" * 400 + "a"]
)
def test_there_is_an_end_to_length_and_depth(text):
    with pytest.raises(FilterError):
        parse(text)


def test_an_error_repeats_nothing_that_could_harm_the_terminal():
    with pytest.raises(FilterError) as caught:
        parse("is:\x1b[31m" + "x" * 1_000)
    assert "\x1b" not in caught.value.message
    assert len(caught.value.message) < 300


pieces = st.sampled_from(
    [
        *FIELDS,
        *FLAGS,
        *SORTS,
        *(":", '"', "-", " ", "\n", "\xa0", "\0", "\u200b", "\u0301", "http", ".", "'", "é", "云"),
        *("C#", "\ud800", "\x1f", "İ", "ß", "_", "\\", "(", ")", "[", "topic:", "is:unread", "OR"),
        *(" OR ", "/", "not:", "..", "=", "*", ">", "2020", "7d", "80", "sort:newest", "limit:3"),
    ]
)
texts = st.text(max_size=60) | st.lists(pieces, max_size=20).map("".join)


def understood(text):
    try:
        return parse(text)
    except FilterError as error:
        return error


@given(texts)
@example('-"')
@example("topic:-")
@example("a OR\xa0")
@example('author:/"x')
def test_any_text_is_a_filter_or_the_one_error(text):
    wanted = understood(text)
    if isinstance(wanted, FilterError):
        assert 0 <= wanted.column <= len(text)
        return
    assert parse(str(wanted)) == wanted
    assert str(parse(str(wanted))) == str(wanted)


words = st.sampled_from("abc").map(lambda name: Term("", name, "word"))
leaves = words | st.sampled_from([Term("is", "unread"), Term("topic", "Power Apps")])
nodes = st.recursive(
    leaves,
    lambda below: (
        st.builds(Not, below)
        | st.lists(below, min_size=2, max_size=3).map(lambda some: All(tuple(some)))
        | st.lists(below, min_size=2, max_size=3).map(lambda some: Either(tuple(some)))
    ),
    max_leaves=6,
)


def holds(node, known):
    """Return whether a node holds where some of its terms do."""
    if isinstance(node, Term):
        return str(node) in known
    if isinstance(node, Not):
        return not holds(node.node, known)
    join = all if isinstance(node, All) else any
    return join(holds(one, known) for one in node.nodes)


@given(nodes, st.sets(leaves.map(str)))
def test_a_printed_filter_means_what_it_meant(node, known):
    again = parse(str(Filter((node,))))
    assert all(holds(one, known) for one in again.terms) == holds(node, known)


# Numbers and times


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("80", 80, 80),
        ("-5", -5, -5),
        (">80", 81, HIGHEST),
        (">=80", 80, HIGHEST),
        ("<80", LOWEST, 79),
        ("<=80", LOWEST, 80),
        ("60..90", 60, 90),
        ("60..", 60, HIGHEST),
        ("..90", LOWEST, 90),
    ],
)
def test_numbers_are_compared_or_lie_in_a_range(text, low, high):
    assert number_range(text) == (low, high)


NOW = datetime(2020, 10, 28, 20, tzinfo=UTC)
TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2020-10-28T00:00:00", "2020-10-28T23:59:59"),
        ("yesterday", "2020-10-27T00:00:00", "2020-10-27T23:59:59"),
        ("2020-10-20", "2020-10-20T00:00:00", "2020-10-20T23:59:59"),
        ("2020-10", "2020-10-01T00:00:00", "2020-10-31T23:59:59"),
        ("2020", "2020-01-01T00:00:00", "2020-12-31T23:59:59"),
        ("2020-10-01..2020-10-20", "2020-10-01T00:00:00", "2020-10-20T23:59:59"),
        ("2019..2020-02", "2019-01-01T00:00:00", "2020-02-29T23:59:59"),
        ("<2020-10-20", None, "2020-10-19T23:59:59"),
        ("<=2020-10", None, "2020-10-31T23:59:59"),
        (">2020", "2021-01-01T00:00:00", None),
        (">=2020-10-20", "2020-10-20T00:00:00", None),
        ("..2020-10-20", None, "2020-10-20T23:59:59"),
        ("7d", "2020-10-21T20:00:00", None),
        ("<7d", "2020-10-21T20:00:00", None),
        (">2w", None, "2020-10-14T20:00:00"),
        ("12h", "2020-10-28T08:00:00", None),
        ("3d..7d", "2020-10-21T20:00:00", "2020-10-25T20:00:00"),
    ],
)
def test_a_time_is_of_the_days_that_it_names(text, first, last):
    found = times(text, NOW, UTC).moments
    for edge, outside, inside in ((first, -1, 0), (last, 1, 0)):
        if edge is None:
            continue
        moment = datetime.fromisoformat(edge)
        assert number(moment + timedelta(seconds=inside)) in found
        assert number(moment + timedelta(seconds=outside)) not in found
    assert (first is None) == (LOWEST in found)
    assert (last is None) == (HIGHEST in found)


def number(moment):
    return int(f"{moment:%Y%m%d%H%M%S}")


def test_days_are_those_of_ones_own_zone_and_a_day_alone_never_shifts():
    found = times("2020-10-20", NOW, TOKYO)
    assert number(datetime(2020, 10, 19, 15)) in found.moments
    assert number(datetime(2020, 10, 20, 15)) not in found.moments
    assert found.days == (20201020000000, 20201020000000)


def test_today_is_the_day_where_one_is():
    late = datetime(2020, 10, 28, 20, tzinfo=UTC)
    assert times("today", late, TOKYO).days == (20201029000000, 20201029000000)


# What else one asks of it


def test_leaving_out_one_term_keeps_the_others_and_the_order():
    wanted = parse("provider:ZDNet is:starred sort:heat")
    assert [str(wanted.without(term)) for term in wanted.terms] == [
        "is:starred sort:heat",
        "provider:ZDNet sort:heat",
    ]


def test_what_is_looked_for_is_known_without_what_is_not_wanted():
    wanted = parse('azure -(cloud) ("a b" OR title:x) topic:AI /re/')
    azure, both, title = Needle(" azure"), Needle(" a b "), Needle(" x", "title")
    assert wanted.needles == (azure, Needle(" cloud"), both, title)
    assert wanted.wanted == (azure, both, title)


def test_all_that_the_help_shows_can_be_typed():
    for term, _ in describe():
        if not term.startswith("/"):
            parse(term.replace("TERM", "word").replace("S)", ")"))


def test_suggestions_and_expressions_are_loaded_only_when_they_are_needed():
    code = "import reader.filters, sys; sys.exit(any(map(sys.modules.get, ('difflib', 'regex'))))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_term_is_set_and_taken_away():
    filter_ = parse("azure sort:newest")
    assert str(filter_.toggled(ONLY_UNREAD)) == "azure is:unread sort:newest"
    assert filter_.toggled(ONLY_UNREAD).toggled(ONLY_UNREAD) == filter_
