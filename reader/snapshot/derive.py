"""From what each file says alone to what all of them say together: stories, orders, postings."""

from array import array
from collections import Counter
from collections.abc import Sequence

from reader.model import COVERED, HEAD, HERE, HIDDEN, PROBLEM, Topic
from reader.ranking import sort_rows
from reader.snapshot.columns import (
    HAS_ADDRESS,
    HAS_FIGURES,
    LEADS,
    MAY_BE_DRAFT,
    MISSING,
    NONE,
)
from reader.snapshot.graph import Graph
from reader.snapshot.index import Index
from reader.snapshot.linking import best, differing, link_some
from reader.snapshot.points import set_points
from reader.snapshot.segments import Records
from reader.snapshot.versions import superseded
from reader.stories import find_leaders
from reader.topics import TopicTree

NO_DRAFTS = ("obsidian",)
"""Kinds of sites in which `published: false` never means a draft."""


def derive(index: Index, records: Records | None = None) -> None:
    """Make all columns and lists anew that depend on other articles; `base` and `facts` decide.

    With records what is new is linked, too, if it is little. Raises Damaged.
    """
    rows = _in_path_order(index)
    rows = _without_earlier(index, rows)
    _set_flags(index, rows)
    _set_names(index, rows)
    graph = Graph(index, rows)
    graph.store()
    _set_stories(index, rows, graph, records)
    set_points(index, rows)
    _set_orders(index, rows)
    _set_members(index)


def _in_path_order(index: Index) -> list[int]:
    """Return the rows of all files, in the order of their paths, then of their folders."""
    pairs = [
        (path, library, row)
        for path, library, row in zip(index.paths, index.file_library, index.file_row, strict=True)
        if row != NONE
    ]
    pairs.sort()
    return [row for _, _, row in pairs]


def _without_earlier(index: Index, rows: list[int]) -> list[int]:
    """Number those that share an id; leave out earlier versions, and what an earlier folder has.

    Folders merge by address, while a path says nothing about another folder.
    """
    keys, libraries = index.key, dict[int, set[int]]()
    index.ordinal = array("I", [0]) * len(index)
    groups: dict[int, list[int]] = {}
    first: dict[int, int] = {}
    for row in rows:
        name = keys[row] >> 24
        if first.setdefault(name, row) != row:
            groups.setdefault(name, [first[name]]).append(row)
    left_out, versions = set[int](), set[int]()
    later = superseded(index, {row for group in groups.values() for row in group})
    for group in groups.values():
        group.sort(key=index.library.__getitem__)
        number = 0
        for row in group:
            having = libraries.setdefault(keys[row], set())
            if index.facts[row] & HAS_ADDRESS and having - {index.library[row]}:
                left_out.add(row)
                continue
            having.add(index.library[row])
            if row in later:
                versions.add(row)
                continue
            number += 1
            index.ordinal[row] = number if number > 1 else 0
    index.tables.earlier, index.tables.versions = len(left_out), len(versions)
    index.versioned = array("I", sorted({later[row] for row in versions}))
    left_out |= versions
    return [row for row in rows if row not in left_out] if left_out else rows


def _set_flags(index: Index, rows: Sequence[int]) -> None:
    """Say what is here, and which of it are drafts: only where nothing has quality or heat."""
    flags, base, facts, library = bytearray(len(index)), index.base, index.facts, index.library
    with_figures = {library[row] for row in rows if facts[row] & HAS_FIGURES}
    with_figures |= {n for n, site in enumerate(index.tables.sites) if site[0] in NO_DRAFTS}
    for row in rows:
        flags[row] = base[row] | HERE
        if facts[row] & MAY_BE_DRAFT and library[row] not in with_figures:
            flags[row] |= HIDDEN
    index.flags = array("B", bytes(flags))


def _set_names(index: Index, rows: Sequence[int]) -> None:
    """Say which topics are in use, how often, and which providers have the most articles."""
    tables = index.tables
    sets = {index.topics[row] for row in rows}
    tables.used_topics = sorted({name for number in sets for name in tables.topic_sets[number]})
    counts = Counter(index.provider[row] for row in rows)
    counts.pop(NONE, None)
    ranked = sorted((-count, tables.providers[number]) for number, count in counts.items())
    tables.ranked_providers = [name for _, name in ranked]
    listed = [Topic(name or "", parent) for name, parent in tables.listed]
    tree, totals = TopicTree(listed, tables.used_topics), Counter[str]()
    sound = (row for row in rows if not index.flags[row] & (HIDDEN | PROBLEM))
    for number, count in Counter(index.topics[row] for row in sound).items():
        for name in tree.above(tables.topic_sets[number]):
            totals[name] += count
    tables.topic_counts = dict(totals)


def _set_stories(index: Index, rows: Sequence[int], graph: Graph, records: Records | None) -> None:
    """Find the stories that the files tell of, and those that are computed beside them."""
    facts, flags, sizes = index.facts, index.flags, index.near_size
    chances = [row for row in rows if sizes[row]]
    chances.sort(key=lambda row: (index.key[row], index.ordinal[row]))
    leaders = find_leaders(
        chances,
        graph.near,
        covered=lambda row: bool(flags[row] & COVERED),
        leads=lambda row: bool(facts[row] & LEADS),
        best=lambda group: best(index, group),
    )
    said, before = array("i", [NONE]) * len(index), index.said.tobytes()
    for row, standing in leaders.items():
        said[row] = standing
    index.said = said
    link_some(index, differing(before, said.tobytes(), said.itemsize), records)
    index.leader = array("i", map(max, said, index.joined))
    for row in rows:
        if index.leader[row] in (NONE, row):
            index.flags[row] |= HEAD


def _set_orders(index: Index, rows: Sequence[int]) -> None:
    told = Counter(index.leader[row] for row in rows)
    leader, related = index.leader, index.related
    size = [
        max(told[leader[row]] - 1, count) if leader[row] != NONE else count
        for row, count in enumerate(related)
    ]
    names = {"front": "front", "quality": "quality", "heat": "heat", "date": "moment"}
    values = {name: getattr(index, column) for name, column in names.items()} | {"size": size}
    sound = [row for row in rows if not index.flags[row] & PROBLEM]
    problems = [row for row in rows if index.flags[row] & PROBLEM]
    for name, order in sort_rows(sound, values, MISSING).items():
        setattr(index, f"by_{name}", array("I", order + problems))


def _set_members(index: Index) -> None:
    """List the members of all stories, each story's leader first, the others by quality."""
    leader = index.leader
    told = [row for row in index.by_quality if leader[row] != NONE]
    told.sort(key=lambda row: (leader[row], leader[row] != row))
    index.members = array("I", told)
    index.story_leaders, index.story_ends = array("I"), array("I")
    for end, row in enumerate(told, 1):
        if leader[row] == row:
            index.story_leaders.append(row)
            index.story_ends.append(end)
        else:
            index.story_ends[-1] = end
