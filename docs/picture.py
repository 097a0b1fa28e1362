"""Draw docs/broadsheet.svg: the reader on the articles that come with it, at a fixed time.

uv run python docs/picture.py           draw it anew
uv run python docs/picture.py --check   exit with 1 if it is not what the program shows
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ["TZ"] = "UTC"
time.tzset()

from reader.library import Library  # noqa: E402 - the zone must be set before
from reader.tui.app import Broadsheet  # noqa: E402
from reader.tui.render.palette import UNICODE  # noqa: E402
from reader.tui.screens.reader import ReaderScreen  # noqa: E402

PICTURE = Path(__file__).with_name("broadsheet.svg")
NOW = datetime(2020, 10, 28, 20, 0, tzinfo=UTC)
SIZE = (140, 40)
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Fonts from the network: the picture is drawn with the ones at hand."""


async def draw(state: Path) -> str:
    library = Library.default(state, state / "cache", state / "nothing")
    library.load()
    app = Broadsheet(
        lambda: ReaderScreen(library), theme="broadsheet-dark", glyphs=UNICODE, now=lambda: NOW
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("j", "enter", "s", "h", "k")
        await pilot.pause()
        picture = app.export_screenshot(title="broadsheet")
    library.close()
    return FONTS.sub("", picture).replace("Fira Code", "ui-monospace")


def main() -> int:
    with tempfile.TemporaryDirectory() as state:
        picture = asyncio.run(draw(Path(state)))
    if "--check" not in sys.argv:
        PICTURE.write_text(picture, encoding="utf-8")
        return 0
    if PICTURE.read_text(encoding="utf-8") == picture:
        return 0
    print(f"{PICTURE.name} is not what the program shows: run docs/picture.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
