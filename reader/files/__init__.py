"""Folders of text files: walking, reading, front matter, and what its fields mean."""
