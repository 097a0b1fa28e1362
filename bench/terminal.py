"""A program in a pseudo-terminal of 160 by 50: what it puts out, and when.

Time counts from before the fork. Output is read as soon as it is there and only searched for
text, so that little of the machine goes into measuring.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn, Self

from bench.processes import cpu_seconds

SIZE = struct.pack("4H", 50, 160, 0, 0)
ANSWERS = {
    "\x1b[c": b"\x1b[?62;c",
    "\x1b]11;?": b"\x1b]11;rgb:1616/1515/1313\x1b\\",
    "\x1b[?2026$p": b"\x1b[?2026;2$y",
}
"""What a terminal answers: what it is, how dark it is, that it can show a frame at once."""

FRAME_BEGIN, FRAME_END = "\x1b[?2026h", "\x1b[?2026l"
_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-OQ-Z^-~]"
)
_REPEATED = re.compile(r"(.)\x1b\[(\d+)b")
_CUT_OFF = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P][^\x07\x1b]*\x1b?|[ -/]*)?\Z")

CALM_SHARE, CALM_LOOK = 0.03, 0.5
"""A program is calm when it computes less than this share of so many seconds."""

KEPT = 200_000
"""Characters of the output that are kept to be searched."""

POSITION = re.compile(r"([\d,]+) of [\d,]+(?! files|[\d,])")
"""Where in a list one is."""

HELD = 1 / 30
"""Seconds between two keys of a key that is held."""

SILENT = 5.0
"""The most seconds that a key is given to lead to something."""

Pattern = re.Pattern[str]


class Missing(Exception):  # noqa: N818 - what is missing is on the screen, not in the code
    """What was awaited did not come: a sentence."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """Seconds from a key to the end of the first and of the last frame that it led to."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Hold:
    """A key that was held: seconds to the first frame after each repetition, and to its effect.

    The effect is that the position shown is as far on as there were repetitions.
    """

    frames: list[float]
    effects: list[float]


class Terminal:
    """One run of one program; leaving the context ends it."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.began = time.monotonic()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            _become(command, env)
        self.status: int | None = None
        self.position = 0
        self._text, self._gone = "", 0  # the output's end, how many characters came before it
        self._rest = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._chunks: list[tuple[int, float]] = []  # how much text there was then, moment
        self._frames: list[float] = []
        self._positions: list[tuple[int, float]] = []
        self._has_frames = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What comes

    def wait_for(self, *wanted: Pattern, limit: float) -> float:
        """Return the seconds after which all that is wanted had been put out. Raises Missing."""
        end = time.monotonic() + limit
        return max(self._moment(pattern, end) for pattern in wanted) - self.began

    def _moment(self, pattern: Pattern, end: float) -> float:
        at = 0
        while not (match := pattern.search(self._text, max(at - self._gone, 0))):
            at = self._gone + len(self._text) - 200
            if self.status is not None:
                raise Missing(f"ended with status {self.status} before {pattern.pattern!r}")
            if time.monotonic() > end:
                raise Missing(f"no {pattern.pattern!r} in time")
            self.pump(0.1)
        return self._chunks[bisect_left(self._chunks, (self._gone + match.end(), 0.0))][1]

    def has(self, pattern: Pattern) -> bool:
        """Whether something was put out lately."""
        return pattern.search(self._text) is not None

    def pump(self, seconds: float) -> bool:
        """Take what comes first within a time; return whether anything came."""
        if self.status is not None:
            return False
        if not select.select([self._handle], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # there is nobody at the other end any more
            data = b""
        if data:
            self._take(time.monotonic(), self._decode(data))
        else:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return bool(data)

    def _take(self, moment: float, came: str) -> None:
        raw = self._rest + came
        cut = _CUT_OFF.search(raw)
        raw, self._rest = (raw[: cut.start()], cut[0]) if cut else (raw, "")
        for question, answer in ANSWERS.items():
            if question in raw:
                self.press(answer)
        self._has_frames = self._has_frames or FRAME_BEGIN in raw
        shown = _ESCAPE.sub("", _REPEATED.sub(lambda found: found[1] * (int(found[2]) + 1), raw))
        for match in POSITION.finditer(self._text[-20:] + shown):
            self.position = int(match[1].replace(",", ""))
            self._positions.append((self.position, moment))
        self._text += shown
        self._chunks.append((self._gone + len(self._text), moment))
        if FRAME_END in raw if self._has_frames else shown:
            self._frames.append(moment)
        if (much := len(self._text) - KEPT) > KEPT:
            self._text, self._gone = self._text[much:], self._gone + much

    def silence(self, seconds: float, limit: float = SILENT) -> None:
        """Wait until nothing has come for so long."""
        end = time.monotonic() + limit
        while time.monotonic() < end and self.pump(seconds):
            pass

    def settle(self, limit: float) -> bool:
        """Wait until the program neither draws nor computes; return whether it came to that."""
        end = time.monotonic() + limit
        while time.monotonic() < end and self.status is None:
            spent, drawn = cpu_seconds(self.pid), len(self._chunks)
            self.silence(CALM_LOOK)
            share = (cpu_seconds(self.pid) - spent) / CALM_LOOK
            if share < CALM_SHARE and len(self._chunks) == drawn:
                return True
        return False

    # What is pressed

    def press(self, keys: bytes) -> float:
        """Write keys; return the moment."""
        moment = time.monotonic()
        with suppress(OSError):  # a program that has ended reads no keys
            os.write(self._handle, keys)
        return moment

    def react(self, keys: bytes, quiet: float) -> Reaction:
        """Press keys and take all until a silence. A key that leads to nothing takes SILENT."""
        while self.pump(0):
            pass
        before, moment = len(self._frames), self.press(keys)
        while len(self._frames) == before and time.monotonic() < moment + SILENT:
            if not self.pump(0.1) and self.status is not None:
                break
        self._rest_after(moment, quiet)
        frames = self._frames[before:] or [moment + SILENT]
        return Reaction(frames[0] - moment, frames[-1] - moment)

    def _rest_after(self, moment: float, quiet: float) -> None:
        """Wait for a silence in which nothing is computed either."""
        spent, busy = 0.0, quiet
        while busy > quiet / 2 and time.monotonic() < moment + SILENT and self.status is None:
            spent = cpu_seconds(self.pid)
            self.silence(quiet)
            busy = cpu_seconds(self.pid) - spent

    def hold(self, key: bytes, until: Callable[[], bool]) -> Hold:
        """Hold a key that moves down by one."""
        moments: list[float] = []
        start = self.position
        while self.status is None and not until():
            moments.append(self.press(key))
            while (left := moments[-1] + HELD - time.monotonic()) > 0 and self.status is None:
                self.pump(left)
        self._rest_after(time.monotonic(), 0.1)
        frames = [self._since(self._frames, moment) for moment in moments]
        return Hold(frames, list(self._effects(moments, start)))

    def _since(self, moments: list[float], begin: float) -> float:
        at = bisect_left(moments, begin)
        return moments[at] - begin if at < len(moments) else SILENT

    def _effects(self, moments: list[float], start: int) -> Iterator[float]:
        for number, moment in enumerate(moments, start + 1):
            far = [at for position, at in self._positions if position >= number and at >= moment]
            yield far[0] - moment if far else SILENT

    # The end

    def close(self) -> None:
        """Leave with `q`, or by force; nothing of it is left running."""
        for _ in range(3):
            self.press(b"q")
            end = time.monotonic() + 2
            while self.status is None and time.monotonic() < end:
                self.pump(0.1)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._handle)


def _become(command: list[str], env: dict[str, str]) -> NoReturn:
    """Be the program, in the child."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, SIZE)
        os.execvpe(command[0], command, env)
    finally:
        os._exit(127)
