import random
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from reader.filters import FLAGS, Filter, FilterError, Not, parse
from reader.filters.expressions import TooSlow, found_in
from reader.matching import Asked, is_slow, matching, unheard_of
from reader.model import Image, Status, Topic, Urls
from reader.search import needle_of
from tests.samples import article, names, store_of

ARTICLES = (
    article(
        "a",
        title="Azure sky",
        excerpt="A café in the clouds, said Zoë.",
        provider="Wire",
        domain="wire.example",
        topics=("Azure",),
        picked=True,
        quality=80,
        heat=100,
        published_at="2020-10-20T13:13:00Z",
        updated_at="2020-10-25T08:00:00Z",
        authors=("Ada Lovelace",),
        tags=("emea",),
        lang="en",
        feed="wire.example/feed",
        images=(Image("https://wire.example/a.png"),),
        path="_news/2020-10-20-a.md",
    ),
    article(
        "b",
        title="Blue sky",
        provider="Post",
        domain="wire",
        topics=("Cloud",),
        heat=-1,
        quality=60,
        published_at="2020-10-21",
        urls=Urls(original="https://example.com/b", amp="https://example.com/b/amp"),
    ),
    article("c", "a", title="Clear sea", topics=("Sea",), type="video", provider="wire"),
    article("d", title="Hidden sky", hidden="withdrawn", provider="Wire"),
    article("e", url=None, path="e.md", title="sky.md", problem="line 1: no end"),
)
STATUSES = {
    "example.com/a": Status(read=True, starred=True),
    "example.com/b": Status(dismissed=True),
    "example.com/c": Status(passed=True),
    "e.md": Status(read=True, starred=True),
}
LISTED = [Topic("Cloud"), Topic("Azure", "Cloud")]
NOW = datetime(2020, 10, 28, 20, tzinfo=UTC)
SHORT = {"_news/2020-10-20-a": "a"}


def asked_of(store):
    paths = [store.article(row).path for row in range(len(store.flags))]
    read_at = dict.fromkeys(store.index.key[:1], 20201027120000)
    muted = bytes([False, False, True, False, False])[: len(paths)]
    return Asked(NOW, UTC, lambda: read_at, lambda: paths, lambda: muted)


def found(text, articles=ARTICLES):
    store = store_of(articles, STATUSES, LISTED)
    mask = matching(store, parse(text), asked_of(store))
    shown = names(store, [at for at, holds in enumerate(mask) if holds])
    return " ".join(SHORT.get(name, name) for name in shown.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a b c d e"),
        ("sky", "a b d e"),
        ("-sky", "c"),
        ("sky -azure", "b d e"),
        ('"clear sea"', "c"),
        ("sea OR blue", "b c"),
        ("sky (azure OR blue)", "a b"),
        ("sky azure OR blue", "a b"),
        ("(sky azure) OR sea", "a c"),
        ("-(azure OR sea)", "b d e"),
        ("not:sky", "c"),
        ("cafe zoe", "a"),
        ("title:azure", "a"),
        ("title:cafe", ""),
        ("excerpt:cafe", "a"),
        ("excerpt:azure", ""),
        ('title:"blue sky" OR excerpt:clouds', "a b"),
        ("title:/^.{4}e?\\s/", "a b"),
        ("/s(ky|ea)$/", "a b c d"),
        ("title:/^azure/", "a"),
        ("topic:cloud", "a b"),
        ("topic:=cloud", "b"),
        ("topic:cl*", "b"),
        ("-topic:cloud", "c d e"),
        ("topic:nowhere", ""),
        ("provider:wire", "a b c d"),
        ("provider:wi*", "a b c d"),
        ("provider:/^w.*e$/", "a b c d"),
        ("provider:WIRE is:picked", "a"),
        ("domain:wire.example", "a"),
        ('author:"ada lovelace"', "a"),
        ("author:ada*", "a"),
        ("author:/lace$/", "a"),
        ("tag:EMEA", "a"),
        ("type:video", "c"),
        ("lang:en", "a"),
        ("feed:wire.example/feed", "a"),
        ("path:_news", "a"),
        ("path:/2020-\\d\\d/", "a"),
        ("url:https://www.example.com/b", "b"),
        ("url:example.com", "a b c d"),
        ("url:/com.b$/", "b"),
        ("is:read", "a"),
        ("is:unread", "b d"),
        ("-is:unread", "a c e"),
        ("is:passed", "c"),
        ("is:starred sky", "a"),
        ("is:dismissed", "b"),
        ("is:covered", "b"),
        ("is:video", "c"),
        ("is:hidden", "d"),
        ("is:problem", "e"),
        ("is:muted", "c"),
        ("is:lone", "a b c d"),
        ("is:leader", ""),
        ("has:image", "a"),
        ("has:amp", "b"),
        ("has:related", "c"),
        ("has:body", ""),
        ("quality:80", "a"),
        ("quality:>=60", "a b"),
        ("quality:<80", "b"),
        ("quality:60..79", "b"),
        ("heat:-1", "b"),
        ("heat:>0", "a"),
        ("related:>0", "c"),
        ("related:0 sky", "a b d"),
        ("words:<4", "b c d"),
        ("providers:1 title:sky", "a b d"),
        ("date:2020-10", "a b"),
        ("date:2020-10-20", "a"),
        ("date:2020-10-21", "b"),
        ("date:8d", "b"),
        ("date:9d", "a b"),
        ("date:>7d", "a b"),
        ("date:7d..9d", "a b"),
        ("updated:2020-10-25", "a"),
        ("read:2d", "a"),
        ("read:today", ""),
        ("read:yesterday", "a"),
        ("related:example.com/c", "a"),
        ("story:example.com/a", "a"),
        ("sky sort:newest", "a b d e"),
        ("nothing", ""),
        ("-nothing", "a b c d e"),
    ],
)
def test_a_filter_is_asked_of_all_articles_at_once(text, expected):
    assert found(text) == expected


def story(*providers):
    parts = [f"s{at}" for at in range(len(providers))]
    return [
        article(one, *(two for two in parts if two != one), heat=-1 if at else 9, provider=name)
        for at, (one, name) in enumerate(zip(parts, providers, strict=True))
    ]


def test_stories_are_found_by_their_size_and_by_any_of_their_articles():
    articles = [*story("A", "B", "C", "D"), article("lone")]
    assert found("providers:>=4", articles) == "s0 s1 s2 s3"
    assert found("providers:>4", articles) == ""
    assert found("is:leader", articles) == "s0"
    assert found("is:lone", articles) == "lone"
    assert found("story:example.com/s2", articles) == "s0 s1 s2 s3"
    assert found("related:example.com/s2", articles) == "s0 s1 s3"


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("sky topic:Clod", "no topic is called `Clod`, did you mean `Cloud`?", 4),
        ("-provider:Wier", "no provider is called `Wier`, did you mean `Wire`?", 1),
        ("author:'Ada", None, 0),
        ("story:example.org/x", "no article has the address or id `example.org/x`", 0),
    ],
)
def test_a_name_that_is_nearly_right_is_a_mistake(text, message, column):
    if message is None:
        assert found(text) == ""
        return
    with pytest.raises(FilterError) as caught:
        found(text)
    assert (caught.value.message, caught.value.column) == (message, column)


def test_days_are_those_of_ones_own_zone():
    articles = [
        article("late", published_at="2020-10-20T20:00:00Z"),
        article("day", published_at="2020-10-20"),
        article("midnight", published_at="2020-10-20T00:00:00Z"),
    ]
    store = store_of(articles)
    tokyo = Asked(NOW, timezone(timedelta(hours=9)))
    assert matching(store, parse("date:2020-10-20"), tokyo) == b"\0\1\1"
    assert matching(store, parse("date:2020-10-21"), tokyo) == b"\1\0\0"


def test_what_is_no_longer_here_matches_nothing():
    twice = [ARTICLES[0], article("a", library=1, title="Azure sky")]
    assert found("sky", twice) == found("-sea", twice) == "a"


def test_nothing_is_found_in_nothing():
    assert found("sky -topic:sea is:read quality:>3 /x/ date:7d", ()) == ""


def test_what_marks_do_not_change_is_made_once():
    store = store_of(ARTICLES, STATUSES, LISTED)
    matching(store, parse("provider:wire sky /sky/ quality:>3"))
    assert store.has_searched(needle_of("word", "sky"))
    for text in ("provider:wire", "/sky/", "quality:>3"):
        assert store.has_kept(text)


def test_marks_are_asked_as_they_are_now():
    store = store_of(ARTICLES)
    assert matching(store, parse("is:read")) == bytes(5)
    store.set_marks([{store.index.key[1]: 1}])
    assert matching(store, parse("is:read")) == b"\0\1\0\0\0"


def test_few_articles_are_looked_through_at_once_but_not_by_an_expression():
    store = store_of(ARTICLES)
    assert not is_slow(parse("path:x").terms[0], store)
    assert is_slow(parse("/x/").terms[0], store)
    matching(store, parse("/x/"))
    assert not is_slow(parse("/x/").terms[0], store)


# Expressions


def test_an_expression_is_asked_of_each_text_alone():
    texts = ["one two", "three", "", "two\u2028one", "four two"]
    assert found_in("two$", texts) == b"\1\0\0\0\1"
    assert found_in("one.*two", texts) == b"\1\0\0\0\0"
    assert found_in(r"two\s+three", texts) == bytes(5)
    assert found_in("^$", texts) == b"\0\0\1\0\0"
    assert found_in(r"\Athree", texts) == b"\0\1\0\0\0"
    assert found_in("[^a]*", texts) == b"\1" * 5


@pytest.mark.parametrize("seed", range(10))
def test_looking_through_all_texts_at_once_finds_what_each_alone_has(seed):
    import regex

    chance = random.Random(seed)
    parts = ["a", "b", ".", "*", "+", "?", "^", "$", "(a|b)", "[^a]", r"\s", r"\b", "ab", "(?:b)"]
    for _ in range(60):
        expression = "".join(chance.choice(parts) for _ in range(chance.randrange(1, 5)))
        texts = [
            "".join(chance.choice("ab ") for _ in range(chance.randrange(5))) for _ in "1234567"
        ]
        try:
            alone = [regex.search(expression, text, regex.I | regex.M) for text in texts]
        except regex.error:
            continue
        assert found_in(expression, texts) == bytes([one is not None for one in alone]), expression


def test_an_expression_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr("reader.filters.expressions.PATIENCE", 0.01)
    texts = ["a" * 5000 + "!"] * 3
    with pytest.raises(TooSlow):
        found_in(r"(a|aa|a?)+(a|b)+\d$", texts)


def test_all_names_together_have_one_time_limit():
    store = store_of(article(str(n), provider=f"{'a' * 19}{n}") for n in range(300))
    start = time.monotonic()
    with pytest.raises(FilterError, match="takes too long"):
        matching(store, parse("provider:/(a|a)+b/"))
    assert time.monotonic() - start < 5


# All of it together


@pytest.mark.parametrize("seed", range(20))
def test_terms_narrow_one_after_the_other(seed):
    terms = [
        *(f"is:{flag}" for flag in FLAGS),
        *("sky", '"azure sky"', "topic:cloud", "provider:post", "sea", "quality:>60", "date:9d"),
    ]
    chance = random.Random(seed)
    chosen = [chance.choice(["", "-"]) + term for term in chance.sample(terms, 3)]
    alone = [set(found(term).split()) for term in chosen]
    assert set(found(" ".join(chosen)).split()) == set.intersection(*alone)
    assert set(found(" OR ".join(chosen)).split()) == set.union(*alone)


def test_a_node_and_its_opposite_part_all_articles():
    store = store_of(ARTICLES, STATUSES, LISTED)
    for text in ("sky", "is:read OR sea", "(sky -blue) OR topic:sea", "date:2020", "/s/"):
        (node,) = parse(text).terms
        one, two = (matching(store, Filter((side,))) for side in (node, Not(node)))
        assert bytes(map(int.__xor__, one, two)) == store.here


def test_a_name_that_nobody_has_is_told_where_nothing_matches():
    store = store_of(ARTICLES, STATUSES, LISTED)
    assert str(unheard_of(store, parse("sky topic:Gardening author:Ada*"))) == "topic:Gardening"
    assert unheard_of(store, parse("sky topic:Sea path:nowhere")) is None
