"""Fetching over HTTP, by the rules for hostile servers."""
