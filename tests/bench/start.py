"""Measure the start: the reader against an empty Textual application, alternating, medians.

    uv run python tests/bench/start.py [FOLDER] [RUNS]

Both run in a pseudo-terminal of 160 columns and 50 rows. Time counts from before the fork to the
first output that shows the text waited for. Without a folder it is the bundled articles.
"""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("Nothing but this")

Empty().run()
"""
LIMIT = 30.0  # seconds


def main() -> int:
    folder = sys.argv[1:2]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    ours = [sys.executable, "-m", "reader", *folder]
    sides = {"reader": (ours, b"quality, "), "empty": ([sys.executable, "-c", EMPTY], b"Nothing")}
    times: dict[str, list[float]] = {name: [] for name in sides}
    with tempfile.TemporaryDirectory() as state:
        os.environ |= {"XDG_STATE_HOME": state, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        for run in range(runs + 1):
            for name, (command, wanted) in sides.items():
                seconds = start(command, wanted)
                if run:  # the first one only warms the caches
                    times[name].append(seconds)
    medians = {name: statistics.median(some) for name, some in times.items()}
    for name, some in times.items():
        least, most = 1000 * min(some), 1000 * max(some)
        print(f"{name:8} {1000 * medians[name]:6.0f} ms   {least:.0f} to {most:.0f}")
    print(f"ratio    {medians['reader'] / medians['empty']:6.2f}")
    return 0


def start(command: list[str], wanted: bytes) -> float:
    began = time.monotonic()
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    seen = b""
    while wanted not in seen and time.monotonic() - began < LIMIT:
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)
        if b"\x1b[c" in seen:  # the terminal is asked what it is
            os.write(terminal, b"\x1b]11;rgb:1616/1515/1313\x1b\\\x1b[?62;c")
            seen = seen.replace(b"\x1b[c", b"")
    seconds = time.monotonic() - began
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(terminal)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
