"""The full texts of articles: got from their pages, and kept."""
