from reader.tui.screens.facts import FactsScreen
from tests.samples import SECRET
from tests.screens import NARROW, reading

FILES = {
    "one.md": "---\ntitle: One\nquality: 9\nodd: {deep: [a, b], none: null}\n"
    f'secured: "{SECRET}"\nlong: "{"words " * 60}"\n'
    "related: [{title: Elsewhere, webUrl: https://example.com/e}]\n---\n",
    "plain.md": "Only words.\n",
    "bad.md": "---\na: b: c\n---\n",
}


async def test_i_shows_all_that_the_file_says_but_what_is_secured(tmp_path):
    async with reading(tmp_path, FILES, NARROW) as reader:
        await reader.press("i")
        await reader.until(lambda: isinstance(reader.app.screen, FactsScreen))
        text = reader.text
        assert "What the file says" in reader.lines[0]
        assert reader.lines[0].rstrip().endswith("one.md")
        assert "odd.deep" in text
        assert "a, b" in text
        assert "secured" not in text
        assert SECRET not in text
        assert max(map(len, reader.lines)) <= 80
        await reader.press("space", "G", "home", "q")
        assert not isinstance(reader.app.screen, FactsScreen)


async def test_where_there_is_nothing_to_show_i_says_why(tmp_path):
    async with reading(tmp_path, FILES) as reader:
        await reader.press("]", "i")
        assert reader.said == "Not in this folder: there is no file to look into"
        await reader.press("H", "j", "i")
        await reader.until(lambda: reader.said == "The file has no front matter")
        await reader.press("g", "g", "h", "j", "l", "G", "i")
        await reader.until(lambda: "a second colon" in reader.said)
