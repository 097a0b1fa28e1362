"""Feeds: what is subscribed, asked, understood, and filed as articles."""
