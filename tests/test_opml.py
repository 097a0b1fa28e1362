import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.feeds.subscribed.opml import feeds_of, open_opml, put_feeds, read_opml, write_opml
from reader.feeds.subscribed.xml_tree import MAX_BYTES, XmlError, write_xml
from reader.feeds.values import Feed
from reader.text import clean_line
from reader.urls import canonical, safe_url

NAMES = st.text(max_size=20).map(clean_line).filter(bool)
URLS = (
    st.builds(
        "{}://{}/{}".format,
        st.sampled_from(("http", "https")),
        st.sampled_from(("a.example", "b.example:8080", "www.c.example", "bücher.example")),
        st.text("abé&<>\"'/?=.-%#", max_size=10),
    )
    .map(safe_url)
    .filter(bool)
)
FEEDS = st.lists(
    st.builds(
        Feed,
        url=URLS,
        title=NAMES | st.just(""),
        folder=st.lists(NAMES, max_size=3).map(tuple),
        site=URLS | st.none(),
        paused=st.booleans(),
        full_text=st.booleans(),
        formerly=st.lists(URLS, max_size=2, unique=True).map(tuple),
    ).filter(lambda feed: feed.title != feed.url),
    max_size=8,
    unique_by=lambda feed: canonical(feed.url),
)


def outline(*lines: str) -> bytes:
    body = "\n".join(lines)
    return f'<opml version="1.0"><head/><body>{body}</body></opml>'.encode()


def urls(body: bytes) -> list[str]:
    return [feed.url for feed in read_opml(body).feeds]


@given(FEEDS)
def test_what_is_written_is_read_as_it_was(feeds: list[Feed]) -> None:
    written = write_opml(feeds)
    taken = read_opml(written)
    assert set(taken.feeds) == set(feeds)
    assert (taken.left, taken.notes) == ((), ())
    assert write_opml(taken.feeds) == written


@given(FEEDS, FEEDS)
def test_a_document_has_the_feeds_that_were_put_there_last(
    before: list[Feed], after: list[Feed]
) -> None:
    document = open_opml(write_opml(before))
    put_feeds(document, after)
    assert set(read_opml(write_xml(document)).feeds) == set(after)


@given(st.binary(max_size=200) | st.text('<>/="&;opml body outline xmlUrl!-[]', max_size=80))
@example(b"\xff\xfe<\x00o")
@example(b'<?xml version="1.0" encoding="utf-7"?><opml/>')
@example(b'<?xml version="1.0" encoding="shift_jis"?><opml/>')
@example(b'<?xml version="1.0" encoding="nul\x00"?><opml/>')
@example("<opml><body><outline xmlUrl='http://[' text='&#55296;'/></body></opml>")
def test_any_bytes_are_read_or_refused_with_a_line(body: bytes | str) -> None:
    try:
        read_opml(body if isinstance(body, bytes) else body.encode())
    except XmlError as error:
        assert str(error)


@given(st.data())
def test_a_mutated_file_is_read_or_refused(data: st.DataObject) -> None:
    body = bytearray(write_opml([Feed("https://a.example/f", "A", ("x", "y"), paused=True)]))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        feeds = read_opml(bytes(body)).feeds
    except XmlError:
        return
    for feed in feeds:
        assert safe_url(feed.url) == feed.url
        assert clean_line(feed.title) == feed.title


def test_nested_outlines_are_folders() -> None:
    found = read_opml(
        outline(
            '<outline text="News"><outline title="Local">',
            '<outline text="Paper" xmlUrl="https://a.example/f" htmlUrl="https://a.example"/>',
            "</outline></outline>",
        )
    )
    (feed,) = found.feeds
    assert feed == Feed("https://a.example/f", "Paper", ("News", "Local"), "https://a.example")


def test_a_category_is_a_folder_where_there_is_no_other() -> None:
    found = read_opml(
        outline(
            '<outline xmlUrl="https://a.example/f" category="/News/Local,/Other"/>',
            '<outline text="Here"><outline xmlUrl="https://b.example" category="/x"/></outline>',
        )
    )
    assert [feed.folder for feed in found.feeds] == [("News", "Local"), ("Here",)]


def test_names_of_attributes_may_be_written_in_any_case_and_addresses_carelessly() -> None:
    assert urls(
        outline(
            '<outline XMLURL="https://a.example/?a=1&b=2"/>',
            '<outline xmlurl=" feed://b.example/f "/>',
            '<outline xmlUrl="feed:http://c.example/f"/>',
        )
    ) == ["https://a.example/?a=1&b=2", "https://b.example/f", "http://c.example/f"]


def test_a_title_that_is_the_address_is_none() -> None:
    (feed,) = read_opml(
        outline('<outline text="http://a.example" xmlUrl="http://a.example"/>')
    ).feeds
    assert feed.title == ""


def test_names_are_cleaned() -> None:
    (feed,) = read_opml(
        outline('<outline text="a&#x9b;31m&#x202e;b" xmlUrl="https://a.example"/>')
    ).feeds
    assert feed.title == "a31mb"


def test_commands_files_and_other_lists_are_left_and_told(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    taken = read_opml(
        outline(
            f'<outline xmlUrl="|touch {trap}"/>',
            f'<outline xmlUrl="exec:touch {trap}"/>',
            f'<outline xmlUrl="filter:touch {trap}:https://a.example"/>',
            f'<outline xmlUrl="https://a.example" filtercmd="touch {trap}"/>',
            '<outline xmlUrl="file:///etc/passwd"/>',
            '<outline xmlUrl="javascript:alert(1)"/>',
            '<outline type="include" text="More" url="https://a.example/more.opml"/>',
            '<outline xmlUrl="https://b.example"/>',
        )
    )
    assert [feed.url for feed in taken.feeds] == ["https://b.example"]
    kinds = ["commands"] * 4 + ["files", "addresses", "lists"]
    assert [kind for kind, _ in taken.left] == kinds
    assert not os.path.exists(trap)


def test_a_name_and_a_password_are_not_taken() -> None:
    taken = read_opml(outline('<outline xmlUrl="https://me:secret@a.example/f"/>'))
    assert [feed.url for feed in taken.feeds] == ["https://a.example/f"]
    assert taken.notes == (("logins", "https://a.example/f"),)


def test_a_feed_that_is_named_twice_is_taken_once() -> None:
    taken = read_opml(
        outline('<outline xmlUrl="https://a.example/"/>', '<outline xmlUrl="http://a.example"/>')
    )
    assert [feed.url for feed in taken.feeds] == ["https://a.example/"]
    assert taken.notes == (("twice", "http://a.example"),)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "line 1: no element found"),
        (b"\n\n<opml>\n<body>\n", "line 5: no element found"),
        (b"<html/>", "it is no OPML: its first element is <html>"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><opml/>', "line 1: it declares entities"),
        (b'<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd">%b;]><opml/>', "line 1: it decl"),
        (b"<opml>" + b"<outline>" * 40, "line 1: nested deeper than 32 levels"),
        (b"<opml>" + b"<outline/>" * 50_001, "line 1: more than 50,000 elements"),
        (b" " * (MAX_BYTES + 1), "it is larger than 8 MB"),
        (b'<?xml version="1.0" encoding="big5"?><opml/>', "line 1: its encoding is not known"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(body: bytes, sentence: str) -> None:
    with pytest.raises(XmlError) as caught:
        read_opml(body)
    assert str(caught.value).startswith(sentence)


def test_a_document_type_without_entities_is_no_harm() -> None:
    assert urls(b"<!DOCTYPE opml>\n" + outline('<outline xmlUrl="https://a.example"/>'))


def test_files_in_other_encodings_are_read() -> None:
    text = '<?xml version="1.0" encoding="{}"?><opml><body><outline text="é" xmlUrl="https://a.example"/></body></opml>'
    for encoding in ("utf-16", "iso-8859-1", "windows-1252"):
        (feed,) = read_opml(text.format(encoding).encode(encoding)).feeds
        assert feed.title == "é"


FOREIGN = b"""<?xml version="1.0"?>
<!-- mine -->
<opml version="1.1" xmlns:other="urn:other">
<head><title>My feeds</title><ownerName>Me</ownerName></head>
<body>
<outline text="News" other:open="yes">
<!-- the best -->
<outline text="A" xmlUrl="https://a.example/f" other:colour="red" created="2020"/>
<outline text="B" xmlUrl="https://b.example/f"/>
</outline>
<outline text="note without a feed"/>
<outline text="run" xmlUrl="exec:true"/>
</body></opml>"""


def changed(change: "object") -> str:
    document = open_opml(FOREIGN)
    put_feeds(document, change(list(feeds_of(document).feeds)))  # type: ignore[operator]
    return write_xml(document).decode()


def test_what_else_is_in_a_file_stays_when_a_feed_changes() -> None:
    text = changed(lambda feeds: [replace(feeds[0], title="New", paused=True), feeds[1]])
    for kept in (
        "<!-- mine -->",
        "<!-- the best -->",
        "<ownerName>Me</ownerName>",
        'text="News" other:open="yes"',
        'text="New" xmlUrl="https://a.example/f" other:colour="red" created="2020"',
        'broadsheet:paused="true"',
        'version="1.1"',
        '<outline text="note without a feed" />',
        '<outline text="run" xmlUrl="exec:true" />',
        '<outline text="B" xmlUrl="https://b.example/f" />',
    ):
        assert kept in text


def test_a_feed_that_moves_keeps_its_outline() -> None:
    def move(feeds: list[Feed]) -> list[Feed]:
        new = replace(feeds[0], url="https://new.example/f", formerly=("https://a.example/f",))
        return [replace(new, folder=("Other", "Inner")), feeds[1]]

    text = changed(move)
    assert 'xmlUrl="https://new.example/f" other:colour="red"' in text
    assert read_opml(text.encode()).feeds[-1].folder == ("Other", "Inner")
    assert 'xmlUrl="https://a.example/f"' not in text


def test_a_feed_comes_back_beside_the_one_before_it() -> None:
    def twice(feeds: list[Feed]) -> list[Feed]:
        return [feeds[0], Feed("https://between.example", folder=("News",)), feeds[1]]

    found = read_opml(changed(twice).encode()).feeds
    assert [feed.url[8:9] for feed in found] == ["a", "b", "b"]
    assert found[1].url == "https://between.example"


def test_a_category_goes_when_its_feed_is_filed_elsewhere() -> None:
    document = open_opml(outline('<outline xmlUrl="https://a.example" category="/x"/>'))
    put_feeds(document, [Feed("https://a.example")])
    assert read_opml(write_xml(document)).feeds == (Feed("https://a.example"),)


def test_a_feed_that_is_removed_does_not_take_along_what_is_inside_it() -> None:
    body = outline(
        '<outline text="A" xmlUrl="https://a.example"><outline xmlUrl="https://b.example"/></outline>'
    )
    document = open_opml(body)
    put_feeds(document, read_opml(body).feeds[1:])
    assert urls(write_xml(document)) == ["https://b.example"]


def test_our_options_are_read_whatever_their_prefix() -> None:
    feed = b'<outline xmlUrl="https://a.example" b:paused="true"/>'
    body = b'<opml xmlns:b="urn:broadsheet:feeds"><body>%s</body></opml>' % feed
    document = open_opml(body)
    assert feeds_of(document).feeds[0].paused
    put_feeds(document, [Feed("https://a.example", full_text=True)])
    text = write_xml(document).decode()
    assert 'b:fullText="true"' in text
    assert "paused" not in text
