import pytest

from reader.ledger import Ledger
from reader.model import Status, Topic
from reader.neighbours import Neighbours
from reader.state.journal import Journal
from reader.state.marks import Marks
from reader.store import Store
from tests.samples import article, copy, row, store_of

FIRST = {"quality": 90, "heat": 9, "published_at": "2020-10-20T13:00:00Z"}
TOLD = (
    article("lead", "late", "early", "gone", **FIRST),
    article("late", "lead", heat=-1, quality=80, published_at="2020-10-21T09:00:00Z"),
    article("early", "lead", heat=-1, quality=70, published_at="2020-10-20T08:00:00Z"),
    article("dated", "lead", heat=-1, quality=60, published_at="2020-10-20"),
    article("timeless", "lead", heat=-1, quality=50),
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path):
    return Ledger([Marks(Journal(tmp_path, "own", process="1"), tmp_path / "marks")])


def around(ledger, name, *articles):
    store = store_of(articles)
    return Neighbours(row(store, f"{name}.md"), store, ledger)


def titles(near):
    return " ".join(one.title.removeprefix("On ") for one in near.all())


def test_the_story_comes_in_the_order_of_time_and_then_what_is_related(ledger):
    assert titles(around(ledger, "lead", *TOLD)) == "dated early late timeless gone"
    assert titles(around(ledger, "late", *TOLD)) == "dated early lead timeless"
    assert [one.in_story for one in around(ledger, "lead", *TOLD).all()] == [True] * 4 + [False]


@pytest.mark.parametrize(
    ("name", "place"), [("dated", 0), ("early", 1), ("lead", 2), ("late", 3), ("timeless", 4)]
)
def test_an_article_knows_its_place_in_the_story(ledger, name, place):
    assert around(ledger, name, *TOLD).place == place


def test_a_lone_article_has_no_place_in_a_story(ledger):
    near = around(ledger, "a", article("a", "b", heat=1), article("b", heat=1))
    assert near.place is None
    assert [(one.title, one.in_story) for one in near.all()] == [("On b", False)]


def test_what_is_hidden_is_not_told(ledger):
    hidden = article("secret", "lead", heat=-1, hidden="withdrawn")
    assert titles(around(ledger, "lead", TOLD[0], hidden)) == "late early gone"
    assert around(ledger, "lead", TOLD[0], hidden).place is None
    assert titles(around(ledger, "secret", TOLD[0], hidden)) == "lead"


def test_what_is_dismissed_stays_in_its_story(ledger):
    ledger.change({0: [("example.com/late", "dismissed", True)]}, "dismiss")
    late = around(ledger, "lead", *TOLD).all()[2]
    assert (late.title, late.status) == ("On late", Status(dismissed=True))


def test_a_copy_names_who_had_the_piece_first(ledger):
    one = {"heat": -1, "published_at": "2020-10-20T08:00:00Z"}
    articles = (
        article("lead", heat=9, title="The harbour opens again at last", provider="Wire"),
        article("a", "lead", title="Forty ships are waiting outside", provider="Post", **one),
        article("b", "lead", title="Forty ships are waiting outside - Times", provider="Times",
                **(one | {"published_at": "2020-10-20T09:00:00Z"})),
        article("c", "lead", title="Another title", provider="Sun", url="https://example.com/a",
                path="c.md", **(one | {"published_at": "2020-10-21"})),
    )  # fmt: skip
    near = around(ledger, "lead", *articles).all()
    assert [(one.provider, one.copy_of) for one in near] == [
        *(("Post", None), ("Times", "Post"), ("Sun", "Post")),
    ]


def test_a_copy_that_is_not_here_is_related_and_no_part_of_the_story(ledger):
    far = around(ledger, "lead", *TOLD).all()[-1]
    assert (far.article, far.in_story, far.item) == (None, False, copy("gone"))


def test_a_series_of_one_provider_has_no_copies(ledger):
    when = {"heat": -1, "provider": "Wire"}
    series = (
        article("lead", heat=9, title="All that is known of the harbour - Cranes", provider="Wire"),
        article("a", "lead", title="All that is known of the harbour - Ships", **when),
        article("b", "lead", title="All that is known of the harbour - Ships", **when),
    )
    assert [one.copy_of for one in around(ledger, "lead", *series).all()] == [None, "Wire"]


KIN = (
    article("one", "own", topics=("Land", "Cranes"), published_at="2020-10-20T13:00:00Z"),
    article("own", topics=("Cranes",)),
    article("before", topics=("Cranes", "Ships"), published_at="2020-10-18T12:00:00Z"),
    article("after", topics=("Tides",), published_at="2020-10-20T15:30:00Z"),
    article("same", published_at="2020-10-20T13:00:20Z"),
    article("dated", published_at="2020-10-20"),
    article("timeless", topics=("Cranes",)),
    article("wide", topics=("Land",), published_at="2020-10-20T12:59:00Z"),
    article("nothing"),
    article("gone", topics=("Cranes",)),
)


def test_what_is_computed_comes_last_and_says_why(ledger, monkeypatch):
    wide = [Topic("Land"), Topic("Cranes", "Land")]
    store = store_of(KIN, topics=wide, statuses={KIN[-1].key: Status(dismissed=True)})
    kin = [row(store, one) for one in KIN[1:]]
    monkeypatch.setattr(Store, "kin", lambda *_: kin)
    near = Neighbours(row(store, KIN[0]), store, ledger).all()
    assert [(one.title, one.why) for one in near] == [
        ("On own", None),
        ("On before", "same topic, 2 days earlier"),
        ("On after", "2 hours later"),
        ("On same", "at the same time"),
        ("On dated", "the same day"),
        ("On timeless", "same topic"),
        ("On wide", "1 minute earlier"),
        ("On nothing", None),
    ]
