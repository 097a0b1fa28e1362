"""What the folders held when they were last read, as it lies in the cache: a disposable index."""
