"""From an address that somebody typed to the feeds that it means."""
