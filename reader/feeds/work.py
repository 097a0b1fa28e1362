"""The process that reads what came from outside: one job after the other, under limits of its own.

A question is the lengths of its two parts, a job as JSON, and the bytes it is about; an answer is
its length and JSON. Whatever a job does, nothing but this process is lost.
"""

import json
import os
import resource
import struct
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

JOBS = {
    "parse": "reader.feeds.formats.parse:parse_feed",
    "offers": "reader.feeds.finding.pages:find_offers",
    "text": "reader.feeds.full_text.extracting:extract",
}
"""What can be asked for, imported when first asked; takes bytes and facts, returns JSON values."""

MAX_MEMORY = 1 << 30
"""Bytes of address space: ordinary feeds need 30 to 75 MB, one of 10 MiB 150 to 400."""

MAX_ANSWER = 64 << 20
"""Bytes."""

NO_MEMORY = 3
"""The exit code of a process that needed more memory than there is."""

LENGTHS, LENGTH = struct.Struct(">II"), struct.Struct(">I")


def main() -> None:
    """Answer until the questions end."""
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_AS, MAX_MEMORY)
    questions, answers = _taken(0, os.O_RDONLY), _taken(1, os.O_WRONLY)
    with suppress(EOFError, BrokenPipeError):
        while True:
            job, facts, seconds, body = _next(questions)
            _set_limit(resource.RLIMIT_CPU, _used() + seconds)
            answer = _answer(job, facts, body)
            answers.write(LENGTH.pack(len(answer)) + answer)
            answers.flush()


def _taken(number: int, flags: int) -> BinaryIO:
    """Return a standard stream under another number: nothing that a job prints may come between."""
    own, nothing = os.dup(number), os.open(os.devnull, flags)
    os.dup2(nothing, number)
    os.close(nothing)
    return os.fdopen(own, "rb" if flags == os.O_RDONLY else "wb")


def _next(questions: BinaryIO) -> tuple[str, dict[str, Any], int, bytes]:
    head, length = LENGTHS.unpack(_exactly(questions, LENGTHS.size))
    job, facts, seconds = json.loads(_exactly(questions, head))
    return job, facts, seconds, _exactly(questions, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    found = stream.read(length)
    if len(found) < length:
        raise EOFError
    return found


def _answer(job: str, facts: dict[str, Any], body: bytes) -> bytes:
    """Return `[value, null]` or `[null, why not]` as JSON."""
    try:
        module, _, name = JOBS[job].partition(":")
        value = getattr(import_module(module), name)(body, facts)
        answer = json.dumps([value, None], ensure_ascii=False).encode("utf-8", "replace")
    except MemoryError:
        os._exit(NO_MEMORY)
    except Exception as error:  # jobs call parsers, which raise what they like
        return _refusal(f"it could not be understood ({type(error).__name__})")
    return answer if len(answer) <= MAX_ANSWER else _refusal("there is too much in it")


def _refusal(why: str) -> bytes:
    return json.dumps([None, why]).encode()


def _set_limit(kind: int, limit: int) -> None:
    """Set a soft limit, as far as the system lets us; some systems know no limit of memory."""
    hard = resource.getrlimit(kind)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(
            kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard)
        )


def _used() -> int:
    """Return the seconds of computing that this process has had, rounded up."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int(usage.ru_utime + usage.ru_stime) + 1


if __name__ == "__main__":
    main()
