"""Code in child processes, kept by what it came from."""
