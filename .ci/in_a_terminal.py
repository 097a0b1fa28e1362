"""Start a reader in a pseudo-terminal, wait for its front page, leave with `q`."""

import os
import pty
import select
import sys
import time

READY, LIMIT = b"Front page", 30.0


def main(command: list[str]) -> int:
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
        os.execv(command[0], command)
    seen, until, left = b"", time.monotonic() + LIMIT, False
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
        if READY in seen and not left:
            time.sleep(0.5)
            os.write(terminal, b"q")
            left = True
    _, status = os.waitpid(child, 0) if left else (0, 1)
    print(
        "the reader started and ended in a terminal"
        if left and status == 0
        else f"no: {seen[-2000:]!r}"
    )
    return 0 if left and status == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
