"""``{install}``: the line that installs OneFlow as this site describes it, or what readers' scripts import of this site's own package."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import tomli
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.sphinxext.site.standalone import requirement
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PROJECT = Path(__file__).parents[3] / "pyproject.toml"
GROUP = "oneflow"
"""The dependency group that holds OneFlow and what it needs to be imported."""


class Install(SphinxDirective):
    """Show the line that installs ``oneflow``, or ``lrdoc`` from where its sources are."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        (what,) = self.arguments
        if what == GROUP:
            self.env.note_dependency(str(PROJECT))
            return [self._line(" ".join(map(shlex.quote, _packages())))]
        if what == "lrdoc":
            repository = self.config.lrdoc_repository_url
            line = self._line(requirement(repository))
            return [line] if repository else [line, _in_a_checkout()]
        raise self.error(f"nothing to install is called {what!r}; known: {GROUP}, lrdoc")

    def _line(self, arguments: str) -> nodes.literal_block:
        text = f"pip install {arguments}"
        block = nodes.literal_block(text, text, language="console", classes=["lr-code"])
        self.set_source_info(block)
        return block


def _packages() -> list[str]:
    """Return the requirements of the dependency group, as pip takes them."""
    packages: list[str] = tomli.loads(PROJECT.read_text(encoding="utf-8"))["dependency-groups"][GROUP]
    return packages


def _in_a_checkout() -> nodes.paragraph:
    told = str(_("It is run in a checkout of this site's sources."))
    return nodes.paragraph("", told, translatable=False)


def setup(app: Sphinx) -> None:
    app.add_directive("install", Install)
