import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.memory import Memory
from reader.ranking import ORDERS
from reader.state.place import recall, remember
from reader.views import FRONT, STARRED, TITLES, View


@pytest.mark.parametrize(
    "memory",
    [
        Memory(),
        Memory(STARRED, "newest", "0123456789", -12, 40),
        Memory(View("topic", "Power Apps"), "heat", None, 999, -999),
        Memory(View("provider", "ZDNet"), "unread", "", 0, 0, ("front", "topic")),
    ],
)
def test_what_was_left_is_there_again(tmp_path, memory):
    remember(tmp_path, memory.as_dict())
    assert Memory.of(recall(tmp_path)) == memory


def test_without_a_memory_everything_is_as_usual():
    assert Memory.of({}) == Memory(FRONT, "quality", None, 0, 0)


@pytest.mark.parametrize("kind", sorted(TITLES))
def test_every_view_of_the_sidebar_can_be_remembered(kind):
    assert Memory.of({"view": {"kind": kind, "name": ""}}).view == View(kind)


@pytest.mark.parametrize(
    "view",
    [
        *(None, 1, "front", [], {}, True, {"kind": "front"}, {"name": "AI"}),
        *({"kind": wrong, "name": "AI"} for wrong in (None, 1, [], {}, "", "nothing", True)),
        *({"kind": "topic", "name": wrong} for wrong in (None, 1, [], {}, "", True)),
        {"kind": "provider", "name": ""},
        {"kind": "starred", "name": "a front page in disguise"},
    ],
)
def test_a_view_that_makes_no_sense_is_the_front_page(view):
    assert Memory.of({"view": view}).view == FRONT


@pytest.mark.parametrize("order", [None, 1, [], {}, "", "beauty", True])
def test_an_unknown_order_is_the_usual_one(order):
    assert Memory.of({"order": order}).order == "quality"


@pytest.mark.parametrize("width", [None, "1", 1.5, True, [], float("nan"), 1000, -(10**400)])
def test_a_width_that_makes_no_sense_is_the_usual_one(width):
    memory = Memory.of({"sidebar": width, "article_pane": width})
    assert (memory.sidebar, memory.article_pane) == (0, 0)
    assert memory.sidebar is not False


@pytest.mark.parametrize("turned", [None, 1, {}, "front", True, [None, 1, [], {}, "", "beauty"]])
def test_kinds_of_views_that_make_no_sense_are_none(turned):
    assert Memory.of({"turned": turned}).turned == ()


def test_kinds_of_views_that_are_turned_are_known_ones():
    assert Memory.of({"turned": ["x", "topic", "all", "all"]}).turned == ("all", "topic")


@pytest.mark.parametrize("place", [None, 1, [], {}, True])
def test_a_place_that_is_no_id_is_none(place):
    assert Memory.of({"place": place}).place is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from(
    ["view", "order", "place", "sidebar", "article_pane", "turned", "history", "more"]
)


@given(st.dictionaries(names, json_values))
def test_whatever_was_kept_the_reader_opens(kept):
    memory = Memory.of(json.loads(json.dumps(kept)))
    assert memory.view.title
    assert memory.order in ORDERS
    assert abs(memory.sidebar) < 1000
    assert Memory.of(memory.as_dict()) == memory


@pytest.mark.parametrize("history", [None, 1, {}, "is:unread", [None, 1, [], "a\nb", "\x1b[2J"]])
def test_filters_that_make_no_sense_are_not_in_the_history(history):
    assert Memory.of({"history": history}).history == ()


def test_the_history_keeps_its_order():
    assert Memory.of({"history": ["b", 'topic:"c d"', "a"]}).history == ("b", 'topic:"c d"', "a")
