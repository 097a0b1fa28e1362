from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.model import RelatedItem, Status, Urls
from reader.pages import Neighbour, Page
from reader.tui.trail import Place, Trail, Walk
from reader.views import FRONT


def page(title="A", near=0):
    items = (
        Neighbour(f"N{n}", None, None, None, Status(), RelatedItem(""), None) for n in range(near)
    )
    return Page(title=title, library=0, urls=Urls(), near=tuple(items))


def place(title):
    return Place(FRONT, "quality", "", page(title), 0, None, 0, frozenset(), None, ())


def test_at_the_beginning_there_is_nothing_to_go_back_or_forward_to():
    trail = Trail()
    assert trail.back(place("here")) is None
    assert trail.forward(place("here")) is None
    assert trail == Trail()


def test_back_is_the_place_that_was_left_and_forward_the_one_come_back_from():
    trail = Trail()
    trail.leave(place("a"))
    trail.leave(place("b"))
    assert trail.back(place("c")) == place("b")
    assert trail.back(place("b")) == place("a")
    assert trail.back(place("a")) is None
    assert trail.forward(place("a")) == place("b")
    assert trail.forward(place("b")) == place("c")
    assert trail.forward(place("c")) is None


def test_a_place_is_come_back_to_as_it_was_left_the_last_time():
    trail = Trail()
    trail.leave(place("a"))
    scrolled = replace(place("b"), page_top=7)
    trail.back(scrolled)
    assert trail.forward(place("a")).page_top == 7


def test_going_somewhere_new_forgets_what_was_ahead():
    trail = Trail()
    trail.leave(place("a"))
    trail.back(place("b"))
    trail.leave(place("a"))
    assert trail.forward(place("c")) is None
    assert trail.back(place("c")) == place("a")


def test_two_trails_share_nothing():
    Trail().leave(place("a"))
    assert Trail().behind == []


@given(st.lists(st.sampled_from("LHg"), max_size=60))
def test_a_trail_goes_like_a_browser(keys):
    trail, visited, at, names = Trail(), ["0"], 0, iter(range(1, 100))
    for key in keys:
        here = place(visited[at])
        if key == "g":
            trail.leave(here)
            visited[at + 1 :] = [str(next(names))]
            at += 1
            continue
        there = trail.back(here) if key == "H" else trail.forward(here)
        wanted = at + (1 if key == "L" else -1)
        if 0 <= wanted < len(visited):
            at = wanted
            assert there.page.title == visited[at]
        else:
            assert there is None


def test_walking_goes_from_the_page_through_its_related_items_and_back():
    walk = Walk(page(near=2))
    assert [(walk := walk.moved(1)).step, (walk := walk.moved(1)).step] == [1, 2]
    assert walk.moved(1) is None
    assert walk.moved(-1).moved(-1) == Walk(page(near=2), 0)
    assert Walk(page(near=2)).moved(-1) is None


def test_where_nothing_is_related_there_is_no_walk():
    assert Walk(page()).moved(1) is None
