"""From model values to lines of text in cells: pure functions, tested without a screen."""
