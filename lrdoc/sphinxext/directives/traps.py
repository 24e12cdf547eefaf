"""``{traps}``: the usual mistakes with a recipe, each with the learning rate that comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import recipes
from lrdoc.checks import pieces, traps
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.links import page_link
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer, result
from lrdoc.sphinxext.shown import FULL_STOP, number, words
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ANSWERS = "answers/wrong_rate"


class Traps(SphinxDirective):
    """List the mistakes that a run shows to matter for a recipe, with its first preset."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        (name,) = self.arguments
        if name not in recipes.REGISTER:
            raise self.error(f"unknown recipe {name!r}; known: {', '.join(recipes.REGISTER)}")
        node = measured(renderer="trap_list", pieces=[pieces.traps(name)], name=name)
        self.set_source_info(node)
        return [node]


@renderer
def trap_list(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a list with an item for each mistake."""
    seen, preset = result(outcomes[0]), recipes.get(node["name"]).presets[0]
    items = [item for item in (_over_too_soon(seen, preset.base_lr), _joined(seen), _begun_at_0(seen)) if item]
    if not items:
        raise RefutedError(f"none of the usual mistakes matters for {node['name']}")
    return [nodes.bullet_list("", *(nodes.list_item("", item) for item in items))]


def _over_too_soon(seen: dict[str, Any], base_lr: float) -> nodes.paragraph | None:
    counts = {key: f"{seen[key]:,}" for key in ("updates", "spent", "low")}
    half = seen["updates"] / 2
    if seen["spent"] > half and seen["rest"] < base_lr / 2:
        told = _(
            "**Lengths that count epochs**, while `step()` is called after every batch: with the arguments above and %(batches)s batches to the epoch, the learning rate is `%(rest)s` in %(spent)s of %(updates)s updates."
        )
    elif seen["low"] > half:
        told = _(
            "**Lengths that count epochs**, while `step()` is called after every batch: with the arguments above and %(batches)s batches to the epoch, the learning rate is below a hundredth of its highest in %(low)s of %(updates)s updates."
        )
    else:
        return None
    return _item(told, "it-is-0-for-most-of-the-training", **counts, rest=number(seen["rest"]), batches=traps.BATCHES)


def _joined(seen: dict[str, Any]) -> nodes.paragraph | None:
    joint = seen["joint"]
    if joint is None:
        return None
    if joint["flag"]:
        told = _(
            "**Parts joined without `interval_rescaling=True`**: a part is under way already when it begins, and at step %(step)s the learning rate is `%(wrong)s` in the place of `%(right)s`."
        )
    else:
        told = _(
            "**Parts joined with `interval_rescaling=True`**: the milestones count from the end of the warmup, and at step %(step)s the learning rate is `%(wrong)s` in the place of `%(right)s`."
        )
    return _item(
        told,
        "it-jumps-at-the-milestone",
        step=joint["step"],
        right=number(joint["right"]),
        wrong=number(joint["wrong"]),
    )


def _begun_at_0(seen: dict[str, Any]) -> nodes.paragraph | None:
    if seen["first"] != 0:
        return None
    told = _("**A first update that changes nothing**: the warmup begins at 0, so the first update uses 0.")
    return _item(told, "it-is-0-at-the-start")


def _item(text: Any, anchor: str, **values: object) -> nodes.paragraph:
    """Return a paragraph of a text in the page's language, and a link to what can be done."""
    told = str(text) % values
    link = page_link(ANSWERS, words(str(_("What to do about it"))), state=f"#{anchor}")
    between = nodes.Text("" if told.endswith(FULL_STOP) else " ")
    return nodes.paragraph("", "", *_marked(told), between, link, translatable=False)


def _marked(text: str) -> Iterator[nodes.Node]:
    """Return a text in which ``**`` encloses what is strong and backticks enclose code as nodes."""
    for part in re.split(r"(\*\*.+?\*\*|`[^`]+`)", text):
        if part.startswith("**"):
            yield nodes.strong("", "", *_marked(part.strip("*")))
        elif part.startswith("`"):
            yield nodes.literal("", part.strip("`"))
        else:
            yield words(part)


def setup(app: Sphinx) -> None:
    app.add_directive("traps", Traps)
