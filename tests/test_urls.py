import hashlib
import os
import random
import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import urls as module
from reader.urls import article_id, canonical, host, key_number, safe_url, short

ADDRESSES = int(os.environ.get("URL_ADDRESSES", "30000"))
SAMPLE = "https://www.geekwire.com/2020/microsoft-azure/"

SCHEMES = [
    "http://",
    "https://",
    "HTTPS://",
    "https://",
    "//",
    "",
    "ftp://",
    "javascript:",
    "file:///",
]
SCHEMES += ["http:", "http:/", "https:///", "data:text/html,", "-", " https://", "\u2028http://"]
HOSTS = [
    "example.com",
    "www.Example.COM",
    "münchen.de",
    "xn--mnchen-3ya.de",
    "a.b.c.d.e",
    "localhost",
]
HOSTS += [
    "1.2.3.4",
    "256.1.1.1",
    "[::1]",
    "[fe80::1%25eth0]",
    "[::ffff:1.2.3.4]",
    "[",
    "a..b",
    ".a",
    "",
]
HOSTS += [
    "-a.com",
    "a_b.com",
    "例え.jp",
    "ａ／ｂ.com",
    "℀.com",
    "straße.de",
    "user@x.org",
    "a:b@x.org",
]
HOSTS += [
    "x.org\\@evil.org",
    "0x7f.1",
    "2130706433",
    "x" * 64 + ".com",
    "☃.net",
    "\ud800.com",
    "a%2eb.c",
]
PORTS = [
    "",
    "",
    "",
    ":",
    ":80",
    ":443",
    ":8080",
    ":0",
    ":65536",
    ":99999999999",
    ":-1",
    ":x",
    ":٣",
    ":007",
]
PATHS = [
    "",
    "/",
    "/a/b.html",
    "/@user/x",
    "/é",
    "/a b",
    "/a\tb",
    "/%C3%A9",
    "/100%",
    "/a\\b",
    "/..",
    "//x",
]
PATHS += [
    "/日本語",
    "/\u202e",
    "/\ud800",
    "/\x00",
    "/a\u2028",
    "/\xa0",
    "/'\"<>`{}|^",
    "/[x]",
    "/" + "y" * 2000,
]
QUERIES = [
    "",
    "",
    "?",
    "?a=1&b=2",
    "?utm_source=x",
    "?q=é",
    "?u=http://a:b@c/",
    "?a[]=1",
    "?a=b c",
    "?/",
]
FRAGMENTS = ["", "", "#", "#top", "#é", "#a#b", "#\x1b[2J", "#a b"]
TAILS = ["", "", "", " ", "\n", "\u2028", "\u200b", "\x7f", "\ufeff "]
PARTS = (SCHEMES, HOSTS, PORTS, PATHS, QUERIES, FRAGMENTS, TAILS)


GOOD = (
    ["http://", "https://"],
    ["example.com", "www.geekwire.com", "a-b.c_d.co.uk", "www.com", "WWW.x.Org"],
    ["", "", ":8080", ":443"],
    ["", "/", "/2020/10/a-b_c~d.html", "/@user/x/", "/100%", "/%C3%A9//"],
    ["", "?", "?a=1&utm_source=x&b=2", "?gclid=1", "?u=https://www.x.org/"],
    ["", "", "#top", "#/?a"],
    [""],
)


def _generated(seed: int, count: int) -> list[str]:
    """Addresses of which about half are good and the others have a nasty part or several."""
    chosen = random.Random(seed)
    both = list(zip(GOOD, PARTS, strict=True))
    return [
        "".join([chosen.choice(good if chosen.random() < 0.9 else nasty) for good, nasty in both])
        for _ in range(count)
    ]


def _assert_safe(url: str) -> None:
    assert re.fullmatch(r"https?://[!#-\[\]_a-z~]+", url), ascii(url)
    assert len(url) <= 2048
    parts = urlsplit(url)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert parts.port is None or 0 < parts.port < 65536
    assert "@" not in parts.netloc
    assert safe_url(url) == url
    assert module._safe_url(url) == url


def test_whatever_comes_out_of_generated_addresses_is_safe() -> None:
    passed = [url for raw in _generated(1, ADDRESSES) if (url := safe_url(raw))]
    for url in set(passed):
        _assert_safe(url)
    assert ADDRESSES / 10 < len(passed) < ADDRESSES * 0.9


@given(st.text() | st.text().map("https://".__add__) | st.text().map("https://x.org/".__add__))
def test_no_text_at_all_makes_it_fail(raw: str) -> None:
    if url := safe_url(raw):
        _assert_safe(url)
    assert isinstance(canonical(raw) + short(raw) + str(host(raw)) + article_id(raw), str)


def test_no_code_point_slips_through() -> None:
    for code in [*range(0x3100), *range(0xD7F0, 0xE010), *range(0xFE00, 0x10000), 0x1F600, 0xE0041]:
        for raw in (f"http://x.org/a{chr(code)}b", f"http://x{chr(code)}x.org/"):
            if url := safe_url(raw):
                _assert_safe(url)


def test_the_fast_way_passes_only_what_the_slow_way_leaves_alone() -> None:
    raws = [raw for raw in _generated(2, 30_000) if module._ORDINARY.fullmatch(raw)]
    assert len(raws) > 500
    for raw in raws:
        assert safe_url(raw) == module._safe_url(raw), raw


@pytest.mark.parametrize(
    "url",
    [
        SAMPLE,
        "http://example.com",
        "https://medium.com/@user/a-story?source=rss----1:2",
        "https://example.com:8443/a%20b/%C3%A9?q=a+b&c[]=1#part",
        "https://en.wikipedia.org/wiki/C++_(language)",
        "https://www-geekwire-com.cdn.ampproject.org/c/s/www.geekwire.com/2020/x/amp/",
        "http://localhost:8000/",
        "http://192.168.1.1/feed",
        "http://[::1]:8080/",
        "https://a_b.example.com/",
        "https://foo-.tumblr.com/",
        "https://xn--mnchen-3ya.de/",
        "https://a.b.c.d.e.f.example.com/100%",
    ],
)
def test_a_good_address_is_not_touched(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("  https://x.org/a \r\n", "https://x.org/a"),
        ("https://x.org/a\u2028", "https://x.org/a"),
        ("\ufeffhttps://x.org/a\u200b", "https://x.org/a"),
        ("HTTPS://WWW.Example.ORG/Path", "https://www.example.org/Path"),
        ("https://x.org/é?q=日#ü", "https://x.org/%C3%A9?q=%E6%97%A5#%C3%BC"),
        ("https://x.org/%c3%a9/é", "https://x.org/%c3%a9/%C3%A9"),
        ("https://x.org/\u202egpj", "https://x.org/%E2%80%AEgpj"),
        ("https://x.org/'\"<>`{}|^", "https://x.org/'%22%3C%3E%60%7B%7D%7C%5E"),
        ("https://München.de/", "https://xn--mnchen-3ya.de/"),
        ("https://例え.jp", "https://xn--r8jz45g.jp"),
        ("http://☃.net/", "http://xn--n3h.net/"),
        ("https://ｅｘａｍｐｌｅ。com/", "https://example.com/"),
        ("https://x.org:/", "https://x.org/"),
        ("https://x.org:0080/", "https://x.org:80/"),
        ("http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"),
    ],
)
def test_an_address_is_brought_into_ascii(raw: str, url: str) -> None:
    assert safe_url(raw) == url
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "raw",
    [
        *(
            None,
            "",
            " ",
            "x",
            "/path",
            "../a",
            "//x.org/a",
            "www.x.org",
            "?a",
            "#a",
            "http",
            "http:",
        ),
        *(
            "http://",
            "https:///a",
            "http:x.org",
            "http:/x.org",
            "https://?a",
            "https://#a",
            "https:// /",
        ),
        *(
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ftp://x.org",
            "smb://x",
        ),
        *(
            "--flag",
            "-https://x.org",
            "ssh://-oProxyCommand=x",
            "|http://x.org",
            "view-source:http://x",
        ),
        *("https://u@x.org", "https://u:p@x.org/", "https://@x.org", "https://x.org:80@evil.org/"),
        *("https://x.org\\@evil.org", "https://x.org/a\\b", "https:\\\\x.org", "https://x.org\\"),
        *("https://x.org/a b", "https://x.org/a\tb", "https://x.org/a\nb", "https://x.org/\xa0b"),
        *(
            "https://x.org/\x00",
            "https://x.org/\x1b[2J",
            "https://x.org/\x7fb",
            "https://x.org/\x9bb",
        ),
        *("https://x.org/a\u2028b", "https://x.org/\x85b", "ht\ntps://x.org", "https://x.o\trg"),
        *(
            "https://x.org/\ud800",
            "https://\udfff.org/",
            "https://x..org",
            "https://.x.org",
            "https://x.",
        ),
        *(
            "https://-x.org",
            "https://a.-x.org",
            "https://x,y.org",
            "https://x%2eorg",
            "https://x;y",
            "https://*",
        ),
        *(
            "https://x.org:0/",
            "https://x.org:65536/",
            "https://x.org:a/",
            "https://x.org:٣/",
            "https://x:-1",
        ),
        *(
            "http://[::1",
            "http://::1/",
            "http://[]/",
            "http://[::1%25lo]/",
            "http://[1.2.3.4]/",
            "http://[::1]a/",
        ),
        *(
            "http://2130706433/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://1.2.3.256/",
            "http://1.2.3.04/",
        ),
        *("https://ａ／ｂ.com", "https://℀.com", "https://straße.de", "https://a\u200db.com"),
        *(
            "https://" + "x" * 64 + ".org",
            "https://" + "x." * 130 + "org",
            "https://x.org/" + "y" * 2048,
        ),
        "https://x.org/" + "é" * 400,
    ],
)
def test_anything_else_is_refused(raw: str | None) -> None:
    assert safe_url(raw) is None


def test_the_longest_address_has_2048_characters() -> None:
    longest = "https://x.org/".ljust(2048, "a")
    assert safe_url(longest) == longest
    assert safe_url(longest + "a") is None


@pytest.mark.parametrize(
    ("url", "key"),
    [
        (SAMPLE, "geekwire.com/2020/microsoft-azure"),
        ("http://geekwire.com/2020/microsoft-azure", "geekwire.com/2020/microsoft-azure"),
        ("HTTPS://WWW.GeekWire.com/2020/Microsoft-Azure/", "geekwire.com/2020/Microsoft-Azure"),
        ("https://x.org/", "x.org"),
        ("https://x.org", "x.org"),
        ("https://x.org/a//", "x.org/a"),
        ("https://x.org/a/?utm_source=b&UTM_medium=c", "x.org/a"),
        ("https://x.org/a/?id=1&utm_source=b&fbclid=c&gclid=d&p=2#top", "x.org/a?id=1&p=2"),
        ("https://x.org/?fbclid=abc", "x.org"),
        ("https://x.org/?fbclid", "x.org"),
        ("https://x.org/?fbclids=1&my_utm_a=2", "x.org?fbclids=1&my_utm_a=2"),
        ("https://x.org/a?", "x.org/a"),
        ("https://x.org/a#b?c/", "x.org/a"),
        ("https://x.org/a?u=b/", "x.org/a?u=b/"),
        ("https://www.youtube.com/watch?v=aB_c", "youtube.com/watch?v=aB_c"),
        ("http://x.org:80/a", "x.org/a"),
        ("https://x.org:443/a", "x.org/a"),
        ("https://x.org:80/a", "x.org:80/a"),
        ("https://x.org:8443/a", "x.org:8443/a"),
        (
            "https://web.archive.org/web/2020/https://www.x.org/",
            "web.archive.org/web/2020/https://www.x.org",
        ),
        ("https://www.com/", "www.com"),
        ("https://www2.x.org/", "www2.x.org"),
        ("geekwire.com/a/", "geekwire.com/a"),
        ("", ""),
    ],
)
def test_an_address_is_known_by_its_canonical_form(url: str, key: str) -> None:
    assert canonical(url) == key
    assert canonical(key) == key


def test_the_fast_way_to_the_key_equals_the_slow_one() -> None:
    for raw in _generated(3, 30_000):
        for url in (raw, safe_url(raw) or ""):
            assert canonical(url) == module._canonical(url), ascii(url)


def test_the_key_of_a_safe_address_is_its_own_key() -> None:
    for raw in _generated(4, 30_000):
        if url := safe_url(raw):
            assert canonical(canonical(url)) == canonical(url), url


def test_an_id_is_ten_digits_of_the_sha_256_of_the_key() -> None:
    key = canonical(SAMPLE)
    assert article_id(key) == hashlib.sha256(b"geekwire.com/2020/microsoft-azure").hexdigest()[:10]
    assert article_id("_news/caf\udce9.md") != article_id("_news/caf.md")


def test_the_number_of_a_key_begins_as_its_id_does():
    for key in ("", "zdnet.com/a", "_news/caf\udce9.md", "ünïcode/新聞"):
        digits = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        assert key_number(key) == int(digits[:16], 16)
        assert article_id(key) == digits[:10]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (SAMPLE, "geekwire.com"),
        ("http://WWW.X.org:8080?a", "x.org"),
        ("https://blogs.x.org/a", "blogs.x.org"),
        ("http://[::1]:80/", "[::1]"),
        ("https://www.com", "www.com"),
        ("_news/a.md", None),
        ("https:///a", None),
        ("", None),
    ],
)
def test_the_host_is_the_domain_without_www(url: str, name: str | None) -> None:
    assert host(url) == name


@pytest.mark.parametrize(
    ("url", "text"),
    [
        (SAMPLE, "geekwire.com/2020/microsoft-azure"),
        ("https://x.org/", "x.org"),
        ("https://x.org/a?b=c/#d", "x.org/a?b=c/#d"),
        ("http://x.org:8080/a", "x.org:8080/a"),
    ],
)
def test_an_address_is_shown_short(url: str, text: str) -> None:
    assert short(url) == text
