"""`broadsheet`, and `python -m reader`."""

import sys


def main() -> int:
    """Run the command line that the program was started with; returns the exit status."""
    from reader.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
