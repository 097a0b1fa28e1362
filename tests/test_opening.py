import os

import pytest

from tests.screens import NARROW, PAPER, browser, file, lone, reading

LONG_URL = "https://example.com/" + "/".join(f"part-{number}" for number in range(60))

FORMS = {
    "forms.md": file(
        "forms",
        90,
        webUrl="https://example.com/forms/",
        ampWebUrl="https://example.com/forms/amp",
        cdnAmpWebUrl="https://example-com.cdn.ampproject.org/c/s/example.com/forms/amp",
    )
}


@pytest.fixture
def alone(monkeypatch):
    """Leave no browser on this machine."""
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)


async def test_o_opens_the_original_says_so_and_marks_it_read(tmp_path, monkeypatch):
    opened = browser(tmp_path, monkeypatch)
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("o")
        assert reader.said == "Opened example.com in the browser"
        assert not reader.library.status(reader.screen.article).unread
        await reader.until(opened)
        assert opened() == ["https://example.com/lead"]


async def test_all_related_articles_of_a_page_open_in_the_browser(tmp_path, monkeypatch):
    opened = browser(tmp_path, monkeypatch)
    async with reading(tmp_path, PAPER) as reader:
        for number in "123":
            await reader.press("l", number, "o", "H")
            await reader.until(lambda number=number: len(opened()) == int(number))
        assert opened() == [f"https://example.com/{name}" for name in ("second", "third", "gone")]


async def test_the_chooser_offers_every_form_of_the_address(tmp_path, monkeypatch):
    opened = browser(tmp_path, monkeypatch)
    async with reading(tmp_path, FORMS) as reader:
        await reader.press("O")
        lines = [line for line in reader.lines if line[2:3] in "1234" and line[2:3].strip()]
        assert [line[5:17].strip() for line in lines] == ["original", "web", "AMP", "cached AMP"]
        assert "Open “On forms”" in reader.text
        await reader.press("j", "enter")
        await reader.until(opened)
        await reader.press("O", "3")
        await reader.until(lambda: len(opened()) == 2)
        assert opened() == ["https://example.com/forms/", "https://example.com/forms/amp"]
        await reader.press("O", "9", "q")
        assert reader.sheet == ""
        await reader.press("O", "G", "y")
        assert reader.app.clipboard.startswith("https://example-com.cdn.ampproject.org/")
        assert len(opened()) == 2


async def test_a_click_in_the_chooser_opens_what_was_clicked(tmp_path, monkeypatch):
    opened = browser(tmp_path, monkeypatch)
    async with reading(tmp_path, FORMS) as reader:
        await reader.press("O")
        row = next(at for at, line in enumerate(reader.lines) if "cached AMP" in line)
        await reader.pilot.click(offset=(20, row), times=2)
        await reader.until(opened)
        assert "ampproject" in opened()[0]
        assert reader.sheet == ""


async def test_without_a_browser_the_address_is_shown_whole_and_copied(tmp_path, alone):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("o")
        assert reader.said == "No browser here: address copied  https://example.com/lead"
        assert reader.app.clipboard == "https://example.com/lead"
        assert not reader.library.status(reader.screen.article).unread


async def test_a_long_address_is_shown_on_a_sheet_over_several_lines(tmp_path, alone):
    files = {"a.md": file("a", 50, webUrl=LONG_URL).replace("https://example.com/a", LONG_URL)}
    async with reading(tmp_path, files, NARROW) as reader:
        await reader.press("y")
        assert reader.sheet == "AddressSheet"
        shown = "".join(line.strip() for line in reader.lines)
        assert LONG_URL in shown
        assert reader.app.clipboard == LONG_URL
        await reader.press("j")
        assert (reader.sheet, reader.at) == ("", "a")
        await reader.press("o")
        assert "No browser here: address copied" in reader.text
        await reader.press("q")
        assert reader.sheet == ""
        assert not reader.app._exit


async def test_over_ssh_no_browser_of_the_far_machine_is_started(tmp_path, monkeypatch, alone):
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
    monkeypatch.setenv("DISPLAY", ":0")
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("o")
        assert reader.said.startswith("No browser here: address copied")


async def test_copying_goes_to_the_terminal_by_osc_52(tmp_path, monkeypatch):
    async with reading(tmp_path, PAPER) as reader:
        written = []
        monkeypatch.setattr(reader.app._driver, "write", written.append)
        await reader.press("y")
        codes = [text for text in written if "\x1b]52" in text]
        assert codes == ["\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLmNvbS9sZWFk\a"]
        assert reader.said == "Copied  https://example.com/lead"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://user:pw@example.com/", "--help"]
)
async def test_an_address_that_is_not_safe_is_none(tmp_path, monkeypatch, url):
    opened = browser(tmp_path, monkeypatch)
    files = {"a.md": file("a", 50).replace("https://example.com/a", f'"{url}"')}
    async with reading(tmp_path, files) as reader:
        for key in "oOy":
            await reader.press(key)
            assert reader.said == "The file gives no address that can be opened"
            assert reader.sheet == ""
        assert opened() == []
        assert reader.app.clipboard == ""


async def test_a_browser_that_hangs_does_not_hold_up_the_keys(tmp_path, monkeypatch):
    script = tmp_path / "browser"
    script.write_text("#!/bin/sh\necho noise; echo noise >&2\nexec sleep 3\n")
    os.chmod(script, 0o700)
    monkeypatch.setenv("BROWSER", str(script))
    async with reading(tmp_path, lone(5)) as reader:
        await reader.press("o", "j", "o", "j")
        assert reader.at == "lone-02"
        assert "noise" not in reader.text


async def test_a_browser_that_cannot_be_started_is_none(tmp_path, monkeypatch):
    script = tmp_path / "browser"
    script.write_text("no program\x00")
    os.chmod(script, 0o700)
    monkeypatch.setenv("BROWSER", str(script))
    async with reading(tmp_path, lone(1)) as reader:
        await reader.press("o")
        assert reader.said.startswith("No browser here: address copied")
