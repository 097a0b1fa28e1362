import pytest

from reader.tui.fetch import Fetch


def feed(**how):
    told = {"event": "feed", "url": "https://e.org/f", "result": "unchanged", "new": 0}
    return told | {"versions": 0, "error": None, "done": 1, "of": 200} | how


def end(**how):
    return {"event": "end", "done": 200, "failed": 0, "new": 0, "versions": 0} | how


def fetched(*told):
    fetch = Fetch()
    for one in told:
        fetch.take(one)
    return fetch


START = {"event": "start", "feeds": 200}


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ([], "Fetching"),
        ([START], "Fetching 0 of 200"),
        ([START, feed(result="new", new=12, done=57)], "Fetching 57 of 200 · 12 new"),
        (
            [START, feed(result="new", new=12), feed(result="failed", done=57)],
            "Fetching 57 of 200 · 1 failed · 12 new",
        ),
    ],
)
def test_the_line_says_how_far_it_is(told, line):
    assert fetched(*told).line() == line


def test_the_line_says_that_it_is_stopping():
    fetch = fetched(START)
    fetch.stopping = True
    assert fetch.line() == "Stopping: what came is kept"


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([{"event": "start", "feeds": 0}, end(done=0)], "No feed is due yet"),
        ([START, end()], "200 feeds asked: nothing new"),
        ([START, end(new=12, failed=3)], "200 feeds asked: 12 new, 3 failed"),
        ([START, end(new=1, versions=2)], "200 feeds asked: 1 new, 2 changed"),
        ([START, end(done=1)], "1 feed asked: nothing new"),
        ([START, end(done=57, new=4, stopped=True)], "Stopped after 57 of 200 feeds: 4 new"),
    ],
)
def test_the_outcome_is_told_in_a_sentence(told, outcome):
    fetch = fetched(*told)
    assert (fetch.outcome, fetch.is_over) == (outcome, True)


def test_the_error_of_one_feed_is_kept_in_one_clean_line():
    told = feed(result="failed", error="no\x1b such\nhost")
    assert fetched(told).failures == {"https://e.org/f": "no such host"}


def test_what_went_wrong_is_told_where_one_feed_was_asked():
    one, more = feed(result="failed", error="no host", of=1), feed(result="failed", error="no host")
    assert fetched(one).failure == "no host"
    assert fetched(more).failure == ""


@pytest.mark.parametrize("number", [None, "7", 1.5, True, -1, 10**12, [3]])
def test_numbers_that_make_no_sense_count_as_nothing(number):
    fetch = fetched({"event": "start", "feeds": number}, feed(new=number, done=number, of=number))
    assert (fetch.of, fetch.done, fetch.new) == (0, 0, 0)


def test_other_events_are_passed_over():
    assert fetched({"event": "x"}, {}, {"event": ["end"]}) == Fetch()


def test_without_a_network_the_feeds_are_not_to_blame():
    fetch = Fetch()
    fetch.take({"event": "start", "feeds": 1})
    fetch.take({"event": "feed", "result": "offline", "url": "u", "error": "e", "done": 1, "of": 1})
    fetch.take({"event": "end", "done": 1, "failed": 1})

    assert (fetch.failed, fetch.offline) == (1, 1)
    assert fetch.outcome == "No feed could be reached: is this machine online?"
