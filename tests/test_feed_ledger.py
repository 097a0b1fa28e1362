"""The ledger of what was filed, and the records of what feeds answered."""

import os
from pathlib import Path

import pytest

from reader.feeds.filing.ledger import FOLDER, Ledger, Line, mark
from reader.feeds.records import NEW, Record, health, read_records, write_records

ONE = Line(mark("a.example/1"), mark("guid 1"), mark("feed"), "_news/1.md", "words", "abc")


def test_what_was_filed_is_known_after_a_restart_by_key_and_by_guid(tmp_path: Path) -> None:
    Ledger(tmp_path, tmp_path / "state").add([ONE])

    ledger = Ledger(tmp_path, tmp_path / "state")

    assert ledger.find(ONE.key, "") == ONE
    assert ledger.find(mark("a.example/moved"), ONE.guid) == ONE
    assert ledger.find(mark("b"), mark("c")) is None
    assert ledger.written("_news/1.md") == "abc"


def test_the_last_line_of_an_article_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, tmp_path / "state")
    ledger.add([ONE, ONE._replace(file="_news/1-2.md", text="other", sha="def")])

    for known in (ledger, Ledger(tmp_path, tmp_path / "state")):
        found = known.find(ONE.key, "")
        assert found is not None
        assert found.file == "_news/1-2.md"
        assert known.written("_news/1.md") == "abc"


def test_a_file_that_was_written_again_has_other_bytes_and_the_same_article(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, tmp_path / "state")
    ledger.add([ONE])
    ledger.rewrote("_news/1.md", "fff")

    for known in (ledger, Ledger(tmp_path, tmp_path / "state")):
        assert known.written("_news/1.md") == "fff"
        assert known.find(ONE.key, "") == ONE
        assert len(known) == 1


def test_machines_that_share_a_folder_know_what_the_others_filed(tmp_path: Path) -> None:
    Ledger(tmp_path, tmp_path / "one").add([ONE])
    Ledger(tmp_path, tmp_path / "two").add([ONE._replace(key=mark("b.example"))])

    assert len(list((tmp_path / FOLDER).iterdir())) == 2
    assert len(Ledger(tmp_path, tmp_path / "three")) == 2


def test_torn_and_senseless_lines_are_passed_over(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, tmp_path / "state")
    ledger.add([ONE])
    path = next((tmp_path / FOLDER).iterdir())
    data = path.read_bytes()
    path.write_bytes(b"[1,2]\n{}\n\xff\n[1,2,3,4,5,6]\n" + data + data[:30])

    again = Ledger(tmp_path, tmp_path / "state")
    assert len(again) == 1
    again.add([ONE._replace(key=mark("c.example"))])

    assert len(Ledger(tmp_path, tmp_path / "state")) == 2


@pytest.mark.parametrize(
    "file",
    [
        "/etc/motd.md",
        "../a.md",
        "_news/../../a.md",
        ".git/a",
        "a//b",
        "a\0",
        "\ud800",
        "a/",
        "x" * 256,
    ],
)
def test_a_path_that_leads_out_of_the_folder_is_passed_over(tmp_path: Path, file: str) -> None:
    Ledger(tmp_path, tmp_path / "theirs").add([ONE._replace(file=file)])

    again = Ledger(tmp_path, tmp_path / "state")
    assert (len(again), *again.files()) == (0,)


def test_where_our_own_part_cannot_be_read_nothing_is_taken_for_new(tmp_path: Path) -> None:
    for state, is_ours in (("state", True), ("theirs", False)):
        Ledger(tmp_path, tmp_path / state).add([ONE])
        path = next((tmp_path / FOLDER).iterdir())
        path.unlink()
        path.mkdir()
        if is_ours:
            with pytest.raises(OSError, match="not known: it is not a regular file"):
                Ledger(tmp_path, tmp_path / "state")
        else:
            assert len(Ledger(tmp_path, tmp_path / "state")) == 0
        path.rmdir()


def test_a_path_of_bytes_that_are_no_text_is_kept(tmp_path: Path) -> None:
    file = os.fsdecode(b"old/caf\xe9.md")
    Ledger(tmp_path, tmp_path / "state").add([ONE._replace(file=file)])

    assert list(Ledger(tmp_path, tmp_path / "state").files()) == [file]


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    records = {"https://a.example/feed": Record("e", "m", "d", 1.5, 1.5, 99.0, 2, "no", "<h")}
    write_records(tmp_path, tmp_path / "state", records)

    assert read_records(tmp_path, tmp_path / "state") == records
    assert read_records(tmp_path / "other", tmp_path / "state") == {}


def test_damaged_records_are_forgotten_one_value_at_a_time(tmp_path: Path) -> None:
    write_records(tmp_path, tmp_path / "state", {"u": Record(etag="e")})
    path = next((tmp_path / "state").glob("folders/*/feeds.json"))
    path.write_text('{"u": {"etag": 3, "failures": "x", "gone": true, "what": 1, "due_at": 5}}')
    assert read_records(tmp_path, tmp_path / "state") == {"u": Record(gone=True, due_at=5)}

    path.write_text('{"u": {"due_at": NaN, "asked_at": Infinity, "newest": 1e300, "gap": 9}}')
    assert read_records(tmp_path, tmp_path / "state") == {"u": Record(gap=9)}
    for text in ("", "[]", '{"u": 1}', "{"):
        path.write_text(text)
        assert read_records(tmp_path, tmp_path / "state") == {}


def test_health_is_told_in_words() -> None:
    assert health(NEW) == "not asked yet"
    assert health(NEW, paused=True) == "paused"
    assert health(Record(asked_at=1.0)) == "fine"
    assert health(Record(failures=3, error="no such host")) == "failed 3 times: no such host"
    assert health(Record(failures=1, error="it took too long")) == "failed once: it took too long"
    assert health(Record(gone=True, failures=9)) == "gone for good (410)"
    assert Record(failures=3).is_failing
    assert not Record(failures=2).is_failing
