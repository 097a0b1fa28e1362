from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Topic
from reader.topics import TopicTree

AZURE = (
    Topic("Azure"),
    Topic("Compute", parent="Azure"),
    Topic("Space"),
    Topic("AI", parent="Azure"),
    Topic("Speech", parent="AI"),
)
names = st.sampled_from(["", "A", "B", "C", "D", "a", "é"])
topics = st.builds(Topic, name=names, parent=st.none() | names)


def test_the_folder_s_order_is_kept_and_topics_only_in_use_follow_by_name():
    tree = TopicTree(AZURE, {"zebra", "Ants", "Azure", "bees"})
    assert tree.roots == ("Azure", "Space", "Ants", "bees", "zebra")
    assert tree.children("Azure") == ("Compute", "AI")


def test_walking_goes_into_depth_first():
    assert list(TopicTree(AZURE, ()).walk()) == [
        ("Azure", 0),
        ("Compute", 1),
        ("AI", 1),
        ("Speech", 2),
        ("Space", 0),
    ]


def test_a_path_leads_from_the_root_to_the_topic():
    tree = TopicTree(AZURE, ())
    assert tree.path("Speech") == ("Azure", "AI", "Speech")
    assert tree.path("Space") == ("Space",)


def test_a_topic_holds_itself_and_all_below():
    tree = TopicTree(AZURE, ())
    assert tree.within("Azure") == {"Azure", "Compute", "AI", "Speech"}
    assert tree.within("Speech") == {"Speech"}


def test_an_unknown_name_stands_alone():
    tree = TopicTree(AZURE, ())
    assert tree.path("Mars") == ("Mars",)
    assert tree.within("Mars") == {"Mars"}
    assert tree.children("Mars") == ()
    assert tree.find("Mars") is None


def test_case_matters_only_between_names_that_differ_by_nothing_else():
    tree = TopicTree((Topic("Ai"), Topic("AI"), Topic("Straße")), ())
    assert tree.find("AI") == "AI"
    assert tree.find("ai") == "Ai"
    assert tree.find("STRASSE") == "Straße"


def test_the_first_of_two_topics_with_one_name_counts():
    tree = TopicTree((Topic("A"), Topic("B", "A"), Topic("B"), Topic("A", "B")), ("B",))
    assert list(tree.walk()) == [("A", 0), ("B", 1)]


@pytest.mark.parametrize(
    ("listed", "walked"),
    [
        ((Topic("A", parent="A"),), [("A", 0)]),
        ((Topic("A", parent="nobody"),), [("A", 0)]),
        ((Topic("A", parent=""), Topic("")), [("A", 0)]),
        ((Topic("A", "B"), Topic("B", "A")), [("B", 0), ("A", 1)]),
        ((Topic("A", "B"), Topic("B", "C"), Topic("C", "B")), [("C", 0), ("B", 1), ("A", 2)]),
        ((Topic("B", "A"), Topic("A")), [("A", 0), ("B", 1)]),
        ((), []),
    ],
)
def test_loops_and_missing_parents_make_roots(listed, walked):
    assert list(TopicTree(listed, ("",)).walk()) == walked


def test_a_parent_may_be_a_topic_that_is_only_in_use():
    assert TopicTree((Topic("B", parent="A"),), ("A",)).path("B") == ("A", "B")


@given(st.lists(topics), st.lists(names))
def test_every_topic_is_walked_once_under_its_parent(listed, used):
    tree = TopicTree(listed, used)
    walked = list(tree.walk())
    assert {name for name, _ in walked} == {*(topic.name for topic in listed), *used} - {""}
    assert len({name for name, _ in walked}) == len(walked)
    for name, depth in walked:
        path = tree.path(name)
        assert len(path) == depth + 1
        assert all(name in tree.within(above) for above in path)
        assert name in (tree.children(path[-2]) if depth else tree.roots)


def test_ten_thousand_topics_one_below_the_other_take_no_time():
    chain = [Topic(str(number), str(number + 1)) for number in range(10_000)]
    begin = process_time()
    tree = TopicTree(chain, ("10000",))
    assert len(tree.within("10000")) == len(list(tree.walk())) == 10_001
    assert process_time() - begin < 3
