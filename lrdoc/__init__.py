"""Trace, formulate and draw the learning-rate schedulers of the installed OneFlow."""
