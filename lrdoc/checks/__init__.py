"""What is compared with what: closed forms, eager and Graph mode, edges, nestings, docstrings, records."""
