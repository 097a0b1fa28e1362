"""What a feed says, in each of the formats that feeds have."""

import json

import pytest

from reader.feeds.formats.parse import is_page, parse_feed
from reader.feeds.values import Enclosure, Entry, Parsed, parsed_of
from reader.model import Image

URL = "https://site.example/blog/feed.xml"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>Bread &amp;amp; Butter</title><link>https://site.example/blog/</link>
<language>en-us</language>%s</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://site.example/base/">
<title>Brot</title><link href="/"/><link rel="self" href="feed"/>%s</feed>"""

BREAD = "<rss version='2.0'><channel><title>Хлеб</title></channel></rss>"


def _read(text: str | bytes, **facts: str) -> Parsed:
    body = text if isinstance(text, bytes) else text.encode()
    told = parse_feed(body, {"url": URL, **facts})
    assert parsed_of(json.loads(json.dumps(told))) == told
    return told


def _item(inner: str) -> Entry:
    words = "" if "<description>" in inner else "<description>Words.</description>"
    (entry,) = _read(RSS % f"<item>{inner}{words}</item>").entries
    return entry


def _atom(inner: str) -> Entry:
    (entry,) = _read(ATOM % f"<entry>{inner}</entry>").entries
    return entry


def test_rss_2_is_read():
    told = _read(
        RSS
        % """<ttl>90</ttl><item><title>AT&amp;amp;T &amp;#8217;s &lt;b&gt;day&lt;/b&gt;</title>
        <link>/a?x=1&amp;y=2</link>
        <guid isPermaLink="false">tag:1</guid><pubDate>Tue, 20 Oct 2020 15:13:00 +0200</pubDate>
        <description>Short.</description>
        <content:encoded><![CDATA[<p>Long <a href="b">text</a>.</p>]]></content:encoded>
        <dc:creator>Ann Lee</dc:creator><author>bob@site.example (Bob Ray)</author>
        <category>Bread</category><category domain="x">Butter</category><category>Bread</category>
        <source url="https://other.example/feed">The Other</source>
        <enclosure url="https://site.example/a.mp3" type="audio/mpeg" length="1234"/></item>"""
    )
    assert told == Parsed(
        title="Bread & Butter",
        site="https://site.example/blog/",
        ttl=90,
        entries=(
            Entry(
                title="AT&T ’s day",
                url="https://site.example/a?x=1&y=2",
                guid="tag:1",
                published_at="2020-10-20T13:13:00Z",
                excerpt="Short.",
                body="Long [text](https://site.example/b).\n\n- [Audio](https://site.example/a.mp3)",
                source="The Other",
                authors=("Ann Lee", "Bob Ray"),
                categories=("Bread", "Butter"),
                enclosures=(Enclosure("https://site.example/a.mp3", "audio/mpeg", 1234),),
                lang="en-us",
                source_url="https://other.example/feed",
            ),
        ),
    )


def test_atom_1_is_read():
    told = _read(
        ATOM
        % """<entry xml:base="x/">
        <title type="html">A &amp;lt;tag&amp;gt; &lt;i&gt;here&lt;/i&gt;</title>
        <id>urn:1</id><link href="one"/><link rel="amphtml" href="one.amp"/>
        <link rel="enclosure" href="a.ogg" type="audio/ogg" length="9"/>
        <published>2020-10-20T13:13:00Z</published><updated>2020-10-21T00:00:00+02:00</updated>
        <summary>A &lt; B</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>C <b>D</b>
        <img src="p.png" alt="P"/></p></div></content>
        <author><name>Ann</name><email>a@b.example</email></author><author><name>Bob</name></author>
        <category term="t1" label="Label"/><category term="t2"/>
        <source><title>Elsewhere</title></source></entry>"""
    )
    assert (told.title, told.site) == ("Brot", "https://site.example/")
    assert told.entries == (
        Entry(
            title="A <tag> here",
            url="https://site.example/base/x/one",
            guid="urn:1",
            published_at="2020-10-20T13:13:00Z",
            updated_at="2020-10-20T22:00:00Z",
            excerpt="A < B",
            body="C **D** ![P](https://site.example/base/x/p.png)\n\n"
            "- [Audio](https://site.example/base/x/a.ogg)",
            source="Elsewhere",
            authors=("Ann", "Bob"),
            categories=("Label", "t2"),
            enclosures=(Enclosure("https://site.example/base/x/a.ogg", "audio/ogg", 9),),
            lang="de",
            amp="https://site.example/base/x/one.amp",
        ),
    )


RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
TOLD = "<title>T</title><link>https://x.example/1</link>"
CHANNEL = "<channel><title>F</title>"
OLDER = {
    "rss 0.91": f'<rss version="0.91">{CHANNEL}<item>{TOLD}</item></channel></rss>',
    "rss 0.92": f'<rss version="0.92">{CHANNEL}<item>{TOLD}</item></channel></rss>',
    "rss 0.90": f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/">{CHANNEL}</channel>'
    f"<item>{TOLD}</item></rdf:RDF>",
    "rss 1.0": f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/">{CHANNEL}</channel>'
    f'<item rdf:about="https://x.example/1">{TOLD}</item></rdf:RDF>',
    "atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title><entry>'
    '<title>T</title><link rel="alternate" href="https://x.example/1"/></entry></feed>',
}


@pytest.mark.parametrize("text", OLDER.values(), ids=OLDER.keys())
def test_older_formats_are_read(text: str):
    told = _read(text)
    assert told.title == "F"
    assert [(entry.title, entry.url) for entry in told.entries] == [("T", "https://x.example/1")]
    assert told.wrong is None


def test_content_tells_the_format_and_not_the_label():
    told = _read(RSS % "<item><title>T</title></item>", type="text/html", charset="utf-8")
    assert (told.entries[0].title, told.wrong) == ("T", None)
    page = "<!-- x --><!DOCTYPE html><html><head><title>T</title></head><body></body></html>"
    assert _read(page, type="application/rss+xml").wrong == "this is a page, not a feed"
    assert is_page(b"\xef\xbb\xbf\n<HTML lang=en>")
    assert not is_page((RSS % "").encode())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "the answer is empty"),
        (" \n", "the answer is empty"),
        ("not here", "this is not a feed"),
        ("<opml></opml>", "this is not a feed"),
        ("{}", "this is JSON, but not a feed"),
        ("[1]", "this is JSON, but not a feed"),
        ('{\n"items": [', "its JSON is broken, line 2"),
        ("[" * 100_000, "its JSON is broken"),
    ],
)
def test_what_is_no_feed_is_said(text: str, wrong: str):
    told = _read(text)
    assert (told.wrong or "").startswith(wrong)
    assert told.entries == ()


def test_a_broken_feed_gives_what_can_be_had():
    told = _read("<rss version='2.0'><channel>\n<item><title>A & B</title></item>\n<item><title>C")
    assert [entry.title for entry in told.entries] == ["A & B"]
    assert told.wrong is not None
    assert told.wrong.startswith("its XML is not well-formed, line 2: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_encodings_are_known_by_their_declaration(encoding: str):
    name = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{name}'?>{BREAD}"
    for facts in ({}, {"type": "text/plain"}, {"type": "text/xml"}):
        told = _read(text.encode(encoding), **facts)
        assert (told.title, told.wrong) == ("Хлеб", None)


def test_the_charset_of_the_server_counts_where_the_feed_is_silent():
    text = BREAD.encode("koi8-r")
    assert _read(text, type="text/xml", charset="koi8-r").title == "Хлеб"
    for charset in ("undefined", "idna", "\0", "unicode_escape"):
        assert _read(BREAD, charset=charset).title == "Хлеб"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("List&lt;string&gt; and &lt;MSFT.O&gt;", "List<string> and <MSFT.O>"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("<![CDATA[Tom & <em>Jerry</em>]]>", "Tom & Jerry"),
        ("a&#10;b\u200bc \u202e", "a bc"),
        ("1 &lt; 2", "1 < 2"),
        ("", ""),
    ],
)
def test_titles_are_plain_lines_decoded_once(title: str, shown: str):
    assert _item(f"<title>{title}</title>").title == shown


def test_a_text_title_of_atom_is_what_it_says():
    assert _atom("<title>The &lt;b> of &amp;amp;</title>").title == "The <b> of &amp;"


def test_addresses_are_absolute_and_safe():
    assert _item("<link>../c d</link>").url is None
    assert _item("<link>../c</link>").url == "https://site.example/c"
    assert _item("<link>javascript:alert(1)</link>").url is None
    assert _item("<link>file:///etc/passwd</link>").url is None
    assert _item("<guid>https://x.example/1</guid>").url == "https://x.example/1"
    assert (_item("<guid>123</guid>").url, _item("<guid>123</guid>").guid) == (None, "123")
    opaque = _item('<guid isPermaLink="false">https://x.example/1</guid>')
    assert (opaque.url, opaque.guid) == (None, "https://x.example/1")
    assert len(_item(f"<guid isPermaLink='false'>{'x' * 9000}</guid>").guid or "") == 2048


@pytest.mark.parametrize(
    ("times", "published", "updated"),
    [
        ("<pubDate>Tue, 20 Oct 2020 13:13:00 EST</pubDate>", "2020-10-20T18:13:00Z", None),
        ("<pubDate>2020-10-20</pubDate>", "2020-10-20", None),
        ("<pubDate>20 October, 2222 at noon</pubDate>", None, None),
        ("<pubDate>Sun, 20 Oct 2999 13:13:00 GMT</pubDate>", "2999-10-20T13:13:00Z", None),
        ("<pubDate>Mon, 31 Feb 2020 99:13:00 GMT</pubDate>", None, None),
        (
            "<dc:date>2020-10-20T13:13:00+09:00</dc:date>",
            "2020-10-20T04:13:00Z",
            "2020-10-20T04:13:00Z",
        ),
        ("<pubDate/>", None, None),
    ],
)
def test_times_have_one_form_or_are_missing(times: str, published: str | None, updated: str | None):
    entry = _item(times)
    assert (entry.published_at, entry.updated_at) == (published, updated)


def test_an_excerpt_is_cut_at_a_word_and_the_body_is_whole():
    words = "word " * 300
    entry = _item(f"<description>{words}</description>")
    assert entry.excerpt == ("word " * 100).strip()
    assert entry.body == words.strip()


def test_there_is_no_body_that_only_repeats_the_excerpt():
    for text in ("Plain words.", "&lt;p&gt;Plain words.&lt;/p&gt;", "Plain &amp;amp; words."):
        assert _item(f"<description>{text}</description>").body is None
    both = "<description>Same.</description><content:encoded>Same.</content:encoded>"
    assert _item(both).body is None
    marked = _item("<description>&lt;p&gt;Plain &lt;b&gt;words&lt;/b&gt;.&lt;/p&gt;</description>")
    assert (marked.excerpt, marked.body) == ("Plain words.", "Plain **words**.")


def test_a_film_of_a_media_group_is_a_video():
    entry = _atom(
        """<id>yt:video:abc</id>
        <videoId xmlns="http://www.youtube.com/xml/schemas/2015">abc</videoId>
        <title>Film</title><link rel="alternate" href="https://www.youtube.com/watch?v=abc"/>
        <media:group xmlns:media="http://search.yahoo.com/mrss/"><media:title>Film</media:title>
        <media:content url="https://www.youtube.com/v/abc" type="application/x-shockwave-flash"/>
        <media:thumbnail url="https://i.ytimg.example/abc.jpg" width="480" height="360"/>
        <media:description>First line
Second line https://a.example/x_y_z.</media:description></media:group>"""
    )
    assert (entry.type, entry.enclosures) == ("video", ())
    assert entry.images == (Image("https://i.ytimg.example/abc.jpg", 480, 360),)
    assert entry.excerpt == "First line Second line https://a.example/x_y_z."


def test_pictures_and_recordings_are_told_apart():
    entry = _item(
        """<media:content url="https://x.example/p.jpg" medium="image" width="700" height="x"/>
        <media:content url="https://x.example/s.mp3" type="audio/mpeg" fileSize="77"/>
        <enclosure url="https://x.example/q.png" type="image/png" length="0"/>
        <itunes:image href="https://x.example/i.jpg"/>
        <podcast:chapters url="https://x.example/c.json" type="application/json+chapters"/>
        <podcast:transcript url="https://x.example/t.srt" type="application/srt"/>
        <podcast:transcript url="https://x.example/t.vtt" type="text/vtt"/>
        <enclosure url="javascript:x" type="audio/mpeg"/>"""
    )
    assert [image.url[18:] for image in entry.images] == ["p.jpg", "q.png", "i.jpg"]
    assert entry.images[0] == Image("https://x.example/p.jpg", 700, None)
    assert set(entry.enclosures) == {
        Enclosure("https://x.example/s.mp3", "audio/mpeg", 77),
        Enclosure("https://x.example/c.json", "application/json+chapters", None),
        Enclosure("https://x.example/t.srt", "application/srt", None),
        Enclosure("https://x.example/t.vtt", "text/vtt", None),
    }


@pytest.mark.parametrize(
    ("inner", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999</ttl>", 366 * 1440),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 1440),
        ("", None),
    ],
)
def test_how_long_a_feed_wants_to_be_left_alone(inner: str, minutes: int | None):
    assert _read(RSS % inner).ttl == minutes


def test_what_takes_the_parser_minutes_is_cut_before():
    attributes = " ".join(f'a{n}="x"' for n in range(40_000))
    words = "a" * 32_768
    categories = "".join(f"<category>c{n}</category>" for n in range(3_000))
    told = _read(
        " " * 100
        + "\n" * 30_000
        + RSS
        % f"<item><b {attributes}/><author>{words}</author><title>T</title>{categories}</item>"
    )
    assert told.entries[0].title == "T"
    assert len(told.entries[0].authors[0]) == 200
    assert len(told.entries[0].categories) == 30


def test_an_answer_has_at_most_5000_articles_the_first_ones():
    items = "".join(f"<item><title>{n}</title></item>" for n in range(5_010))
    told = _read(RSS % items)
    assert [told.entries[0].title, told.entries[-1].title] == ["0", "4999"]
    assert (len(told.entries), told.wrong) == (5_000, None)


def test_escapes_for_the_terminal_do_not_come_through():
    evil = "&#x9b;2J\u009b\u202e&#8238;"
    told = _read(
        RSS % f"<item><title>T{evil}</title><author>A{evil}</author><category>C{evil}</category>"
        f"<description>D{evil}&lt;p&gt;E{evil}&lt;/p&gt;</description><guid>g{evil}</guid></item>"
    )
    assert not any(char in json.dumps(told, ensure_ascii=False) for char in "\x9b\u202e\x1b")


@pytest.mark.parametrize("encoding", ["", "\0", "utf-8\xff", "x" * 100, "no-such", "undefined"])
def test_a_feed_is_read_whatever_encoding_it_claims(encoding: str):
    declared = f"<?xml version='1.0' encoding='{encoding}'?>".encode("latin-1")
    assert _read(declared + BREAD.encode()).title == "Хлеб"


def test_a_size_that_is_no_number_loses_nothing_else():
    broken = "<image><width><x></width></image><georss:where/><gml:pos>1</gml:pos>"
    assert _read(RSS % f"{broken}<item><title>T</title></item>").entries[0].title == "T"


def test_entities_declared_by_a_feed_do_not_grow():
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    told = _read(
        f'<!DOCTYPE x [<!ENTITY e0 "lol">{bomb}]>' + RSS[39:] % "<item><title>&e9;</title></item>"
    )
    assert len(told.entries[0].title) < 100
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + RSS[39:]
    assert "root" not in str(_read(outside % "<item><title>&f;</title></item>"))
