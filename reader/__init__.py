"""Broadsheet: a news reader for the terminal whose database is a folder of plain text files."""
