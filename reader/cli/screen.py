"""Starting the screen: the folders are read while the interface is still being imported."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from reader.cli.output import complain
from reader.cli.terminal import Background, has_colours, has_unicode
from reader.folders import NoFolder
from reader.library import Library

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.tui.app import Broadsheet

PAINTS = "240"
"""The most paints in a second. Nothing moves by itself, so it is only how soon one may follow."""

STARTED = 2.0
"""Seconds after which the start is over."""

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def start(open_library: Callable[[tuple[Path, ...]], Library], paths: tuple[Path, ...]) -> int:
    """Open the reader on a terminal. Returns the exit status: after a signal 128 and its number."""
    os.environ.setdefault("TEXTUAL_FPS", PAINTS)
    gc.disable()  # nothing that is made while starting is garbage
    for number in ENDING:
        signal.signal(number, _end)
    if not sys.stderr.isatty():  # Textual draws there
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    opened: list[Library] = []

    def open_and_read(paths: tuple[Path, ...]) -> Library:
        opened.append(open_library(paths))
        if not opened[-1].open_cache():
            opened[-1].start_reading()
        return opened[-1]

    try:
        missing = None
        try:
            open_and_read(paths)
        except NoFolder as error:
            missing = error
        with Background() as background:
            app = _application(open_and_read, opened, missing, background)
        return asyncio.run(_run(app))
    finally:
        for library in opened:
            if lost := library.close():
                complain(lost)


def _application(
    open_and_read: Callable[[tuple[Path, ...]], Library],
    opened: list[Library],
    missing: NoFolder | None,
    background: Background,
) -> "Broadsheet":
    from reader.tui.app import Broadsheet
    from reader.tui.render.palette import ASCII, UNICODE
    from reader.tui.screens.reader import ReaderScreen

    def first() -> "Screen[None]":
        if missing is None:
            return ReaderScreen(opened[0])
        from reader.tui.screens.missing import MissingScreen

        return MissingScreen(missing, open_and_read)

    light = background.is_light()
    return Broadsheet(
        first,
        theme=_theme(light=light),
        glyphs=UNICODE if has_unicode(os.environ) else ASCII,
    )


def _theme(*, light: bool) -> str:
    if not has_colours(os.environ):
        return "broadsheet-terminal"
    return "broadsheet-light" if light else "broadsheet-dark"


async def _run(app: "Broadsheet") -> int:
    """Run the application; the signals that end it leave the terminal as it was."""
    loop = asyncio.get_running_loop()
    for number in ENDING:
        loop.add_signal_handler(number, app.leave, 128 + number)
    loop.call_later(STARTED, _collect_garbage)
    await app.run_async()
    return app.return_code or 0


def _collect_garbage() -> None:
    """Collect garbage from now on, but never look through what the start has made."""
    gc.freeze()
    gc.enable()


def _end(number: int, _: object) -> NoReturn:
    """End before there is a screen to leave."""
    raise SystemExit(128 + number)
