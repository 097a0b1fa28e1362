"""How well stories are computed: what files say of them is hidden, and compared with the answer.

    uv run python -m bench.stories FOLDER...

The threshold of each method is chosen on one half of the days; the figures are of the other half.
"""

import argparse
import math
import random
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from bench.judged import JUDGED
from reader.files.scan import clock, read_article
from reader.folding import parted
from reader.grouping import LEAST_LIKENESS, Link, components, grouped
from reader.likeness import ALL, WORDS, Rarity, likeness, piece_of, terms_of
from reader.model import Article
from reader.snapshot.looking import look_at
from reader.stories import find_leaders, same_piece

HOURS = 48
HASHES = 64

Labels = list[int]
Alike = dict[tuple[int, int], float]
"""How alike pairs are, the later one first."""


class Method(NamedTuple):
    """A way of finding stories: how alike pairs are, and stories from those above a threshold."""

    name: str
    alike: Callable[[Sequence[Article]], Alike]
    stories: Callable[[Sequence[Article], Alike, float], Labels]
    thresholds: Sequence[float]


# What is compared with


def read(folder: Path) -> list[Article]:
    """Return the articles of a folder with a time, in their order."""
    base, walked = look_at(folder, 0)
    found = (read_article(base.folder, path, 0, base.site, clock()) for path in walked.files)
    timed = [one for one in found if one and one.problem is None and one.published_at]
    return sorted(timed, key=lambda one: (one.published_at, one.key, one.path))


def said(articles: Sequence[Article]) -> Labels:
    """Return the stories that the files tell of."""
    places: dict[str, int] = {}
    for at, one in enumerate(articles):
        places.setdefault(one.key, at)
    near = [[places.get(item.key or "", -1) for item in one.related] for one in articles]
    leaders = find_leaders(
        [at for at, one in enumerate(articles) if one.related],
        lambda at: [other for other in dict.fromkeys(near[at]) if other != at],
        covered=lambda at: articles[at].heat == -1,
        leads=lambda at: (articles[at].heat or 0) >= 0,
        best=lambda group: max(group, key=lambda at: (articles[at].quality or 0, -at)),
    )
    return [leaders.get(at, at) for at in range(len(articles))]


def judged(articles: Sequence[Article]) -> Labels:
    """Return the events that a person saw, by the ids of the articles."""
    events = {name: number for number, event in enumerate(JUDGED) for name in event.split()}
    first: dict[int, int] = {}
    labels = list(range(len(articles)))
    for at, one in enumerate(articles):
        if one.id in events:
            labels[at] = first.setdefault(events[one.id], at)
    return labels


# Methods


def by_likeness(articles: Sequence[Article]) -> Alike:
    """Ours."""
    providers = {one.provider: at for at, one in enumerate(articles)}
    terms = [terms_of(one.title, one.excerpt or "") for one in articles]
    pieces = [
        piece_of(term, providers[one.provider]) for term, one in zip(terms, articles, strict=True)
    ]
    counts = array("I", bytes(4 * WORDS))
    for term in (term for some in terms for term in some):
        counts[term % WORDS] += 1
    rarity = Rarity(counts, len(articles))
    keys = [set(rarity.keys_of(piece)) for piece in pieces]
    return {
        pair: float(likeness(pieces[pair[0]], pieces[pair[1]], rarity))
        for pair in near_pairs(articles)
        if len(keys[pair[0]] & keys[pair[1]]) >= rarity.keys_needed
    }


def grow_any(articles: Sequence[Article], alike: Alike, least: float) -> Labels:
    """Return stories as they are grown from links, and kept from chaining."""
    links = [Link(int(like), *pair) for pair, like in alike.items()]
    return grow_from(links, len(articles), alike, least)


def grow(articles: Sequence[Article], alike: Alike, least: float) -> Labels:
    """Return the same from links between providers, and between two of one title."""
    links = [
        Link(int(like), one, two)
        for (one, two), like in alike.items()
        if articles[one].provider != articles[two].provider
        or same_piece(articles[one].title, articles[two].title)
    ]
    return grow_from(links, len(articles), alike, least)


def grow_from(links: list[Link], count: int, alike: Alike, least: float) -> Labels:
    """Return the story of each article, by the first of it."""
    links = [link for link in links if link.likeness >= least]
    near = defaultdict[int, list[int]](list)
    for _, one, two in links:
        near[one].append(two)
        near[two].append(one)
    labels = list(range(count))
    scale = LEAST_LIKENESS / least
    for rows in components(labels, near.__getitem__):
        together = set(rows)
        for group in grouped(
            rows,
            [link for link in links if link.one in together],
            name=lambda row: (row, 0),
            likeness=lambda a, b: round(alike.get((max(a, b), min(a, b)), 0) * scale),
            said={},
            sizes={},
        ):
            for row in group.rows:
                labels[row] = min(group.rows)
    return labels


def by_title(articles: Sequence[Article]) -> Alike:
    """Alike are those of one title."""
    return {
        (one, two): float(same_piece(articles[one].title, articles[two].title))
        for one, two in near_pairs(articles)
    }


def by_cosine(articles: Sequence[Article], hours: float = HOURS) -> Alike:
    """The cosine of all words, weighted by tf and idf."""
    texts = [Counter(words(one)) for one in articles]
    having = Counter(word for text in texts for word in text)
    vectors = []
    for text in texts:
        found = {w: n * math.log(len(texts) / having[w]) for w, n in text.items()}
        norm = math.sqrt(sum(value * value for value in found.values())) or 1
        vectors.append({word: value / norm for word, value in found.items()})
    return {
        (one, two): sum(
            vectors[one][word] * vectors[two][word] for word in vectors[one].keys() & vectors[two]
        )
        for one, two in near_pairs(articles, hours)
    }


def by_minhash(articles: Sequence[Article]) -> Alike:
    """The share of equal minimal hashes of pairs of neighbouring words."""
    pick = random.Random(1)
    salts = [pick.randrange(1 << 32) for _ in range(HASHES)]
    sketches = []
    for one in articles:
        text = words(one)
        pairs = {crc32(f"{a} {b}".encode()) for a, b in pairwise(text)} or {0}
        sketches.append(
            [min((pair ^ salt) * 2654435761 & 0xFFFFFFFF for pair in pairs) for salt in salts]
        )
    return {
        (one, two): sum(map(int.__eq__, sketches[one], sketches[two])) / HASHES
        for one, two in near_pairs(articles)
    }


def join(articles: Sequence[Article], alike: Alike, least: float) -> Labels:
    """Return what hangs together above a threshold."""
    near = defaultdict[int, list[int]](list)
    for (one, two), like in alike.items():
        if like >= least:
            near[one].append(two)
            near[two].append(one)
    labels = list(range(len(articles)))
    for rows in components(labels, near.__getitem__):
        for row in rows:
            labels[row] = min(rows)
    return labels


def words(one: Article) -> list[str]:
    """Return all words of title and excerpt."""
    return parted(f"{one.title} {one.excerpt or ''}").split()


def near_pairs(articles: Sequence[Article], hours: float = HOURS) -> list[tuple[int, int]]:
    """Return the pairs within the window, the later one first."""
    when = [datetime.fromisoformat(one.published_at or "").timestamp() for one in articles]
    return [
        (one, two)
        for one in range(len(articles))
        for two in range(one)
        if when[one] - when[two] <= 3600 * hours
    ]


SHARES = [part / 100 for part in range(4, 96, 2)]
METHODS = [
    Method("exact title", by_title, join, [0.5]),
    Method("MinHash", by_minhash, join, SHARES),
    Method("TF-IDF cosine", by_cosine, join, SHARES),
    Method("TF-IDF, however far apart", partial(by_cosine, hours=math.inf), join, SHARES),
    Method("ours, also of one provider", by_likeness, grow_any, list(range(40, ALL // 4, 4))),
    Method("ours", by_likeness, grow, list(range(40, ALL // 4, 4))),
]


# Figures


class Figures(NamedTuple):
    """Precision, recall and F1 of pairs, and F1 of B-cubed."""

    precision: float
    recall: float
    pairs: float
    b_cubed: float


def figures(labels: Labels, truth: Labels, rows: Sequence[int]) -> Figures:
    """Compare stories with true ones: Bagga and Baldwin, 1998, for B-cubed."""
    found, true = Counter(labels[at] for at in rows), Counter(truth[at] for at in rows)
    both = Counter((labels[at], truth[at]) for at in rows)
    hits, told, real = (sum(n * (n - 1) // 2 for n in c.values()) for c in (both, found, true))
    precision, recall = hits / told if told else 1.0, hits / real if real else 1.0
    exact = sum(n * n / found[label] for (label, _), n in both.items()) / len(rows)
    whole = sum(n * n / true[label] for (_, label), n in both.items()) / len(rows)
    return Figures(precision, recall, f1(precision, recall), f1(exact, whole))


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def halves(articles: Sequence[Article]) -> tuple[list[int], list[int]]:
    """Return the earlier and the later articles, parted between two days."""
    days = [(one.published_at or "")[:10] for one in articles]
    parting = days[len(days) // 2]
    return (
        [at for at, day in enumerate(days) if day < parting],
        [at for at, day in enumerate(days) if day >= parting],
    )


def held_back(
    method: Method, articles: Sequence[Article], truth: Labels
) -> list[tuple[float, Figures]]:
    """Return the threshold chosen on each half, with the figures on the other one."""
    alike = method.alike(articles)
    stories = {least: method.stories(articles, alike, least) for least in method.thresholds}
    found = []
    for chosen_on, rows in (halves(articles), halves(articles)[::-1]):
        best = max(
            method.thresholds, key=lambda least: figures(stories[least], truth, chosen_on).b_cubed
        )
        found.append((best, figures(stories[best], truth, rows)))
    return found


def ceiling(articles: Sequence[Article], truth: Labels) -> Labels:
    """Return the best that the window allows: true pairs within it, joined."""
    alike = {(a, b): float(truth[a] == truth[b]) for a, b in near_pairs(articles)}
    return join(articles, alike, 0.5)


def report(folder: Path) -> None:
    """Print the figures of a folder."""
    articles = read(folder)
    for name, truth in (("as the files say", said(articles)), ("as judged", judged(articles))):
        rows = range(len(articles))
        if len(set(truth)) == len(truth):
            continue
        print(f"\n{folder.name}, {name}: {len(articles)} articles, {len(set(truth))} stories")
        show("nothing is one", [(0, figures(list(rows), truth, rows))])
        show("the window's ceiling", [(0, figures(ceiling(articles, truth), truth, rows))])
        if name == "as the files say":
            show("as judged", [(0, figures(judged(articles), truth, rows))])
        for method in METHODS:
            show(method.name, held_back(method, articles, truth))
        for method in METHODS[-2:]:
            labels = method.stories(articles, method.alike(articles), LEAST_LIKENESS)
            show(f"{method.name}, all", [(LEAST_LIKENESS, figures(labels, truth, rows))])
        errors(articles, labels, truth, judged(articles))


def errors(articles: Sequence[Article], labels: Labels, truth: Labels, seen: Labels) -> None:
    """Print the pairs in which ours differs from the files, by kind; `seen` is as judged."""
    near = set(near_pairs(articles))
    kinds = Counter[str]()
    for two, one in combinations(range(len(articles)), 2):
        is_ours, is_true = labels[one] == labels[two], truth[one] == truth[two]
        is_event = seen[one] == seen[two]
        if is_true and is_ours:
            kinds["found"] += 1
        elif is_true and (one, two) not in near:
            kinds["missed: more than 48 hours apart"] += 1
        elif is_true:
            kinds["missed: one event" if is_event else "missed: a theme, not one event"] += 1
        elif is_ours:
            kinds["not in the files: one event" if is_event else "wrong: other events"] += 1
    for kind, count in sorted(kinds.items()):
        print(f"{kind:40}{count:6}")


def show(name: str, found: list[tuple[float, Figures]]) -> None:
    """Print one line, the later half first."""
    cells = [f"{least:6g}  " + " ".join(f"{one:.3f}" for one in some) for least, some in found]
    print(f"{name:28}", "   ".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.stories", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    for folder in parser.parse_args().folders:
        report(folder)


if __name__ == "__main__":
    main()
