import random

from reader.grouping import LEAST_LIKENESS, MAX_JOINED, Link, components, grouped
from reader.stories import MAX_LINKED

STRONG = 3 * LEAST_LIKENESS


def groups(links, rows=None, said=None, sizes=None, alike=None):
    """Return the groups of more than one row; pairs without a link are not alike."""
    known = {frozenset(link[1:]): link.likeness for link in links} | (alike or {})
    rows = sorted({row for link in links for row in link[1:]}) if rows is None else rows
    found = grouped(
        rows,
        links,
        name=lambda row: (row, 0),
        likeness=lambda one, two: known.get(frozenset((one, two)), 0),
        said=said or {},
        sizes=sizes or {},
    )
    return sorted(sorted(group.rows) for group in found if len(group.rows) > 1)


def complete(*rows, likeness=STRONG):
    return [Link(likeness, one, two) for one in rows for two in rows if one < two]


def test_what_is_alike_is_one_group():
    assert groups(complete(1, 2, 3)) == [[1, 2, 3]]


def test_a_chain_does_not_lead_from_one_story_to_another():
    bridge = Link(LEAST_LIKENESS, 3, 4)
    assert groups([*complete(1, 2, 3), *complete(4, 5, 6), bridge]) == [[1, 2, 3], [4, 5, 6]]


def test_groups_that_are_alike_in_the_mean_become_one():
    links = [Link(LEAST_LIKENESS, 1, 2), Link(LEAST_LIKENESS, 2, 3)]
    near = {frozenset((1, 3)): LEAST_LIKENESS // 2}
    assert groups(links, alike=near) == [[1, 2, 3]]
    assert len(groups(links)) == 1
    assert groups(links) == [[1, 2]]


def test_the_strongest_links_come_first_and_names_decide_between_equal_ones():
    links = [Link(STRONG, 2, 3), Link(2 * STRONG, 3, 4)]
    assert groups(links, said={2: 2, 4: 4}) == [[3, 4]]
    assert groups([Link(STRONG, 2, 3), Link(STRONG, 3, 4)], said={2: 2, 4: 4}) == [[2, 3]]


def test_stories_of_the_files_are_together_and_never_become_one():
    said = {1: 1, 2: 1, 5: 5}
    assert groups(complete(1, 2, 3, 5), said=said, sizes={1: 2}) == [[1, 2, 3]]


def test_groups_have_a_cap_and_stories_of_files_another():
    assert max(map(len, groups(complete(*range(50))))) == MAX_LINKED
    rows = range(MAX_JOINED + 20)
    found = groups(complete(*rows), said={0: 0}, sizes={0: 1})
    assert max(map(len, found)) <= MAX_JOINED
    assert groups(complete(1, 2), said={1: 1}, sizes={1: MAX_JOINED}) == []


def test_the_order_of_links_and_rows_changes_nothing():
    pick = random.Random(4)
    for _ in range(20):
        rows = list(range(25))
        links = [
            Link(pick.randint(LEAST_LIKENESS, STRONG), one, two)
            for one in rows
            for two in rows
            if one < two and pick.random() < 0.2
        ]
        said = {row: pick.choice([3, 7]) for row in pick.sample(rows, 5)}
        expected = groups(links, rows, said)
        pick.shuffle(links)
        pick.shuffle(rows)
        assert groups([Link(a, c, b) for a, b, c in links], rows, said) == expected


def test_what_hangs_together_is_found_from_any_of_it():
    near = {1: [2], 2: [1, 3], 3: [2], 4: [], 5: [6], 6: [5]}
    found = [sorted(rows) for rows in components([3, 1, 4, 5], near.__getitem__)]
    assert found == [[1, 2, 3], [4], [5, 6]]
