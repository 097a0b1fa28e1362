"""Screens and sheets: state, message handlers, workers."""
