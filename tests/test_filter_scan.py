"""Filters against a plain scan that asks each article by itself.

FILTER_SCANS in the environment is how many filters are tried; there are 4,000 otherwise.
"""

import os
import random
from datetime import UTC, datetime

import pytest

from reader.filters import All, Either, Filter, Not, Term, parse
from reader.filters.fields import FIELDS
from reader.folding import parted
from reader.matching import Asked, matching
from reader.model import PASSED, READ, STARRED, Image, Status, Topic, Urls, bits_of
from reader.text import fold
from tests.samples import article, store_of

SCANS = int(os.environ.get("FILTER_SCANS", "4000"))
LIBRARIES = 20
NOW = datetime(2020, 10, 28, 20, tzinfo=UTC)
LISTED = [Topic("Cloud"), Topic("Azure", "Cloud"), Topic("Sea"), Topic("Deep sea", "Sea")]
WORDS = ["azure", "Azúre", "sky", "C++", "sea", "云天", "blue", "Ökonomie", "sky's", "1.5"]
DAYS = ["2020-10-20", "2020-10-20T00:00:00Z", "2020-10-21T13:00:00Z", "2020-10-28T12:00:00Z"]
NUMBERS = [None, -1, 0, 7, 60, 80, 90]


def library(chance):
    """Return articles of few words, so that filters find some of them."""
    names = [f"a{at}" for at in range(chance.randrange(1, 14))]
    statuses = {
        f"example.com/{name}": Status(
            read=chance.random() < 0.3,
            passed=chance.random() < 0.2,
            starred=chance.random() < 0.3,
            dismissed=chance.random() < 0.1,
        )
        for name in names
    }
    articles = []
    for name in names:
        address = f"https://example.com/{name}"
        amp = f"{address}/amp" if chance.random() < 0.3 else None
        articles.append(
            article(
                name,
                *chance.sample(names, min(chance.randrange(4), len(names))),
                title=" ".join(chance.choices(WORDS, k=chance.randrange(1, 5))),
                excerpt=" ".join(chance.choices(WORDS, k=chance.randrange(6))) or None,
                provider=chance.choice([None, "Wire", "The Pöst"]),
                domain=chance.choice([None, "wire.example", "post"]),
                topics=tuple(chance.sample(["Azure", "Cloud", "Deep sea", "Other"], 2)),
                authors=tuple(chance.sample(["Ada L", "Bob"], chance.randrange(3))),
                tags=tuple(chance.sample(["emea", "x y"], chance.randrange(3))),
                type=chance.choice([None, "article", "video"]),
                lang=chance.choice([None, "de"]),
                quality=chance.choice(NUMBERS),
                heat=chance.choice(NUMBERS),
                picked=chance.choice([None, True, False]),
                published_at=chance.choice([None, *DAYS]),
                updated_at=chance.choice([None, *DAYS]),
                images=(Image(f"{address}.png"),) if chance.random() < 0.4 else (),
                urls=Urls(original=address, amp=amp),
                hidden=chance.choice([None] * 9 + ["withdrawn"]),
                problem=chance.choice([None] * 12 + ["broken"]),
            )
        )
    return articles, statuses


def some_filter(chance, depth=0):
    """Return the text of a filter."""
    if depth < 3 and chance.random() < 0.4:
        parts = [some_filter(chance, depth + 1) for _ in range(chance.randrange(1, 4))]
        return f"{chance.choice(['', '', '-'])}({chance.choice([' ', ' OR ']).join(parts)})"
    word = chance.choice(WORDS)
    number = f"{chance.choice(['', '<', '>', '<=', '>='])}{chance.choice(NUMBERS[1:])}"
    day = chance.choice(["2020-10-20", "2020-10", ">2020-10-20", "<=2020-10-21", "7d", "today"])
    return chance.choice(["", "", "-"]) + chance.choice(
        [
            word,
            f'"{word} {chance.choice(WORDS)}"',
            f"title:{word}",
            f"excerpt:{word[:2]}",
            f"topic:{chance.choice(['cloud', 'AZURE', '=Cloud', 'sea', 'd*', '/e/'])}",
            f"provider:{chance.choice(['wire', 'post', 'the*', '/o/', '/^.{4}$/'])}",
            f"domain:{chance.choice(['post', 'wire*'])}",
            f"author:{chance.choice(['Bob', 'ada*', '/./'])}",
            f"tag:{chance.choice(['EMEA', '/ /'])}",
            f"type:{chance.choice(['video', 'article'])}",
            "lang:de",
            f"url:{chance.choice(['a1', 'https://www.example.com/a2', '/a[13]$/'])}",
            f"is:{chance.choice(['unread', 'read', 'passed', 'starred', 'dismissed', 'picked'])}",
            f"is:{chance.choice(['covered', 'video', 'hidden', 'problem'])}",
            f"has:{chance.choice(['image', 'amp'])}",
            f"{chance.choice(['quality', 'heat', 'words'])}:{number}",
            f"{chance.choice(['date', 'updated'])}:{day}",
            f"/{chance.choice(['sky', '^azure', 'a.*e$', 'c[+]'])}/",
        ]
    )


def wants(node, one, marks):
    """Return whether a node wants an article, told from the article alone."""
    match node:
        case Not(inner):
            return not wants(inner, one, marks)
        case All(nodes):
            return all(wants(inner, one, marks) for inner in nodes)
        case Either(nodes):
            return any(wants(inner, one, marks) for inner in nodes)
    return TESTS[FIELDS[node.field].takes if node.field else "text"](node, one, marks)


def has_text(term, one, _):
    import regex

    if term.kind == "regex":
        return regex.search(term.value, one.title, regex.I) is not None
    fields = {"title": one.title, "excerpt": one.excerpt, "provider": one.provider}
    if one.problem:
        fields = {"title": one.title, "excerpt": one.path}
    texts = [fields.get(term.field)] if term.field else list(fields.values())
    if not term.field and not one.problem:
        texts += one.topics
    wanted = f" {parted(term.value)}" + " " * (term.kind == "phrase")
    return any(wanted in f" {parted(text)} " for text in texts if text)


def has_name(term, one, _):
    import regex

    if term.field == "url":
        names = [one.key] if one.key != one.path else []
    elif term.field == "provider":
        names = [one.provider, one.domain]
    else:
        found = getattr(one, {"author": "authors", "tag": "tags", "topic": "topics"}.get(
            term.field, term.field
        ))  # fmt: skip
        names = list(found) if isinstance(found, tuple) else [found]
    names = [name for name in names if name]
    if term.kind == "regex":
        return any(regex.search(term.value, name, regex.I) for name in names)
    value = fold(term.value.removeprefix("="))
    if term.field == "url":
        value = value.removeprefix("https://").removeprefix("www.")
        return any(value in name for name in names)
    if value.endswith("*"):
        return any(fold(name).startswith(value[:-1]) for name in names)
    if term.field == "topic" and not term.value.startswith("="):
        parents = {topic.name: topic.parent for topic in LISTED}
        names += [parents.get(name) for name in names if parents.get(name)]
    return any(fold(name) == value for name in names)


def has_flag(term, one, marks):
    if one.problem:
        return term.value == "problem"
    return {
        "unread": not marks & (READ | PASSED),
        "read": bool(marks & READ),
        "passed": bool(marks & PASSED),
        "starred": bool(marks & STARRED),
        "dismissed": bool(marks & 8),
        "picked": bool(one.picked),
        "covered": one.heat == -1,
        "video": one.type == "video",
        "hidden": bool(one.hidden),
        "problem": False,
        "image": bool(one.images),
        "amp": bool(one.urls.amp),
    }[term.value]


def has_number(term, one, _):
    sign = term.value.rstrip("0123456789").rstrip("-")
    bound = int(term.value.removeprefix(sign))
    text = " ".join([one.title, one.excerpt or ""])
    value = len(parted(text).split()) if term.field == "words" else getattr(one, term.field)
    if value is None or one.problem:
        return False
    compared = {"<": value < bound, ">": value > bound, "": value == bound}
    return compared.get(sign, (value < bound if sign == "<=" else value > bound) or value == bound)


def has_time(term, one, _):
    when = one.published_at if term.field == "date" else one.updated_at
    if when is None:
        return False
    day = when[:10]
    return {
        "2020-10-20": day == "2020-10-20",
        "2020-10": day[:7] == "2020-10",
        ">2020-10-20": day > "2020-10-20",
        "<=2020-10-21": day <= "2020-10-21",
        "today": day == "2020-10-28",
        "7d": when >= "2020-10-21T20:00:00Z" if "T" in when else day >= "2020-10-21",
    }[term.value]


TESTS = {
    "text": has_text, "name": has_name, "flag": has_flag, "number": has_number, "time": has_time,
}  # fmt: skip


@pytest.mark.parametrize("seed", range(LIBRARIES))
def test_a_filter_finds_what_asking_each_article_finds(seed):
    chance = random.Random(seed)
    articles, statuses = library(chance)
    store = store_of(articles, statuses, LISTED)
    rows = [store.article(row) for row in range(len(articles))]
    for _ in range(SCANS // LIBRARIES):
        text = some_filter(chance)
        wanted = parse(text)
        mask = matching(store, wanted, Asked(NOW, UTC))
        plain = [
            all(wants(node, one, store.marks[row]) for node in wanted.terms)
            for row, one in enumerate(rows)
        ]
        assert list(map(bool, mask)) == plain, text
        assert matching(store, parse(str(wanted)), Asked(NOW, UTC)) == mask
        opposite = matching(store, Filter((Not(All(wanted.terms)),)), Asked(NOW, UTC))
        assert [not one for one in plain] == list(map(bool, opposite)), text


def test_every_field_that_tells_of_one_article_is_tried():
    chance = random.Random(0)
    tried = {term.field for _ in range(2000) for term in parse(some_filter(chance)).leaves}
    alone = set(FIELDS) - {"sort", "limit", "story", "related", "providers", "read", "path", "feed"}
    assert alone - {"body"} <= tried
    assert isinstance(parse("a").terms[0], Term)
    assert bits_of(Status(read=True)) == READ
