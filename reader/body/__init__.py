"""The body of an article as plain blocks, which any renderer can lay out."""

from reader.body.blocks import Block, Body, Kind, Span
from reader.body.excerpt import first_paragraph
from reader.body.parse import looks_like_html, parse_body
from reader.body.plain import plain_text

__all__ = [
    "Block",
    "Body",
    "Kind",
    "Span",
    "first_paragraph",
    "looks_like_html",
    "parse_body",
    "plain_text",
]
