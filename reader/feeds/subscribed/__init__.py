"""What is subscribed: the file of feeds, its changes, and those of other readers."""
