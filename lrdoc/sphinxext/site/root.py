"""Writes the pages above the languages, which Sphinx does not build: ``python -m lrdoc.sphinxext.site.root docs/_root docs/_build/html``."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from lrdoc.sphinxext.site.policy import META


def write(source: Path, site: Path) -> None:
    """Write every file of the folder ``source`` to the folder ``site``; HTML files are templates, as those of Sphinx.

    Raises ``jinja2.UndefinedError`` if a template asks for anything but ``content_security_policy``.
    """
    templates = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    site.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.suffix == ".html":
            template = templates.from_string(path.read_text(encoding="utf-8"))
            (site / path.name).write_text(template.render(content_security_policy=META), encoding="utf-8")
        else:
            (site / path.name).write_bytes(path.read_bytes())


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:]))
