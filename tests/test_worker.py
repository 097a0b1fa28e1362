import io
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reader.files.found import Contents
from reader.files.worker import BrokenOff, Scanner

from reader.files import worker
from reader.files.scan import scan
from tests.samples import SEED_LIKE, front, write


def folder(root: Path, files: int) -> Path:
    return write(root, {f"{n:04}.md": front(f"title: Number {n}") for n in range(files)})


def test_the_child_finds_what_a_scan_finds(tmp_path):
    one = write(tmp_path / "one", {"a.txt": SEED_LIKE, "bad.md": "---\n", "README.md": ""})
    two = folder(tmp_path / "two", 70)
    scanner = Scanner([one, two])
    assert list(scanner.take(30)) == [*scan(one, 0), *scan(two, 1)]
    assert scanner.done
    assert list(scanner.take(1)) == []


def test_take_does_not_wait_where_nothing_has_come(tmp_path):
    scanner = Scanner([folder(tmp_path, 1)])
    began = time.perf_counter()
    found = list(scanner.take())
    assert time.perf_counter() - began < 0.5
    found += scanner.take(30)
    assert found == list(scan(tmp_path))


def test_stop_ends_the_child_and_nothing_more_comes(tmp_path):
    os.mkfifo(tmp_path / "a.md")
    scanner = Scanner([folder(tmp_path, 3000)])
    scanner.stop()
    assert scanner._child.returncode is not None
    assert list(scanner.take(1)) == []
    scanner.stop()


def test_a_child_that_dies_is_told_after_what_it_had_found(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", dying(tmp_path, Contents(0, 5, {}, ())))
    scanner = Scanner([tmp_path])
    found = []
    with pytest.raises(BrokenOff):
        for result in scanner.take(30):
            found.append(result)  # noqa: PERF402 - what came before the exception counts
    assert found == [Contents(0, 5, {}, ())]
    assert scanner.done
    assert scanner._child.returncode is not None
    assert list(scanner.take(1)) == []


def test_a_child_that_talks_nonsense_is_ended(tmp_path, monkeypatch):
    program = script(tmp_path, "printf nonsense; exec sleep 60")
    monkeypatch.setattr(sys, "executable", program)
    scanner = Scanner([tmp_path])
    with pytest.raises(BrokenOff):
        list(scanner.take(30))
    assert scanner._child.returncode is not None


def test_main_writes_what_a_scan_yields_and_then_the_end(tmp_path, monkeypatch):
    output = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(output))
    monkeypatch.setattr(sys, "argv", ["worker", str(folder(tmp_path, 2))])
    worker.main()
    output.seek(0)
    found = []
    while (result := pickle.load(output)) is not None:
        found.append(result)
    assert found == list(scan(tmp_path))


def test_a_child_whose_parent_is_gone_ends_without_a_word(tmp_path):
    folder(tmp_path, 3000)
    child = subprocess.Popen(
        [sys.executable, "-m", "reader.files.worker", tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": worker._import_path()},
    )
    child.stdout.close()
    with child.stderr:
        assert child.stderr.read() == b""
    assert child.wait(30) == 0


def test_main_ends_at_once_when_nobody_reads(monkeypatch, tmp_path):
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(sys, "argv", ["worker", str(tmp_path)])

    def nobody(*_):
        raise BrokenPipeError

    monkeypatch.setattr(pickle, "dump", nobody)
    worker.main()
    assert ended == [0]


def script(folder: Path, command: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{command}\n")
    path.chmod(0o755)
    return str(path)


def dying(folder: Path, result: object) -> str:
    (folder / "found").write_bytes(pickle.dumps(result))
    return script(folder, f"cat '{folder}/found'; kill -9 $$")
