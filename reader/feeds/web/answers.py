"""What a server answered, as the rest of the program knows it."""

import time
from http import HTTPStatus
from typing import NamedTuple

from reader.feeds.web.headers import content_type, max_age, retry_after, validator
from reader.feeds.web.unpacking import unpacked


class Answer(NamedTuple):
    """What a server answered, unpacked; times are in seconds, `size` is in bytes on the wire.

    `url` is where it came from in the end; `moved_to` is where permanent redirects led, unbroken
    from the first request. `etag` and `modified` are to be sent with the next request.
    """

    status: int
    url: str
    body: bytes = b""
    type: str | None = None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    max_age: int | None = None
    retry_after: int | None = None
    moved_to: str | None = None
    size: int = 0

    @property
    def facts(self) -> dict[str, str | None]:
        """What a job has to know of the body: `url`, `type` and `charset`."""
        return {"url": self.url, "type": self.type, "charset": self.charset}

    @property
    def said(self) -> str:
        """The status in words: `404 (not found)`; a number of its own stays one."""
        try:
            return f"{self.status} ({HTTPStatus(self.status).phrase.lower()})"
        except ValueError:
            return str(self.status)


class Raw(NamedTuple):
    """One answer as it came; `location` is where a redirect leads."""

    status: int
    headers: dict[str, str]
    location: str | None
    body: bytes


def answer_of(raw: Raw, url: str, moved_to: str | None, limit: int) -> Answer:
    """Return an answer of at most `limit` bytes, unpacked. Raises Refused."""
    headers, now = raw.headers, time.time()
    kind, charset = content_type(headers.get("content-type", ""))
    return Answer(
        raw.status,
        url,
        unpacked(raw.body, headers.get("content-encoding", ""), limit),
        kind,
        charset,
        validator(headers.get("etag")),
        validator(headers.get("last-modified")),
        max_age(headers, now),
        retry_after(headers, now),
        moved_to,
        len(raw.body),
    )
