"""Filter texts with mistakes in them: each is understood or is the one error, in no time.

FILTER_MUTATIONS in the environment makes longer runs, and FILTER_SEED other ones.
"""

import os
import random
import time

from reader.filters import FIELDS, FLAGS, SORTS, FilterError, parse
from reader.filters.expressions import compiled
from reader.matching import matching
from tests.samples import article, store_of

MUTATIONS = int(os.environ.get("FILTER_MUTATIONS", "2000"))
SEED = int(os.environ.get("FILTER_SEED", "7"))
LONGEST = 0.05
"""Seconds of processor time that one text may take."""

SEEDS = (
    'azure "a phrase" title:word -x OR y (a b) OR c',
    'topic:"Power Apps" is:picked quality:>=80 date:7d sort:newest,-heat limit:20',
    "title:/^a.*b$/ provider:/net$/ -(q OR w) not:has:image",
    'date:3d..7d words:<500 related:zdnet.com/article author:"Ada \\"L\\"" path:_news/2020*',
    "related:>3 providers:>=4 read:7d updated:2d lang:de url:https://x.org/a?b=c",
    '((a OR b) -c) OR "d e" f(x) C++ .NET 12:30 https://e.com/x',
)
PIECES = (
    *('"', "(", ")", "-", " ", "OR", " OR ", "/", ":", "=", "*", "not:", "\\", "..", ">", "<"),
    *("\u200b", "\xa0", "é", "漢字", "\U0001f600", "\x1b", "\n", "\t", "{", "}", "[", "]", "+"),
    *("?", "|", "^", "$", "(?:", "{1000}", "{1,9999}", "(a+)+$/", "/(", ".*", "title:/", "(?i)"),
    *("title:/(a{1000}){1000}/", "/(?x)(a{1#\n0}){999}/", "(?R)", "{e<=5}", "(?=", "(?<=", "\\1"),
    *(f"{name}:" for name in FIELDS),
    *FLAGS,
    *SORTS,
)
STORE = store_of([article("a", title="a" * 60 + "!", provider="ZDNet", topics=("Power Apps",))])


def mutated(chance):
    """Return a filter with pieces put in, cut out, or doubled."""
    text = chance.choice(SEEDS)
    for _ in range(chance.randint(0, 6)):
        start, how = chance.randint(0, len(text)), chance.random()
        if how < 0.5:
            text = text[:start] + chance.choice(PIECES) + text[start:]
        elif how < 0.8:
            text = text[:start] + text[start + chance.randint(1, 6) :]
        else:
            text = text[:start] + text[chance.randint(0, start) :]
    return text


def read(text):
    """See that a text is a filter or the one error; return the filter, and the seconds it took."""
    start = time.thread_time()
    try:
        wanted = parse(text)
    except FilterError as error:
        spent = time.thread_time() - start
        assert 0 <= error.column <= len(text), text
        assert error.message.isprintable(), text
        return None, spent
    spent = time.thread_time() - start
    assert parse(str(wanted)) == wanted, text
    return wanted, spent


def test_a_text_with_mistakes_is_a_filter_or_one_error_within_50_ms():
    chance, slowest, errors = random.Random(SEED), (0.0, ""), 0
    compiled("a")  # the first expression of a process also loads what reads it
    for _ in range(MUTATIONS):
        text = mutated(chance)
        wanted, spent = read(text)
        errors += wanted is None
        slowest = max(slowest, (spent, text))
    print(f"{errors:,} of {MUTATIONS:,} are errors; the slowest: {slowest}")  # noqa: T201
    assert slowest[0] < LONGEST, slowest


def test_what_was_understood_is_answered_or_is_the_one_error():
    chance = random.Random(SEED)
    for text in {mutated(chance) for _ in range(MUTATIONS // 20)}:
        wanted, _ = read(text)
        if wanted is None:
            continue
        try:
            assert len(matching(STORE, wanted)) == 1
        except FilterError as error:
            assert 0 <= error.column <= len(text), text
