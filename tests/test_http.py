import asyncio
import os
import threading
import time
import tomllib
import tracemalloc
from pathlib import Path

import pytest

from reader.feeds.web import connecting
from reader.feeds.web.access import Access
from reader.feeds.web.http import AT_ONCE, PER_HOST, PROJECT, Fetcher, Refused
from tests.hostile_server import CASES, got
from tests.web import (
    PRIVATE,
    PUBLIC,
    Server,
    goes_on,
    leads,
    raw,
    says,
    server_context,
    silent,
    world,
)

HERE = Access(private_hosts=frozenset({PRIVATE}))


def here(server, path="/"):
    return f"http://{PRIVATE}:{server.port}{path}"


def sent(request, name):
    """Return what a request says in a header, None without it."""
    lines = [line.partition(b": ") for line in request.split(b"\r\n")]
    return next((value.decode() for key, _, value in lines if key.lower() == name), None)


def routes(**steps):
    """Return what answers each path in its own way."""

    async def answer(request, writer):
        await steps[request.split()[1][1:].decode() or "start"](request, writer)

    return answer


def open_files():
    return len(os.listdir("/proc/self/fd"))


async def test_an_answer_says_what_matters_of_its_headers():
    headers = (
        *('ETag: W/"a"', "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: 60"),
        *("Content-Type: Application/RSS+XML; Charset=UTF-8", "Cache-Control: private, max-age=90"),
    )
    async with Server(says(b"hello", *headers)) as server, Fetcher(HERE) as fetcher:
        answer = await fetcher.get(here(server, "/a?b=c#d"))
    assert answer == (
        *(200, here(server, "/a?b=c"), b"hello", "application/rss+xml", "utf-8", 'W/"a"'),
        *("Sun, 06 Nov 1994 08:49:37 GMT", 90, 60, None, 5),
    )


async def test_a_request_says_who_asks_and_what_is_known():
    async with Server(says(status="304 Same", length="")) as server, Fetcher(HERE) as fetcher:
        answer = await fetcher.get(here(server), etag='"é"', modified="yesterday")
    request = server.requests[0]
    assert answer.status == 304
    assert sent(request, b"host") == f"{PRIVATE}:{server.port}"
    assert sent(request, b"user-agent").startswith("broadsheet/")
    assert sent(request, b"user-agent").endswith(f" (+{PROJECT})")
    assert sent(request, b"accept-encoding") == "gzip"
    assert sent(request, b"accept").startswith("application/atom+xml")
    assert b'if-none-match: "\xe9"' in request.lower()
    assert sent(request, b"if-modified-since") == "yesterday"
    assert b"cookie" not in request.lower()


def test_the_address_of_the_project_is_the_one_of_its_package():
    urls = tomllib.loads(Path("pyproject.toml").read_text())["project"]["urls"]
    assert PROJECT in urls.values()


async def test_what_is_known_is_not_sent_if_it_could_change_the_request():
    async with Server(says(b"hello")) as server, Fetcher(HERE) as fetcher:
        await fetcher.get(here(server), etag='"a"\r\nX: y', modified="a\0")
    assert b"if-" not in server.requests[0].lower()


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((301,), "/1"),
        ((301, 308), "/2"),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((307,), None),
        ((301, 303, 301), "/1"),
    ],
)
async def test_an_unbroken_chain_of_permanent_redirects_says_where_to_ask_from_now_on(
    statuses, moved_to
):
    moves = [leads(to=f"/{at + 1}", status=one) for at, one in enumerate(statuses)]
    steps = {str(at or "start"): move for at, move in enumerate(moves)}
    steps[str(len(statuses))] = says(b"hello")
    async with Server(routes(**steps)) as server, Fetcher(HERE) as fetcher:
        answer = await fetcher.get(here(server))
    assert answer.url == here(server, f"/{len(statuses)}")
    assert answer.moved_to == (moved_to and here(server, moved_to))
    assert fetcher.requests == len(statuses) + 1


async def test_an_address_in_utf_8_is_followed_as_browsers_do():
    steps = {
        "start": raw("HTTP/1.1 302 X\r\nLocation: /é\r\n\r\n".encode()),
        "%C3%A9": says(b"yes"),
    }
    async with Server(routes(**steps)) as server, Fetcher(HERE) as fetcher:
        assert (await fetcher.get(here(server))).body == b"yes"


@pytest.mark.parametrize(
    "url", ["", "feed", "file:///etc/passwd", "http://a@b.example/", "http://a b"]
)
async def test_what_is_no_address_is_not_asked(url):
    async with Fetcher(HERE) as fetcher:
        with pytest.raises(Refused, match="is no address that can be asked") as raised:
            await fetcher.get(url)
    assert raised.value.kind == "not allowed"
    assert fetcher.requests == 0


async def test_a_limit_of_ones_own_holds_for_what_is_packed_and_unpacked():
    async with Server(says(b"hello")) as server, Fetcher(HERE) as fetcher:
        assert (await fetcher.get(here(server), limit=5)).body == b"hello"
        with pytest.raises(Refused) as raised:
            await fetcher.get(here(server), limit=4)
    assert raised.value.kind == "too large"


async def test_what_came_first_of_a_refused_answer_is_kept_for_whoever_looks_into_it():
    async with (
        Server(says(b"<p>" * 1000, "Content-Encoding: br")) as server,
        Fetcher(HERE) as fetcher,
    ):
        with pytest.raises(Refused) as raised:
            await fetcher.get(here(server))
    assert raised.value.head == (b"<p>" * 1000)[:500]


async def test_sixteen_are_asked_at_once_and_two_of_one_host():
    now = most = most_here = 0
    gate = asyncio.Event()

    async def waits(request, writer):
        nonlocal now, most, most_here
        now += 1
        most = max(most, now)
        where = sent(request, b"host")
        here_now[where] = here_now.get(where, 0) + 1
        most_here = max(most_here, here_now[where])
        await asyncio.wait_for(gate.wait(), 5)
        now -= 1
        here_now[where] -= 1
        await says(b"hello")(request, writer)

    here_now = {}
    names = {f"host{number}.example": [[PUBLIC]] for number in range(20)}
    with world(names):
        async with Server(waits) as server, Fetcher(Access()) as fetcher:
            urls = [f"http://{name}:{server.port}/{turn}" for name in names for turn in range(3)]
            tasks = [asyncio.create_task(fetcher.get(url)) for url in urls]
            while now < AT_ONCE:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
            gate.set()
            answers = await asyncio.gather(*tasks)
    assert (most, most_here) == (AT_ONCE, PER_HOST)
    assert {answer.status for answer in answers} == {200}
    assert fetcher.requests == 60


async def test_another_port_is_another_host():
    servers = Server(silent), Server(says(b"hello"))
    async with servers[0] as slow, servers[1] as quick, Fetcher(HERE) as fetcher:
        waiting = [asyncio.create_task(fetcher.get(here(slow))) for _ in range(9)]
        await asyncio.sleep(0.02)
        assert (await fetcher.get(here(quick))).body == b"hello"
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_waiting_for_others_does_not_count_against_the_deadline():
    async def slow(request, writer):
        await asyncio.sleep(0.15)
        await says(b"hello")(request, writer)

    async with Server(slow) as server, Fetcher(HERE, seconds=0.7) as fetcher:
        answers = await asyncio.gather(*(fetcher.get(here(server)) for _ in range(10)))
    assert len(answers) == 10


async def test_the_deadline_is_for_all_redirects_together():
    async def slow(request, writer):
        await asyncio.sleep(0.1)
        await leads(to=f"{request.split()[1].decode()}x")(request, writer)

    async with Server(slow) as server, Fetcher(HERE, seconds=0.25) as fetcher:
        with pytest.raises(Refused, match=r"took longer than 0\.25 seconds"):
            await fetcher.get(here(server))


@pytest.mark.parametrize("does", [silent, goes_on(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.01)])
async def test_a_request_that_is_stopped_leaves_nothing_open(does):
    before = open_files()
    async with Server(does) as server, Fetcher(HERE) as fetcher:
        tasks = [asyncio.create_task(fetcher.get(here(server))) for _ in range(5)]
        await asyncio.sleep(0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert all(task.cancelled() for task in tasks)
        assert fetcher._pool.connections == []
    for _ in range(100):
        if open_files() > before:
            await asyncio.sleep(0.02)
    assert open_files() == before
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_look_up_that_hangs_can_be_stopped(monkeypatch):
    gate = threading.Event()
    monkeypatch.setattr(connecting, "addresses", lambda host: gate.wait(5) and [])
    async with Fetcher(Access(), seconds=0.05) as fetcher:
        began = time.monotonic()
        with pytest.raises(Refused, match=r"open\.example took longer") as raised:
            await fetcher.get("http://open.example/")
        assert time.monotonic() - began < 2
        gate.set()
    assert raised.value.kind == "timeout"


async def test_the_next_address_is_tried_where_the_first_does_not_answer(monkeypatch):
    monkeypatch.setattr(connecting, "_HEAD_START", 0.02)
    first, second = "93.184.216.35", "93.184.216.36"
    with world({"open.example": [[first, second]]}):
        opens = connecting.Network._open

        async def hangs(self, address, port):
            if address == first:
                await asyncio.sleep(9)
            return await opens(self, address, port)

        monkeypatch.setattr(connecting.Network, "_open", hangs)
        async with Server(says(b"hello")) as server, Fetcher(Access(), seconds=5) as fetcher:
            answer = await fetcher.get(f"http://open.example:{server.port}/")
    assert answer.body == b"hello"
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_host_that_refuses_connections_says_so():
    async with Server(silent) as server:
        url = here(server)
    async with Fetcher(HERE) as fetcher:
        with pytest.raises(Refused, match="refuses connections there") as raised:
            await fetcher.get(url)
    assert raised.value.kind == "connect"


KEPT = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")


async def test_a_connection_is_kept_for_the_next_request():
    async with Server(KEPT, keeps=True) as server, Fetcher(HERE) as fetcher:
        for _ in range(5):
            assert (await fetcher.get(here(server))).body == b"hello"
    assert (server.connections, len(server.requests)) == (1, 5)


async def test_a_kept_connection_that_was_closed_meanwhile_is_made_anew():
    async def closes_second(request, writer):
        if len(server.requests) == 2:
            writer.transport.abort()
        else:
            await KEPT(request, writer)

    async with Server(closes_second, keeps=True) as server, Fetcher(HERE) as fetcher:
        for _ in range(3):
            assert (await fetcher.get(here(server))).body == b"hello"
    assert (server.connections, len(server.requests)) == (2, 4)


async def test_what_comes_after_an_answer_is_not_taken_for_the_next_one():
    async def ahead(request, writer):
        await KEPT(request, writer)
        await asyncio.sleep(0.02)
        await raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad".ljust(100))(request, writer)

    async with Server(ahead, keeps=True) as server, Fetcher(HERE) as fetcher:
        for _ in range(2):
            assert (await fetcher.get(here(server))).body == b"hello"
            while fetcher.bytes < 100 * server.connections:
                await asyncio.sleep(0.01)
    assert server.connections == 2


async def test_requests_and_bytes_are_counted():
    async with Server(KEPT, keeps=True) as server, Fetcher(HERE) as fetcher:
        await fetcher.get(here(server))
        await fetcher.get(here(server))
    assert (fetcher.requests, fetcher.bytes) == (
        2,
        2 * len(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
    )


async def test_http_2_is_spoken_where_it_is_offered():
    case = next(case for case in CASES if case.name == "HTTP/2: an answer as it should be")
    offered = Server(case.does, server_context("good", "h2", "http/1.1"))
    with world({}):
        async with offered as server, Fetcher(Access()) as fetcher:
            answer = await fetcher.get(f"https://open.example:{server.port}/")
    assert answer.body == b"hello"
    assert server.requests[0].startswith(b"PRI * HTTP/2.0")


async def test_a_server_that_speaks_before_the_connection_is_secure_is_not_listened_to():
    speaks = Server(raw(b"220 hello\r\n"), waits=False)
    with world({}):
        async with speaks as server, Fetcher(Access(), seconds=2) as fetcher:
            with pytest.raises(Refused) as raised:
                await fetcher.get(f"https://open.example:{server.port}/")
    assert raised.value.kind == "tls"


async def test_the_environment_chooses_no_proxy(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with Server(says(b"hello")) as server, Fetcher(HERE) as fetcher:
        assert (await fetcher.get(here(server))).body == b"hello"


async def test_a_proxy_is_asked_where_the_settings_say_so():
    async def leads_nowhere_secure(request, writer):
        status = "403 No" if request.startswith(b"CONNECT") else "200 OK"
        await says(b"hello", status=status)(request, writer)

    async with Server(leads_nowhere_secure) as proxy, Fetcher(Access(proxy=here(proxy))) as fetcher:
        answer = await fetcher.get("http://open.example/feed")
        for url, sentence in (
            ("http://192.168.0.1/", "not on the open network"),
            ("http://localhost/", "not on the open network"),
            ("https://open.example/feed", r"the proxy does not lead to open\.example: 403 No"),
        ):
            with pytest.raises(Refused, match=sentence):
                await fetcher.get(url)
    assert answer.body == b"hello"
    starts = [b" ".join(request.split()[:2]) for request in proxy.requests]
    assert starts == [b"GET http://open.example/feed", b"CONNECT open.example:443"]


async def test_a_proxy_leads_to_secure_hosts_unheard():
    async def through(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        there = await asyncio.open_connection(PRIVATE, server.port)

        async def carry(source, target):
            while data := await source.read(1 << 16):
                target.write(data)

        await asyncio.wait(
            [
                asyncio.create_task(carry(*pair))
                for pair in ((reader, there[1]), (there[0], writer))
            ],
            return_when=asyncio.FIRST_COMPLETED,
        )
        there[1].close()
        writer.close()

    with world({}):
        async with Server(says(b"hello"), server_context("good", "http/1.1")) as server:
            proxy = await asyncio.start_server(through, PRIVATE, 0)
            access = Access(proxy=f"http://{PRIVATE}:{proxy.sockets[0].getsockname()[1]}")
            async with Fetcher(access, seconds=3) as fetcher:
                answer = await fetcher.get(f"https://open.example:{server.port}/")
            await asyncio.sleep(0.02)
            proxy.close()
    assert answer.body == b"hello"


async def test_an_ipv6_address_is_named_as_it_should_be():
    try:
        server = await asyncio.start_server(lambda *_: None, "::1", 0)
    except OSError:
        pytest.skip("this machine has no IPv6")
    server.close()
    access = Access(private_hosts=frozenset({"::1"}))
    async with Server(says(b"hello"), at="::1") as server, Fetcher(access) as fetcher:
        answer = await fetcher.get(f"http://[::1]:{server.port}/")
    assert answer.body == b"hello"
    assert sent(server.requests[0], b"host") == f"[::1]:{server.port}"


@pytest.mark.parametrize("part", ["bomb", "body without end", "pieces without end", "early hints"])
async def test_memory_stays_bounded(part):
    case = next(case for case in CASES if part in case.name)
    assert await got(case) == case.wants
    tracemalloc.start()
    try:
        assert await got(case) == case.wants
        assert tracemalloc.get_traced_memory()[1] < 48 << 20
    finally:
        tracemalloc.stop()


def test_one_module_alone_knows_the_library_that_speaks_http():
    users = {
        str(path) for path in Path("reader").rglob("*.py") if "import httpcore" in path.read_text()
    }
    assert users == {"reader/feeds/web/http.py"}
