"""``{thumbnails}``: every scheduler's curve at a glance, each a link to its reference page, with a line that says what the scheduler does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import recipes, register
from lrdoc.sphinxext import described
from lrdoc.sphinxext.figure_image import decorative, figure_images
from lrdoc.sphinxext.links import page_link
from lrdoc.translation.words import N_, _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LINES: Mapping[str, str] = {
    "exponential_lr": N_("Multiplied by a factor at every step."),
    "step_lr": N_("Multiplied by a factor every so many steps."),
    "multi_step_lr": N_("Multiplied by a factor at the steps that you list."),
    "polynomial_lr": N_("Falls in a line, or along another power."),
    "cosine_decay_lr": N_("Falls along half a cosine, then stays."),
    "cosine_annealing_lr": N_("Down and up along a cosine, without end."),
    "cosine_annealing_warm_restarts": N_("Falls along half a cosine, jumps back, again and again."),
    "constant_lr": N_("A fraction at first, then the whole."),
    "linear_lr": N_("Changes by as much at each step, then stays."),
    "warmup_lr": N_("Starts low, then hands over to another."),
    "sequential_lr": N_("One scheduler after the other."),
    "chained_scheduler": N_("Several at once, each on the result of the one before."),
    "lambda_lr": N_("A function of the step that you write."),
    "reduce_lr_on_plateau": N_("Lowered when a metric stops getting better."),
}
"""What each scheduler does to the learning rate, in a line, in the order in which they are shown."""


class Thumbnails(SphinxDirective):
    """Show the thumbnails of the ``schedulers``, or of the ``recipes``: those named in the content, one per line, then the others."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        what, first = self.arguments[0], [line.strip() for line in self.content if line.strip()]
        members = {"schedulers": _schedulers(), "recipes": list(recipes.REGISTER)}.get(what, [])
        if strangers := [name for name in first if name not in members]:
            raise self.error(f"not of the {what!r}: {', '.join(strangers)}; these are {', '.join(members) or 'none'}")
        if self.env.app.builder.format != "html":  # a message catalog has no figures, and needs none drawn
            return []
        names = dict.fromkeys([*first, *members])
        return [nodes.bullet_list("", *map(self._item, names), classes=["lr-grid"])]

    def _item(self, name: str) -> nodes.Node:
        line = [nodes.paragraph("", str(_(LINES[name])), translatable=False)] if name in LINES else []
        return nodes.list_item("", self._card(name), *line, classes=["lr-card"])

    def _card(self, name: str) -> nodes.Node:
        relative, absolute = self.env.relfn2path(f"/gallery/images/thumb/sphx_glr_plot_{name}_thumb.svg")
        if not Path(absolute).is_file():
            raise self.error(f"no thumbnail of {name}: gallery/plot_{name}.py draws it")
        self.env.note_dependency(relative)
        images = decorative(figure_images(Path(absolute), f"/{relative}"))
        link = page_link(described.page(name), *images, _caption(described.get(name).cls.__name__))
        return addnodes.compact_paragraph("", "", link, translatable=False)


def _schedulers() -> list[str]:
    """Return the names of all schedulers, those that have a line in its order, then the others."""
    known = register.entries()
    return [*(name for name in LINES if name in known), *(name for name in known if name not in LINES)]


def _caption(name: str) -> nodes.literal:
    """Return the name of a class or a function, which may break between its words."""
    first, *others = re.split(r"(?<=[a-z])(?=[A-Z])|(?<=_)", name)
    rest = (node for word in others for node in (nodes.raw("", "<wbr>", format="html"), nodes.Text(word)))
    return nodes.literal("", "", nodes.Text(first), *rest, classes=["lr-card-title"])


def setup(app: Sphinx) -> None:
    app.add_directive("thumbnails", Thumbnails)
