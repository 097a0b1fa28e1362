"""Any use of a library, by two processes and another machine, against a simple model of it."""

import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.library import Library
from reader.model import bits_of
from reader.state.compaction import compact
from reader.state.journal import Journal
from reader.state.marks import Marks
from reader.state.own import OwnFile
from reader.state.place import journal_folder
from reader.tally import Tally
from reader.views import ALL
from tests.samples import front, write

TITLES = "abcd"
FIELDS = {"read": "read", "unread": "read", "star": "starred", "dismiss": "dismissed"}
FIELDS |= {"star taken away": "starred", "bring back": "dismissed"}
EXAMPLES = int(os.environ.get("STATEFUL_EXAMPLES", "300" if os.environ.get("CI") else "50"))

readers = st.integers(0, 1)
titles = st.sampled_from(TITLES)
groups = st.lists(titles, min_size=1, max_size=4, unique=True)


class Model:
    """What should be so: a value by title and field, and the steps to and fro."""

    def __init__(self):
        self.values = {(title, field): False for title in TITLES for field in FIELDS.values()}
        self.lines = dict.fromkeys(TITLES, 0)
        self.done, self.undone = [], []

    def change(self, there, field, value, label):
        before = {(title, field): self.values[title, field] for title in there}
        step = {pair: was for pair, was in before.items() if was != value}
        if step:
            self.done.append((label, step, dict.fromkeys(step, value)))
            self.undone.clear()
        self.values |= dict.fromkeys(step, value)

    def undo(self):
        self.undone.append(self.done.pop())
        self.values |= self.undone[-1][1]

    def redo(self):
        self.done.append(self.undone.pop())
        self.values |= self.done[-1][2]


class Reading(RuleBasedStateMachine):
    """Two processes of one machine, and another machine that shares the folder."""

    @initialize(is_own=st.booleans())
    def open_folder(self, is_own):
        self.disk = mock.patch.object(os, "fsync")  # what survives a power cut is not asked here
        self.disk.start()
        self.place = Path(tempfile.mkdtemp(prefix="broadsheet-"))
        self.folder, self.state = self.place / "news", self.place / "state"
        self.there = set()
        self.folder.mkdir()
        if is_own:
            (self.folder / ".broadsheet" / "state").mkdir(parents=True)
        self.model = Model()
        for title in TITLES[:3]:
            self.write(title)
        self.libraries = [self.opened(), self.opened()]

    def opened(self):
        library = Library([self.folder], self.state, self.state / "cache")
        library.load()
        return library

    def write(self, title):
        self.there.add(title)
        write(self.folder, {f"{title}.md": front(f"title: {title}")})

    def articles(self, number, wanted):
        """Return the articles of titles, as a reader sees them after its look at the journals."""
        library = self.libraries[number]
        library.follow()
        return [one for one in library.listing(ALL).articles if one.title in wanted]

    def changed(self, articles, label):
        value = label in ("read", "star", "dismiss")
        self.model.change([one.title for one in articles], FIELDS[label], value, label)

    @rule(number=readers, wanted=groups, read=st.booleans())
    def mark(self, number, wanted, read):
        articles = self.articles(number, wanted)
        self.libraries[number].mark_read(articles, read=read)
        self.changed(articles, "read" if read else "unread")

    @rule(number=readers, title=titles, starred=st.booleans())
    def star(self, number, title, starred):
        for article in self.articles(number, title):
            self.libraries[number].star(article, starred=starred)
            self.changed([article], "star" if starred else "star taken away")

    @rule(number=readers, wanted=groups, dismissed=st.booleans())
    def dismiss(self, number, wanted, dismissed):
        articles = self.articles(number, wanted)
        self.libraries[number].dismiss(articles, dismissed=dismissed)
        self.changed(articles, "dismiss" if dismissed else "bring back")

    @rule(number=readers, title=titles, line=st.integers(0, 3))
    def scroll(self, number, title, line):
        for article in self.articles(number, title):
            self.libraries[number].remember_position(article, line)
            self.model.lines[title] = line

    @rule(number=readers)
    def undo(self, number):
        step = self.libraries[number].undo()
        assert (step and step.label) == (self.model.done[-1][0] if self.model.done else None)
        if step:
            self.model.undo()

    @rule(number=readers)
    def redo(self, number):
        step = self.libraries[number].redo()
        assert (step and step.label) == (self.model.undone[-1][0] if self.model.undone else None)
        if step:
            self.model.redo()

    @rule(title=titles, field=st.sampled_from(["read", "starred"]), value=st.booleans())
    def another_machine_marks(self, title, field, value):
        """Whichever process is open, no step of this machine comes of it."""
        marks = Marks(Journal(journal_folder(self.folder, self.state), "other"))
        marks.change([(f"{title}.md", field, value)], "elsewhere")
        self.model.values[title, field] = value

    @rule(number=readers)
    def restart(self, number):
        assert self.libraries[number].close() is None
        self.libraries[number] = self.opened()

    @rule(number=readers)
    def die(self, number):
        """As after kill -9: nothing is closed."""
        self.libraries[number] = self.opened()

    @rule(number=readers)
    def keep_in_the_folder(self, number):
        self.libraries[number].follow()
        self.libraries[number].init()

    @rule()
    def compact(self):
        for path in journal_folder(self.folder, self.state).glob("*.jsonl"):
            assert compact(OwnFile(path))

    @rule(title=titles)
    def a_file_comes_or_goes(self, title):
        if title in self.there:
            (self.folder / f"{title}.md").unlink()
            self.there.remove(title)
        else:
            self.write(title)
        for library in self.libraries:
            library.load()

    @invariant()
    def every_reader_shows_what_was_done(self):
        for library in self.libraries:
            library.follow()
            assert {one.title for one in library.listing(ALL).articles} == self.there
            for article in library.listing(ALL).articles:
                status, title = library.status(article), article.title
                row = library.store.row(article.id)
                assert library.store.marks[row] == bits_of(status)
                shown = {(title, field): getattr(status, field) for field in FIELDS.values()}
                assert shown.items() <= self.model.values.items()
                assert status.position == self.model.lines[title]
                assert not status.passed
            assert +library.tally.kinds == +Tally(library.store).kinds
            assert library.trouble is None

    def teardown(self):
        try:
            fresh = self.opened()
            while step := fresh.undo():
                assert step.label == self.model.done[-1][0]
                self.model.undo()
            assert not self.model.done
        finally:
            self.disk.stop()
            shutil.rmtree(self.place)


class TestOneHalf(Reading.TestCase):
    settings = settings(max_examples=EXAMPLES // 2, stateful_step_count=30)


class TestOtherHalf(Reading.TestCase):
    """At the same time, on the other core."""

    settings = TestOneHalf.settings
