import errno
import time

from reader.library import Library
from reader.tui.screens.following import PATIENCE
from tests.screens import reading
from tests.test_faults import Fault

TWO = {
    "one.md": "---\ntitle: One\noriginalUrl: https://example.com/one\nquality: 9\n---\n",
    "two.md": "---\ntitle: Two\noriginalUrl: https://example.com/two\nquality: 8\n---\n",
}


async def test_marks_of_another_process_come_in_and_keep_the_place(tmp_path):
    async with reading(tmp_path, TWO) as reader:
        await reader.press("j")
        other = Library([reader.folder], tmp_path / "state", tmp_path / "cache")
        other.load()
        one = other.listing(reader.screen.view).article(0)
        other.mark_read([one])
        other.star(one, starred=True)
        reader.screen._follow()
        assert reader.library.status(reader.screen.rows.article(0)).starred
        assert reader.screen.list.cursor == 1
        other.close()


async def test_a_disk_that_refuses_is_told_until_it_takes_the_marks(tmp_path, monkeypatch):
    async with reading(tmp_path, TWO) as reader:
        with monkeypatch.context() as patch:
            Fault(patch, tmp_path / "state", "write", errno.ENOSPC)
            Fault(patch, tmp_path / "state", "open", errno.ENOSPC)
            await reader.press("s", "m")
            reader.screen._follow()
            assert reader.said.startswith("Disk full: 2 marks kept in memory, next try in 30 s")
            await reader.press("j")
            reader.screen._follow()
            assert reader.said.startswith("Disk full: 2 marks kept in memory")
            reader.screen._face_trouble(time.monotonic() + PATIENCE)
            assert "next try in 30 s" in reader.said
        reader.screen._face_trouble(time.monotonic() + 2 * PATIENCE + 1)
        assert reader.said == "All marks are written"
        again = Library([reader.folder], tmp_path / "state", tmp_path / "cache")
        again.load()
        one = again.listing(reader.screen.view).article(0)
        assert (again.status(one).starred, again.status(one).read) == (True, True)
        again.close()
