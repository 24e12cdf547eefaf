"""The types that descriptions of schedulers are written in."""
