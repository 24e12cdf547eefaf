"""Run code in child processes, and keep what comes of it as long as all that it runs on stays as it is."""
