"""Widgets: they know the model and Textual, never a screen, the library, or each other."""
