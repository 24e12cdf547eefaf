from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.sphinxext.links import page_link

Build = Callable[..., Any]


class Linking(SphinxDirective):
    """Links to the page of StepLR."""

    def run(self) -> list[nodes.Node]:
        return [nodes.paragraph("", "", page_link("reference/step_lr", nodes.Text("here")))]


def setup(app: Any) -> None:
    app.add_directive("linking", Linking)


def test_a_link_leads_from_where_it_stands(build: Build) -> None:
    extensions = ["myst_parser", "lrdoc.sphinxext.links", __name__]
    other = "```{linking}\n```\n"
    page = build(other, pages={"reference/step_lr": "# StepLR"}, extensions=extensions)
    assert page.soup.select_one("a[href='reference/step_lr.html']").get_text() == "here"
