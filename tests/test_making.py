from hypothesis import given
from hypothesis import strategies as st

from reader.model import HERE
from reader.snapshot.columns import KEPT, MISSING, NONE, SHOWN
from reader.snapshot.index import Index
from reader.snapshot.making import Making
from reader.snapshot.packing import PARTS, pack
from reader.snapshot.rows import row_of
from reader.snapshot.segments import MemoryRecords
from reader.urls import key_number
from tests.samples import article, copy

ONE = article(
    *("one", "two", copy("", key=None, title="Bare")),
    provider="Wire",
    domain="wire.org",
    topics=("Sky", "Sea"),
    quality=-3,
    published_at="2020-10-20",
)
TWO = article("two", provider="Post", domain="wire.org", heat=0, topics=("Sky", "Sea"))
BARE = article("bare", url=None)


def made(*batches, names=()):
    """Return an index of articles that came in batches, with the segment that they are in."""
    index, records = Index(), b""
    making = Making(index)
    for at, batch in enumerate(batches):
        packed, data = pack([row_of(one, f" {one.path} ") for one in batch])
        making.add(packed, names[at] if names else "segment", len(records))
        records += data
    return index, records


def columns(index):
    """Return what the index has of each row that does not depend on others."""
    return {name: list(getattr(index, name)) for name in SHOWN | KEPT}


# Adding


def test_a_row_has_the_numbers_of_its_article():
    index, _ = made([ONE, TWO, BARE])
    assert list(index.key) == list(
        map(key_number, ("example.com/one", "example.com/two", "bare.md"))
    )
    assert list(index.quality) == [-3, MISSING, MISSING]
    assert list(index.heat) == [MISSING, 0, MISSING]
    assert list(index.moment) == [20201020000000, MISSING, MISSING]
    assert list(index.near_size) == [2, 0, 0]
    assert list(index.copy_key) == [key_number("example.com/two"), 0]


def test_names_are_numbered_as_they_come_and_nobody_has_none():
    index, _ = made([ONE], [TWO, BARE])
    tables = index.tables
    assert (tables.providers, list(index.provider)) == (["Wire", "Post"], [0, 1, NONE])
    assert (tables.domains, list(index.domain)) == (["wire.org"], [0, 0, NONE])
    assert (tables.topic_sets, list(index.topics)) == ([("Sky", "Sea"), ()], [0, 0, 1])


def test_an_index_that_was_read_again_goes_on_with_its_names():
    index, _ = made([ONE])
    index.tables.topic_sets = [list(names) for names in index.tables.topic_sets]
    packed, _ = pack([row_of(TWO, "")])
    assert Making(index).add(packed, "later", 0) == 1
    assert (list(index.domain), list(index.topics)) == ([0, 0], [0, 0])
    assert index.tables.segments == ["segment", "later"]
    assert list(index.segment) == [0, 1]


def test_segments_are_numbered_by_their_names():
    index, _ = made([ONE], [TWO], [BARE], names=["a", "b", "a"])
    assert (index.tables.segments, list(index.segment)) == (["a", "b"], [0, 1, 0])


def test_nothing_adds_nothing():
    index, _ = made([ONE])
    packed, records = pack([])
    assert records == b""
    assert Making(index).add(packed, "unused", 0) == 1
    assert (len(index), index.tables.segments) == (1, ["segment"])


def test_each_record_is_where_the_row_says():
    index, data = made([ONE, TWO], [BARE])
    records = MemoryRecords([data])
    for at, one in enumerate((ONE, TWO, BARE)):
        start, row = index.offset[at], row_of(one, f" {one.path} ")
        for name in PARTS:
            size = getattr(index, f"{name}_size")[at]
            assert records.read(0, start, size) == getattr(row, name)
            start += size
    assert index.offset[2] + sum(getattr(index, f"{name}_size")[2] for name in PARTS) == len(data)


names = st.none() | st.sampled_from(["Wire", "Post", "wire"])
articles = st.builds(
    lambda name, provider, domain, topics, related: article(
        name, *related, provider=provider, domain=domain, topics=topics
    ),
    st.sampled_from("abc"),
    names,
    names,
    st.sampled_from([(), ("Sky",), ("Sky", "Sea"), ("Sea", "Sky")]),
    st.lists(st.sampled_from("abc"), max_size=3),
)


@given(st.lists(st.lists(articles, max_size=4), max_size=4))
def test_rows_are_the_same_one_by_one_and_in_batches(batches):
    index, records = made(*batches)
    single, same = made(*([one] for batch in batches for one in batch))
    assert records == same
    assert columns(index) == columns(single)
    assert index.tables == single.tables
    for name in ("copy_key", "copy_title", "copy_named"):
        assert getattr(index, name) == getattr(single, name)


# Taking out


def test_what_is_taken_out_keeps_its_row_and_is_no_longer_here():
    index, _ = made([ONE, TWO])
    before = columns(index) | {"base": [index.base[0] & ~HERE, index.base[1]]}
    Making(index).remove(0)
    assert columns(index) == before
    assert len(index) == 2
