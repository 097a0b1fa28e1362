import os
from urllib.parse import quote

import pytest
import yaml
from textual import events

from reader.urls import safe_url
from tests.screens import MIDDLE, NARROW, WIDE, browser, reading
from tests.strange import PAYLOADS

MOUSE = {"@mouse.down", "offset"}
"""What Textual's own meta says; ours is that of the scrollbar."""
ACTIONS = {"grab", "scroll_up", "scroll_down"}
FORBIDDEN = {*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
FORBIDDEN |= {*range(0xD800, 0xE000), *range(0xE0000, 0xE0100), 0x2028, 0x2029}


def hostile(payload):
    """Return a folder whose every field holds a payload, with a story and a long text."""
    safe = quote(payload.encode("utf-8", "surrogatepass"))[:300]
    files = {}
    for number in range(3):
        fields = {
            "title": payload,
            "excerpt": payload,
            "type": payload,
            "authors": [payload],
            "originalUrl": f"https://example.com/{number}/{safe}",
            "webUrl": f"https://example.com/{number}/{payload}",
            "ampWebUrl": payload,
            "cdnAmpWebUrl": f"https://{payload}.example.com/",
            "quality": 90 - number,
            "heat": payload,
            "publishedDateTime": payload if number else "2020-10-20T12:00:00Z",
            "provider": {"name": payload, "domain": payload},
            "topics": [payload, "AI"],
            "images": [{"url": payload, "title": payload}],
            "related": [
                {"title": payload, "webUrl": f"https://example.com/{other}/{safe}"}
                for other in range(3)
            ]
            + [{"title": payload, "excerpt": payload, "provider": {"name": payload}}],
        }
        head = yaml.safe_dump(fields, allow_unicode=False)
        body = f"{payload}\n\n# {payload}\n\n[{payload}](https://example.com/{safe})\n\n`{payload}`"
        text = f"---\n{head}---\n\n{body}\n".encode("utf-8", "replace")
        files[f"file-{number}.md"] = text
    topic = yaml.safe_dump({"name": payload, "parent": "AI"}, allow_unicode=False)
    bad = f"---\ntitle: {payload}: {payload}\n---\n".encode("utf-8", "replace")
    return files | {"_data/topics/1.yaml": topic, "bad.md": bad}


def check(reader):
    """Check that nothing on the screen is obeyed by a terminal, and no action is but ours."""
    for strip in reader.strips():
        for segment in strip:
            assert segment.control is None
            assert FORBIDDEN.isdisjoint(map(ord, segment.text)), ascii(segment.text)
            if segment.style is not None:
                assert not segment.style.link
                assert MOUSE.issuperset(segment.style.meta)
                assert segment.style.meta.get("@mouse.down", "grab") in ACTIONS
    assert "\x1b" not in reader.app.clipboard


@pytest.mark.parametrize("name", PAYLOADS)
async def test_no_field_of_a_file_reaches_the_terminal_as_more_than_text(
    tmp_path, monkeypatch, name
):
    opened = browser(tmp_path, monkeypatch)
    size = (125, 24) if name in ("markup", "colour") else NARROW
    async with reading(tmp_path, hostile(PAYLOADS[name][:10_000]), size) as reader:
        views = len(reader.screen.sidebar._lines)
        check(reader)
        for keys in (
            *("j", "space", "j", "enter", "]", "]", "]", "]", "H", "1", "4", "L", "s", "m", "u"),
            *("O", "escape", "y", "escape", "/", "escape", "h", "h", "space", "space"),
            *(["j"] * views),
            *("?", "q", ":", "escape", "g", "escape", "r", "l", "d", "o", "escape"),
        ):
            await reader.press(keys)
            check(reader)
        await reader.resize(*MIDDLE)
        check(reader)
        assert not reader.app._exit
        assert all(url == safe_url(url) for url in opened())


@pytest.mark.parametrize("name", ["colour", "markup", "bidi", "marks", "surrogates"])
async def test_what_is_typed_or_pasted_is_only_text(tmp_path, name):
    async with reading(tmp_path, hostile("harbour"), MIDDLE) as reader:
        for key in ("/", ":"):
            await reader.press(key)
            reader.app._driver.send_message(events.Paste(PAYLOADS[name]))
            await reader.settle()
            check(reader)
            await reader.press("escape", "escape")


async def test_names_that_are_no_text_are_shown_as_far_as_they_can_be(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for number, name in enumerate((b"caf\xe9-\x1b[31m.md", b"new\nline.md", b"\xff\xfe.md")):
        text = f"---\ntitle: {'a: b: c' if number else 'On paper'}\n---\n"
        with open(os.fsencode(folder) + b"/" + name, "w") as file:
            file.write(text)
    async with reading(tmp_path, {}, WIDE) as reader:
        check(reader)
        await reader.press("h", "j", "j", "j", "j", "j", "l", "j", "enter", "O", "escape", "s")
        check(reader)
        assert "1 article" in reader.lines[0]
        assert "2 problems" in reader.lines[0]
