from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Article, Image, RelatedItem, Urls
from reader.snapshot.codec import decode_copies, decode_head, encode_copies, encode_head
from reader.snapshot.damage import Damaged

words = st.text(max_size=8)
maybe = st.none() | words
figures = st.none() | st.integers(-(10**9), 10**9)
names = st.lists(words, max_size=3).map(tuple)
urls = st.builds(Urls, maybe, maybe, maybe, maybe)
images = st.lists(st.builds(Image, words, figures, figures, maybe), max_size=2).map(tuple)
copies = st.builds(
    RelatedItem, words, maybe, maybe, maybe, urls, maybe, maybe, maybe, figures, images
)
articles = st.builds(
    Article,
    id=st.just("0123456789"),
    key=words,
    path=words,
    file=st.text(st.characters(codec=None), max_size=8) | st.just("caf\udce9.md"),
    title=words,
    library=st.integers(0, 9),
    excerpt=maybe,
    published_at=maybe,
    updated_at=maybe,
    urls=urls,
    provider=maybe,
    domain=maybe,
    authors=names,
    topics=names,
    tags=names,
    type=maybe,
    quality=figures,
    heat=figures,
    picked=st.none() | st.booleans(),
    images=images,
    related=st.lists(copies, max_size=3).map(tuple),
    has_body=st.booleans(),
    hidden=maybe,
    problem=maybe,
)


@given(articles)
def test_an_article_comes_back_from_its_record_whole(article):
    head = decode_head(encode_head(article), article.id, article.library)
    assert replace(head, related=decode_copies(encode_copies(article.related))) == article


@pytest.mark.parametrize("part", [b"", b"[]", b"{}", b"[1,2]", b"\xff", b"[" * 100_000, b"null"])
def test_what_is_no_head_is_damaged(part):
    with pytest.raises(Damaged):
        decode_head(part, "0123456789", 0)


@pytest.mark.parametrize("part", [b"[1]", b"[[]]", b"{", b"\xff", b"[" * 100_000])
def test_what_are_no_copies_is_damaged(part):
    with pytest.raises(Damaged):
        decode_copies(part)
