import random

import pytest

from reader.tui.commands import COMMANDS
from tests.screens import MIDDLE, NARROW, PAPER, browser, reading
from tests.test_hostile_screen import check, hostile

KEYS = sorted({key for one in COMMANDS for key in one.keys.split(",")} - {"q", "escape", "r"})
STRANGE = ("f5", "delete", "backspace", "ctrl+a", "alt+x", "ß", "漢", "%", "insert", "q", "escape")
SIZES = (MIDDLE, NARROW, (40, 12), (11, 4), (130, 24))
FOLDERS = (PAPER, {}, hostile("a [b] \x1b[31m"), PAPER)


async def mash(reader, dice, count):
    """Press random keys, now and then in bursts, and change the size of the terminal."""
    for _ in range(count):
        chance = dice.random()
        if chance < 0.02:
            await reader.resize(*dice.choice(SIZES))
        elif chance < 0.10:
            reader.send(*dice.choices(KEYS, k=5))
        elif chance < 0.14:
            offset = (dice.randrange(11), dice.randrange(4))
            await reader.pilot.click(offset=offset, times=dice.choice((1, 2)))
        else:
            reader.send(dice.choice(KEYS if chance < 0.9 else STRANGE[:-2]))
        if dice.random() < 0.5:
            await reader.settle()
        assert reader.app._exception is None


async def close_sheets(reader):
    """Close what is open: escape is enough for every sheet."""
    await reader.settle()
    for _ in range(10):
        if not reader.sheet:
            return
        await reader.press("escape")
    raise AssertionError(reader.sheet)


@pytest.mark.parametrize("seed", range(4))
async def test_random_keys_never_end_the_program_nor_make_it_deaf(tmp_path, monkeypatch, seed):
    browser(tmp_path, monkeypatch)
    dice = random.Random(seed)
    async with reading(tmp_path, FOLDERS[seed], SIZES[seed], paint=True) as reader:
        monkeypatch.setattr(type(reader.app), "exit", lambda *_, **__: None)
        await mash(reader, dice, 60)
        await close_sheets(reader)
        check(reader)
        await reader.press("?")
        assert reader.sheet == "HelpScreen"
        await reader.press("q")
        assert reader.sheet == ""
        for _ in range(6):
            await reader.press("q")
        screen = reader.screen
        assert (screen.view.title, screen.text, reader.pane) == ("Front page", "", "list")
