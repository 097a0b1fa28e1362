"""What feeds say, in all their formats: bytes in, entries out; run in a process with limits."""
