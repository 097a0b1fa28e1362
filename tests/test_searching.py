import random
import sys
from threading import Thread

import pytest

from reader.search import needle_of
from reader.snapshot.damage import Damaged
from reader.snapshot.filling import fill
from reader.snapshot.full_text import SUFFIX
from reader.snapshot.index import Index
from reader.snapshot.searching import Searcher, Superseded
from reader.snapshot.segments import DiskRecords, MemoryRecords, SegmentWriter, sealed

TITLES = ["Azure Space", "Azurite", "Space azure", "云计算", "none"]
NEEDLES = [
    needle_of(*term)
    for term in [
        ("word", "azur"),
        ("phrase", "azure"),
        ("phrase", "space azure"),
        ("word", "计"),
        ("word", "a"),
        ("word", "zzz"),
    ]
]


class Library:
    """Records on disk whose only part is a title's words."""

    def __init__(self, folder):
        self.folder, self.index, self.lines = folder, Index(), []
        self.names = self.index.tables.segments

    def add(self, titles, shuffled=False):
        writer = SegmentWriter(self.folder)
        index, lines = self.index, [f" {title.lower()} \n\n\n\n" for title in titles]
        lines = [line.replace("云计算", "云 计 算") for line in lines]
        placed = []
        for line in lines:
            parts = [sealed(part) for part in (b"head", b"", line.encode())]
            placed.append((line, writer.append(b"".join(parts)), list(map(len, parts))))
        self.names.append(writer.name)
        if shuffled:
            random.Random(3).shuffle(placed)
        for line, offset, sizes in placed:
            self.lines.append(line)
            index.key.append(0)
            index.segment.append(len(self.names) - 1)
            index.offset.append(offset)
            index.head_size.append(sizes[0])
            index.copies_size.append(sizes[1])
            index.words_size.append(sizes[2])

    def fill(self, segment):
        for _ in fill(self.folder, self.index, self.records(), segment):
            continue

    def records(self):
        return DiskRecords(self.folder, self.names)

    def searcher(self, earlier=None):
        return Searcher(self.index, self.records(), self.folder, earlier)

    def plain(self, needle):
        return bytes(needle.text in line for line in self.lines)


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path)


def agrees(library, searcher):
    return all(searcher.rows(needle) == library.plain(needle) for needle in NEEDLES)


def test_scanning_finds_what_is_there(library):
    library.add(TITLES)
    searcher = library.searcher()
    assert agrees(library, searcher)
    assert searcher.rows(NEEDLES[0]) == bytes([1, 1, 1, 0, 0])


@pytest.mark.parametrize("filled", [(), (0,), (1,), (0, 2), (0, 1, 2)])
def test_any_part_of_it_may_be_indexed(library, filled):
    library.add(TITLES)
    library.add([*TITLES, "later azure"], shuffled=True)
    library.add(["azure last"])
    for segment in filled:
        library.fill(segment)
    searcher = library.searcher()
    assert agrees(library, searcher)
    searcher.open()
    assert len(searcher._layout.words) == len(filled)
    assert agrees(library, searcher)


def test_an_index_that_comes_later_is_taken_up(library):
    library.add(TITLES)
    searcher = library.searcher()
    searcher.open()
    assert len(searcher._layout.rest) == len(TITLES)
    library.fill(0)
    searcher.open()
    assert len(searcher._layout.rest) == 0
    assert len(searcher._layout.runs) == 1
    assert agrees(library, searcher)


def test_rows_that_came_after_the_index_are_scanned(library):
    library.add(TITLES)
    library.fill(0)
    first = library.searcher()
    first.open()
    library.add(["new azure"])
    second = library.searcher(first)
    second.open()
    assert second._layout.words[library.names[0]] is first._layout.words[library.names[0]]
    assert list(second._layout.rest) == [len(TITLES)]
    assert agrees(library, second)


def test_rows_that_are_gone_from_the_index_are_found_by_none(library):
    library.add(TITLES)
    library.fill(0)
    for column in ("segment", "offset", "head_size", "copies_size", "words_size", "key"):
        del getattr(library.index, column)[1]
    del library.lines[1]
    searcher = library.searcher()
    searcher.open()
    assert len(searcher._layout.runs) == 2
    assert agrees(library, searcher)


def test_an_empty_needle_is_found_everywhere(library):
    library.add(TITLES)
    assert library.searcher().rows(needle_of("word", "&")) == b"\1" * len(TITLES)


def test_an_index_of_nothing_finds_nothing(tmp_path):
    searcher = Searcher(Index(), MemoryRecords([]), tmp_path)
    searcher.open()
    assert searcher.rows(NEEDLES[0]) == b""


def test_a_damaged_word_index_is_deleted_and_its_rows_are_scanned(library):
    library.add(TITLES)
    library.fill(0)
    path = library.folder / f"{library.names[0]}{SUFFIX}"
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    searcher = library.searcher()
    searcher.open()
    assert not path.exists()
    assert agrees(library, searcher)


def test_one_that_breaks_while_it_is_open_is_so_too(library):
    library.add([f"azure w{number}" for number in range(3000)])
    library.fill(0)
    path = library.folder / f"{library.names[0]}{SUFFIX}"
    searcher = library.searcher()
    searcher.open()
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    for number in range(0, 3000, 30):
        needle = needle_of("phrase", f"w{number}")
        assert searcher.rows(needle) == library.plain(needle)
    assert not path.exists()
    assert len(searcher._layout.rest) == 3000


def test_damaged_records_are_said(library):
    library.add(TITLES)
    path = library.folder / f"{library.names[0]}.records"
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged):
        library.searcher().rows(NEEDLES[0])


def test_a_search_that_nobody_waits_for_ends(library):
    library.add([f"azure {number}" for number in range(5000)])
    searcher, asked = library.searcher(), []

    def superseded():
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(Superseded):
        searcher.rows(NEEDLES[0], superseded)
    library.fill(0)
    searcher.open()
    with pytest.raises(Superseded):
        searcher.rows(NEEDLES[0], lambda: True)


def test_threads_may_search_at_once(library):
    library.add([f"azure w{number}" for number in range(2000)])
    searcher = library.searcher()
    wrong = []

    def search(seed):
        for number in range(seed, 200, 4):
            needle = needle_of("word", f"w{number}")
            if searcher.rows(needle) != library.plain(needle):
                wrong.append(number)

    threads = [Thread(target=search, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    library.fill(0)
    searcher.open()
    for thread in threads:
        thread.join()
    assert not wrong


def test_sqlite_is_loaded_by_the_first_index_only():
    import subprocess

    code = "import reader.snapshot.searching, sys; sys.exit('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
