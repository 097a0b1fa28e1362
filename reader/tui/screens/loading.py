"""Loading: what the keeper reads and sees change comes in, and is shown where it belongs."""

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.worker import Worker, get_current_worker

from reader.snapshot.damage import Damaged
from reader.store import Store
from reader.tui.screens.desk import Desk
from reader.urls import article_id

if TYPE_CHECKING:
    from reader.snapshot.publication import Publication

AFTER = 0.3
"""Seconds until the folder is looked at, where the cache had something to show."""

PATIENCE = 0.15
"""Seconds that the first picture waits for the first articles."""


class Loading(Desk):
    """Takes articles in while they are read, and what others do to the files later on."""

    class Published(Message):
        """The keeper has something new; told from its own thread."""

        def can_replace(self, message: Message) -> bool:
            """One look takes all that came."""
            return isinstance(message, Loading.Published)

    _news: tuple["Publication", ...] = ()
    """What was published and is not shown yet."""

    _has_begun = False
    _asked = False
    """Whether somebody waits for the answer."""

    def start_loading(self) -> None:
        """Show what the cache has, and look at the folder after that; or what is read by now."""
        self.library.told = lambda: self.post_message(self.Published())
        if self.library.is_open:
            self._has_begun = self.library.store.index.tables.complete
            self.begin()
            self.set_timer(AFTER, self.library.start_reading)
        else:
            self._take(PATIENCE)

    def action_rescan(self) -> None:
        """Look at all files again; what is shown stays until that is done."""
        if self.library.is_reading:
            self.say("Still reading the folder")
            return
        self._asked = True
        self.say("Reading the folder again")
        self.library.start_reading()

    def on_loading_published(self, event: Published) -> None:
        """Take in what came."""
        event.stop()
        self._take()

    def _take(self, wait: float = 0.0) -> None:
        came = self.library.take_what_came(wait)
        if came:
            self._news += tuple(came)
            self.masthead.progress = self.library.progress
            self._take_in(came[-1])
        if self.library.broken_off:
            self.show_state()
            self._tell(())

    def _take_in(self, publication: "Publication") -> None:
        if self._has_begun and self.library.is_shown(publication):
            self.library.store.search_anew()
            self._tell(self._news)
            self._news = ()
        elif self._has_begun:
            self._prepare(publication)
        else:
            with suppress(Damaged):  # there is another one by now
                self._show(self.library.prepare(publication))

    @work(thread=True, exclusive=True, group="publication")
    def _prepare(self, publication: "Publication") -> None:
        try:
            store = self.library.prepare(publication)
        except Damaged as error:
            self.log(str(error))  # another one is on its way, or was shown already
        else:
            worker = get_current_worker()
            if self.text:
                self._search_in(store, worker)
            self.app.call_from_thread(self._show_last, worker, store)

    def _search_in(self, store: Store, worker: Worker[None]) -> None:
        """Find what the list's filter looks for, so that the list need not wait for it."""
        from reader.filters import FilterError
        from reader.snapshot.searching import Superseded

        with suppress(FilterError, Superseded):
            self.library.search(self.text, lambda: worker.is_cancelled, self.view, store)

    def _show_last(self, worker: Worker[None], store: Store) -> None:
        """Show what was prepared, unless something newer is being prepared by now."""
        if not worker.is_cancelled:
            self._show(store)

    def _show(self, store: Store) -> None:
        """Show what was published, with the cursor, the page and all else where they were."""
        news, self._news = self._news, ()
        renamed = [one for publication in news for one in publication.renamed]
        self.keep_position()  # it is carried along, too
        self.library.carry(renamed)
        self.library.show(store)
        is_first = not self._has_begun
        if is_first and store.index.tables.complete:
            self._has_begun = True
            self.begin()
        else:
            self.reload({article_id(one.before): article_id(one.now) for one in renamed})
        self._tell(news, is_first=is_first)

    def _tell(self, news: tuple["Publication", ...], *, is_first: bool = False) -> None:
        """Say what has changed since the first reading, and what the user has to know."""
        names = ("added", "changed", "removed")
        sums = {name: sum(getattr(one, name) for one in news) for name in names}
        changes = ", ".join(f"{count:,} {name}" for name, count in sums.items() if count)
        if broken_off := self.library.broken_off:
            self.say(broken_off, "r", "reads it again", failed=True)
        elif notes := [one.note for one in news if one.note]:
            self.say(notes[-1], failed=True)
        elif self._asked and not self.library.is_reading:
            self._asked = False
            self.say(f"Read again: {changes or 'nothing new'}")
        elif changes and self.tells_changes and not (is_first or self.library.is_reading):
            self.say(f"The folder has changed: {changes}")

    @property
    def tells_changes(self) -> bool:
        """Whether changes of the folder are worth a word."""
        return True

    def begin(self) -> None:
        """All is read for the first time."""
        self.reload()
