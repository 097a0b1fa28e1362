"""The benchmark: `uv run python -m bench`. Not part of the program or of its tests."""
