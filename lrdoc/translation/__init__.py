"""The catalogs of the translation, and their review."""
