"""One module per scheduler of OneFlow, each with an ``ENTRY``; the module's name is the scheduler's name in files and URLs."""
