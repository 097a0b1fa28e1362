"""Markdown -> tags and text, by markdown-it-py under bounds of ours."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from reader.body.html import read_html
from reader.body.tags import Tags

MAX_NESTING = 40
"""Two for each list: 20 lists or 40 quotes, beyond which the parser would drop the text."""

MAX_PARAGRAPH = 20_000
"""Characters of a paragraph whose styles and links are looked for."""

MAX_PARAGRAPHS = 20_000
"""How many of them, cells of tables included."""

MAX_CELLS = 20_000
"""With more "|" than this, tables stay text: each cell is as dear as a paragraph."""

MAX_REFERENCES = 2_000
"""With more "]:" than this, reference links stay text: markdown-it-py 3 takes their square."""

MAX_COST = 10_000_000
"""The sum of the squares of the numbers of "[" in each: half a second to pair them."""


class TooDeep(Exception):  # noqa: N818 - it is what the message says
    """The parser dropped text that is nested deeper than it looks."""


class _Markdown(MarkdownIt):
    """A parser that leaves the judgement of addresses to safe_url."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name
        """Accept any address: one that is not safe loses its number, not its text."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's name
        """Leave an address as it is written."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the parser's name
        """Leave the text of an address as it is written."""
        return link


def read_markdown(source: str, tags: Tags) -> None:
    """Tell `tags` what a text holds. Raises TooDeep where the parser would not read it all."""
    tables, references = source.count("|") <= MAX_CELLS, source.count("]:") <= MAX_REFERENCES
    tokens = _parser(tables=tables, references=references).parse(source)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        raise TooDeep
    for token in tokens:
        _read_block(token, tags)


@cache
def _parser(*, tables: bool, references: bool) -> MarkdownIt:
    parser = _Markdown("commonmark", {"maxNesting": MAX_NESTING, "html": True})
    parser.core.ruler.at("inline", _parse_inline)
    parser.enable(["strikethrough", "table"])
    return parser.disable(["table"] * (not tables) + ["reference"] * (not references))


def _parse_inline(state: StateCore) -> None:
    """Parse the words of each block; those that would take too long stay as they are."""
    cost = 0
    inlines = [token for token in state.tokens if token.type == "inline"]
    for number, token in enumerate(inlines):
        text = token.content
        brackets = text.count("[") ** 2
        if len(text) > MAX_PARAGRAPH or number > MAX_PARAGRAPHS or cost + brackets > MAX_COST:
            token.children = [Token("text", "", 0, content=text)]
            continue
        cost += brackets
        token.children = []
        state.md.inline.parse(text, state.md, state.env, token.children)


def _read_block(token: Token, tags: Tags) -> None:
    if token.type == "inline":
        for child in token.children or ():
            _read_inline(child, tags)
        tags.settle()
    elif token.type in ("fence", "code_block"):
        tags.builder.code(token.content)
    elif token.type == "html_block":
        read_html(token.content, tags)
        tags.settle()
    else:
        _read_tag(token, tags)


def _read_inline(token: Token, tags: Tags) -> None:
    if token.type == "text":
        tags.text(token.content)
    elif token.type == "softbreak":
        tags.text(" ")
    elif token.type == "code_inline":
        tags.start("code", {})
        tags.text(token.content)
        tags.end("code")
    elif token.type == "image":
        alt = "".join(child.content for child in token.children or ())
        tags.start("img", {"alt": alt, "src": str(token.attrs.get("src", ""))})
    elif token.type == "html_inline":
        read_html(token.content, tags)
    else:
        _read_tag(token, tags)


def _read_tag(token: Token, tags: Tags) -> None:
    if token.nesting < 0:
        tags.end(token.tag)
    else:
        tags.start(token.tag, {name: str(value) for name, value in token.attrs.items()})
