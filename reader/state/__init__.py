"""What the user did: a journal of facts, folded into marks, with undo."""
