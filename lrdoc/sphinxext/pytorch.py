"""``{pytorch}``: the same call in OneFlow and in PyTorch, value by value."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc import pytorch as record
from lrdoc.sphinxext.measured import RefutedError, measured, measured_inline, number, renderer, result, table
from lrdoc.worker import Outcome

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_CODE = """\
import oneflow as flow
from oneflow.optim.lr_scheduler import *
from lrdoc import pytorch, trace
optimizer = trace.sgd(0.1)
scheduler = {call}
metrics = [pytorch.metric(at) for at in range({steps})] if isinstance(scheduler, ReduceLROnPlateau) else None
result = trace.eager(scheduler, {steps}, metrics)[:, 0].tolist()
"""


class PyTorch(SphinxDirective):
    """Compare the constructor calls ``oneflow`` and ``torch`` over the first steps, from a base learning rate of 0.1.

    ``equal``: the page claims that they agree; without it, that they differ. Either claim breaks the build when it is wrong.
    """

    option_spec: ClassVar = {
        "oneflow": directives.unchanged_required,
        "torch": directives.unchanged_required,
        "steps": directives.positive_int,
        "equal": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        oneflow, torch = self.options["oneflow"], self.options["torch"]
        code = _CODE.format(call=oneflow, steps=record.STEPS)
        path = record.path_of(Path(self.env.srcdir), Path(self.env.docname).name)
        self.env.note_dependency(str(path))
        node = measured(
            renderer="pytorch",
            record=str(path),
            codes=[code],
            torch=torch,
            steps=self.options.get("steps", 8),
            equal="equal" in self.options,
        )
        self.set_source_info(node)
        text = f"# OneFlow\n{oneflow}\n# PyTorch\n{torch}"
        return [nodes.literal_block(text, text, language="python"), node]


@renderer
def pytorch(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return a table of both frameworks' learning rates, after comparing all recorded steps."""
    here, there = result(outcomes[0]), record.read(Path(node["record"]))["lrs"].get(node["torch"])
    if there is None:
        raise RefutedError(f"no record of PyTorch's {node['torch']}: run nox -s pytorch")
    differing = [
        at for at, pair in enumerate(zip(here, there, strict=True)) if not isclose(*pair, rel_tol=1e-9, abs_tol=1e-15)
    ]
    if node["equal"] == bool(differing):
        raise RefutedError(
            f"OneFlow and PyTorch {'differ at steps ' + str(differing) if differing else 'agree'}: {node['torch']}"
        )
    rows = [
        [nodes.Text(name), *(nodes.literal("", number(lr)) for lr in lrs[: node["steps"]])]
        for name, lrs in (("OneFlow", here), ("PyTorch", there))
    ]
    return [table(["step", *map(str, range(node["steps"]))], rows, classes=["lr-values"])]


def setup(app: Sphinx) -> None:
    app.add_directive("pytorch", PyTorch)
