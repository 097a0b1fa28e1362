import pytest

from reader.feeds.web.headers import (
    MAX_WAIT,
    content_type,
    headers_of,
    max_age,
    retry_after,
    validator,
)

NOW = 784111777.0  # Sun, 06 Nov 1994 08:49:37 GMT
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
LATER = "Sun, 06 Nov 1994 08:50:37 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=60"}, 60),
        ({"cache-control": 'Public, Max-Age = "60"'}, 60),
        ({"cache-control": "max-age=60, no-cache"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "s-maxage=60"}, None),
        ({"cache-control": "max-age=-60"}, None),
        ({"cache-control": "max-age=soon", "expires": LATER}, 60),
        ({"cache-control": "max-age=60", "expires": DATE}, 60),
        ({"cache-control": "max-age=99999999"}, MAX_WAIT),
        ({"expires": LATER}, 60),
        ({"expires": LATER, "date": LATER}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "Sun Nov  6 08:50:37 1994"}, 60),
        ({"expires": "Sunday, 06-Nov-94 08:50:37 GMT"}, 60),
        ({"expires": "Sun, 06 Nov 2094 08:49:37 GMT"}, MAX_WAIT),
    ],
)
def test_an_answer_says_how_long_it_is_fresh(headers, seconds):
    assert max_age(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("120", 120),
        (LATER, 60),
        (DATE, 0),
        ("Sun, 06 Nov 1990 08:49:37 GMT", 0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("9" * 5000, MAX_WAIT),
    ],
)
def test_an_answer_says_when_to_come_back(text, seconds):
    assert retry_after({"retry-after": text}, NOW) == seconds


@pytest.mark.parametrize(
    ("text", "kind", "charset"),
    [
        ("", None, None),
        ("text/xml", "text/xml", None),
        ("Text/XML ; Charset='UTF-8' ", "text/xml", "utf-8"),
        ('text/xml; a=b; charset = "iso-8859-1"', "text/xml", "iso-8859-1"),
        ("text", None, None),
        ("text/x\x1b[31m", None, None),
        ("a/" + "b" * 99, None, None),
        ("text/xml; charset=\x1b", "text/xml", None),
    ],
)
def test_an_answer_says_what_it_is(text, kind, charset):
    assert content_type(text) == (kind, charset)


@pytest.mark.parametrize("text", ['"a"', 'W/"é"', DATE])
def test_a_validator_is_sent_back_as_it_came(text):
    assert validator(text) == text


@pytest.mark.parametrize("text", [None, "", "a\nb", "a\x1bb", "a\x7f", "日", "a" * 1025])
def test_a_validator_that_could_be_no_header_is_none(text):
    assert validator(text) is None


def test_headers_that_come_twice_are_one():
    raw = [(b"Cache-Control", b"no-store"), (b"X", b" y "), (b"cache-control", b"max-age=5")]
    assert headers_of(raw) == {"cache-control": "no-store, max-age=5", "x": "y"}
