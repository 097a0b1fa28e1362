"""From entries to files: which are new, how they are written, and what is known of them after."""
