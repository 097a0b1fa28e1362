"""The reader on a screen for the tests: a small newspaper in a folder, its keys and its lines."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from textual import events
from textual._context import visible_screen_stack
from textual.keys import _character_to_key
from textual.screen import Screen

from reader.library import Library
from reader.tui.app import Broadsheet
from reader.tui.render.palette import UNICODE
from reader.tui.screens import loading
from reader.tui.screens.reader import ReaderScreen
from tests.samples import front, write

NOW = datetime(2020, 10, 28, 20, tzinfo=UTC)
WIDE, MIDDLE, NARROW = (160, 50), (100, 30), (80, 24)
PATIENCE = 20
NEVER = 1_000_000


def file(name, quality, *related, topic="Harbour", provider="Example Wire", body="", **fields):
    """Return the text of an article file; `related` are names of other files or of copies."""
    fields = {"heat": quality + 1, "published": "false"} | fields
    return front(
        f"title: On {name}",
        f"originalUrl: https://example.com/{name}",
        f"quality: {quality}",
        f"publishedDateTime: 2020-10-{10 + quality % 15:02}T12:00:00Z",
        f"provider: {{name: {provider}}}",
        f"topics: [{topic}]",
        f"excerpt: All that is known on {name}.",
        *(f"{key}: {value}" for key, value in fields.items()),
        "related:" if related else "related: []",
        *(f"  - {{title: On {one}, webUrl: 'https://example.com/{one}'}}" for one in related),
        body=body,
    )


def lone(count, first=50):
    """Return files of articles that nothing is related to, of falling quality."""
    return {
        f"lone-{number:02}.md": file(
            f"lone-{number:02}", first - number, topic="Tides", provider="Example Post"
        )
        for number in range(count)
    }


LONG = "\n\n".join(f"Paragraph {number} of a long text about cranes." for number in range(60))

STORY = {
    "lead.md": file("lead", 90, "second", "third", "gone", published="true"),
    "second.md": file("second", 80, "lead", "third", heat=-1, provider="Example Post"),
    "third.md": file("third", 70, "lead", "second", heat=-1, provider="Example Times"),
}

CHAIN = {
    f"way-{number}.md": file(f"way-{number}", 60 - number, f"way-{number + 1}", topic=topic)
    for number, topic in enumerate(("Cranes", "Ships", "Cranes", "Tides", "Ships", "Cranes"))
}

TOPICS = {
    "_data/topics/1.yaml": "name: Sea",
    "_data/topics/2.yaml": "name: Ships\nparent: Sea",
    "_data/topics/3.yaml": "name: Tides\nparent: Sea",
    "_data/topics/4.yaml": "name: Land",
    "_data/topics/5.yaml": "name: Cranes\nparent: Land",
    "_data/topics/6.yaml": "name: Harbour\nparent: Land",
}

PAPER = STORY | CHAIN | TOPICS | lone(20) | {
    "long.md": file("long", 55, "lead", body=LONG + "\n\n[A chart](https://example.com/chart)\n"),
    "bad.md": "---\na: b: c\n---\n",
}  # fmt: skip
"""A story of three, a way of six articles, twenty lone ones, a long text, and a broken file."""


class Reader:
    """The reader while it runs: what is on the screen, and the keys."""

    def __init__(self, app, pilot, library, folder):
        self.app, self.pilot, self.library, self.folder = app, pilot, library, folder

    @property
    def screen(self) -> ReaderScreen:
        """The main screen, also below a sheet."""
        return next(one for one in self.app.screen_stack if isinstance(one, ReaderScreen))

    @property
    def sheet(self) -> str:
        """The name of the sheet that is open, empty without one."""
        return "" if self.app.screen is self.screen else type(self.app.screen).__name__

    @property
    def sheet_is_open(self) -> bool:
        """Whether something lies above the first screen."""
        return len(self.app.screen_stack) > 1

    @property
    def lines(self) -> list[str]:
        """The text of the terminal, line by line."""
        return [strip.text.rstrip() for strip in self.strips()]

    @property
    def text(self) -> str:
        """The text of the terminal."""
        return "\n".join(self.lines)

    def strips(self):
        """Return what is drawn, as Textual hands it to the terminal."""
        screen = self.app.screen
        if self.sheet_is_open:
            screen._styles_cache.clear()
            visible_screen_stack.set(self.app._background_screens)
            screen._render_content()
        return screen._compositor.render_strips()

    @property
    def rows(self) -> list[str]:
        """The names of the articles in the list, without the `On` before them."""
        rows = self.screen.rows
        return [rows.article(row).title.removeprefix("On ") for row in range(len(rows))]

    @property
    def at(self) -> str:
        """The name of the article that the cursor of the list stands on."""
        return self.rows[self.screen.list.cursor] if self.rows else ""

    @property
    def page(self) -> str:
        """The name of the article in the pane."""
        page = self.screen.page
        return page.title.removeprefix("On ") if page else ""

    @property
    def pane(self) -> str:
        """The pane that has the keys."""
        return getattr(self.screen.focused, "id", None) or ""

    @property
    def said(self) -> str:
        """What the status line tells, with the key that helps."""
        notice = self.screen.status_line.notice
        return " ".join(filter(None, (notice.text, notice.key, notice.does))) if notice else ""

    @property
    def place(self) -> tuple[object, ...]:
        """All that makes a place: coming back to it must bring all of it back."""
        screen = self.screen
        tops = screen.list.scroll_offset.y, screen.article_page.top
        state = screen.view.title, screen.order, screen.text, self.at, self.page
        return (*state, *tops, screen.rows.unfolded, screen.crumbs)

    async def press(self, *keys) -> None:
        """Press keys one after another, and let what each does be done."""
        for key in keys:
            self.send(key)
            await self.settle()

    def send(self, *keys) -> None:
        """Send keys in a burst, as a terminal sends what is typed ahead."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            character = " " if key == "space" else key if len(key) == 1 else None
            event = events.Key(name, character)
            event.set_sender(self.app)
            self.app._driver.send_message(event)

    async def settle(self) -> None:
        """Let every message be handled, and what it changed be laid out and drawn."""
        await settle(self.pilot)

    async def type(self, text) -> None:
        """Type a text."""
        await self.press(*("space" if character == " " else character for character in text))

    async def until(self, condition) -> None:
        """Wait until something is so; it must be within some seconds."""
        await until(condition, self.settle)
        await self.settle()

    async def resize(self, width, height) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def wheel(self, widget, ticks) -> None:
        """Turn the mouse wheel over a widget, downwards for a positive number."""
        event = events.MouseScrollDown if ticks > 0 else events.MouseScrollUp
        for _ in range(abs(ticks)):
            await self.pilot._post_mouse_events([event], widget, offset=(5, 5), button=0)
        await self.settle()

    async def open(self, *, name) -> None:
        """Put the cursor on an article of the list."""
        self.screen.list.move_to(self.rows.index(name))
        await self.settle()


@asynccontextmanager
async def reading(
    tmp_path: Path, files: dict[str, str | bytes], size: tuple[int, int] = WIDE, **how: object
) -> AsyncIterator[Reader]:
    """Open a folder with these files on a screen, read to the end before it is drawn."""
    folder = write(tmp_path / "news", files)
    folder.mkdir(exist_ok=True)
    library = Library([folder], tmp_path / "state", tmp_path / "cache")
    is_read = how.pop("load", True)
    if is_read:
        library.load()
    else:
        library.start_reading()
    later = NEVER if is_read else loading.AFTER
    with patch.object(loading, "AFTER", later):  # what was read just now is not compared again
        async with running(lambda: ReaderScreen(library), size, **how) as (app, pilot):
            yield Reader(app, pilot, library, folder)
    library.close()


@asynccontextmanager
async def running(first, size=WIDE, *, theme="broadsheet-dark", glyphs=UNICODE, paint=False):
    """Run the application with a first screen; yield it and what presses its keys.

    Without `paint` lines are drawn when a test looks at them, and not after every key.
    """
    app = Broadsheet(first, theme=theme, glyphs=glyphs, now=lambda: NOW)
    with nullcontext() if paint else patch.object(Screen, "_compositor_refresh", _draw_later):
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield app, pilot


def _draw_later(screen: Screen[object]) -> None:
    screen._compositor._dirty_regions.clear()


async def settle(pilot) -> None:
    """Let every message be handled, and what it changed be laid out and drawn."""
    app, drawn = pilot.app, 0
    async with asyncio.timeout(PATIENCE):
        while drawn < 3 and not app._exit:
            await asyncio.sleep(0)
            if _is_busy(app) or any(map(_is_busy, app.screen.walk_children(with_self=True))):
                continue
            if all(worker.is_finished for worker in app.workers):
                drawn += 1
                for screen in app.screen_stack:
                    screen._on_timer_update()
            else:
                await asyncio.sleep(0.001)


def _is_busy(node) -> bool:
    """Whether a node has a message, or is at work on one: it waits for none then."""
    ready = node._message_queue.ready_event
    return bool(node._running or node._task) and (ready.is_set() or not ready._waiters)


async def until(
    condition: Callable[[], object], pause: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Wait until something is so; it must be within some seconds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await (pause() if pause else asyncio.sleep(0.01))
            await asyncio.sleep(0.005)


def browser(tmp_path: Path, monkeypatch) -> Callable[[], list[str]]:
    """Let a script be the browser; return what tells the addresses that it was given."""
    record, script = tmp_path / "opened", tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{record}"\n')
    os.chmod(script, 0o700)
    monkeypatch.setenv("BROWSER", str(script))
    return lambda: record.read_text().splitlines() if record.exists() else []
