from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.sphinxext.links import page_link

Build = Callable[..., Any]


class Linking(SphinxDirective):
    """Links to the page of StepLR, and to a section of it."""

    def run(self) -> list[nodes.Node]:
        page = "reference/step_lr"
        links = page_link(page, nodes.Text("here")), page_link(page, nodes.Text("there"), state="#caveats")
        return [nodes.paragraph("", "", *links)]


def setup(app: Any) -> None:
    app.add_directive("linking", Linking)


def test_a_link_leads_from_where_it_stands(build: Build) -> None:
    extensions = ["myst_parser", "lrdoc.sphinxext.links", __name__]
    other = "```{linking}\n```\n"
    page = build(other, pages={"reference/step_lr": "# StepLR"}, extensions=extensions)
    assert {link.get_text(): link["href"] for link in page.soup.select("div.body p a")} == {
        "here": "reference/step_lr.html",
        "there": "reference/step_lr.html#caveats",
    }
