"""What others do to the files while they are read: it is shown without a key."""

import os
from time import monotonic

from reader.views import STARRED
from tests.samples import front, write
from tests.screens import LONG, reading

SOON = 5
"""Seconds; on a quiet machine it takes less than one."""


def noted(title):
    """Return a file whose article is known by its path, for it has no address."""
    return front(f"title: On {title}", "quality: 50", body=LONG)


async def test_files_that_are_added_renamed_and_removed_by_others_are_shown(tmp_path):
    files = {f"{name}.md": noted(name) for name in ("one", "two", "three")}
    async with reading(tmp_path, files, load=False) as reader:
        await reader.until(lambda: not reader.library.is_reading)
        await reader.open(name="two")
        await reader.press("s", "enter", "space")
        began, page = monotonic(), reader.screen.article_page
        assert (line := page.top) > 0

        os.rename(reader.folder / "two.md", reader.folder / "another.md")
        await reader.until(lambda: reader.screen.article.file == "another.md")
        status = reader.library.status(reader.screen.article)
        assert (reader.at, status.starred, status.read) == ("two", True, True)
        assert (reader.pane, page.top) == ("page", line)

        write(tmp_path, {"four.md": noted("four")})
        os.rename(tmp_path / "four.md", reader.folder / "four.md")
        await reader.until(lambda: "four" in reader.rows)
        assert reader.said == "The folder has changed: 1 added"

        os.remove(reader.folder / "one.md")
        await reader.until(lambda: "one" not in reader.rows)
        assert (reader.at, reader.page, len(reader.rows)) == ("two", "two", 3)
        assert monotonic() - began < 3 * SOON
        reader.screen.change_view(STARRED)
        assert reader.rows == ["two"]
