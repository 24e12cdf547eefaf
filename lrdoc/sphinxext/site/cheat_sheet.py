"""What stands on the cheat sheet, in the language of the build; it is drawn when the pages are written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from lrdoc import register
from lrdoc.describe.entry import Entry
from lrdoc.figure.svg import closing
from lrdoc.pictures import chinese, sheet, shorter
from lrdoc.pictures.brief import brief, choosing
from lrdoc.pictures.kept import kept
from lrdoc.pictures.mathtext import Line, Piece, lines
from lrdoc.running import node, worker
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.directives.checks import may_depart
from lrdoc.sphinxext.directives.fact import checked
from lrdoc.sphinxext.first_example import learning_rates
from lrdoc.sphinxext.placeholders import cache, result
from lrdoc.translation.words import N_, _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FAMILIES = {
    "decay": N_("Decay"),
    "periodic": N_("Periodic"),
    "warmup": N_("Warmup"),
    "combination": N_("Combinations"),
    "driven": N_("Driven by a function or a metric"),
}
MATTERS: Mapping[str, tuple[str, str]] = {
    "exponential_lr": ("gamma", N_("The factor from one step to the next.")),
    "step_lr": ("step_size", N_("How many steps each level lasts.")),
    "multi_step_lr": ("milestones", N_("The steps at which the learning rate is multiplied by `gamma`.")),
    "polynomial_lr": ("decay_batch", N_("How many steps the decay takes.")),
    "cosine_decay_lr": ("decay_steps", N_("How many steps the decay takes.")),
    "cosine_annealing_lr": ("T_max", N_("How many steps it takes from the top to the bottom: half a period.")),
    "cosine_annealing_warm_restarts": ("T_0", N_("How many steps the first cycle lasts.")),
    "constant_lr": ("total_iters", N_("How many steps use the factor.")),
    "linear_lr": ("total_iters", N_("How many steps the way takes.")),
    "warmup_lr": ("warmup_iters", N_("How many steps the warmup lasts.")),
    "sequential_lr": ("milestones", N_("The steps at which the next scheduler takes over.")),
    "chained_scheduler": ("schedulers", N_("They act in this order, each on what the one before it returned.")),
    "lambda_lr": ("lr_lambda", N_("A function that takes the step and returns a factor for `base_lr`.")),
    "reduce_lr_on_plateau": ("patience", N_("How many calls in a row may pass without improvement.")),
}
"""The parameter that matters most of each scheduler, in the order of the sheet, and what it does."""

_PLATEAU = r"\min(\mathtt{lr},\, \max(\mathtt{lr} \cdot \mathtt{factor},\, \mathtt{min\_lr}))"
"""What a learning rate becomes; the metrics, not the step, decide when, so that there is no closed form."""


def name(folder: str, suffix: str) -> str:
    """Return the name of the sheet's file of one language: ``cheat_sheet_zh.pdf``."""
    return f"cheat_sheet_{folder}{suffix}"


def alt() -> str:
    """Return the sheet's text alternative."""
    count = len(register.entries())
    told = _(
        "A table of one page with a row for each of the %(count)s schedulers: a small picture of its curve, its name, the parameter that matters most and what it does, its formula, and whether it works in Graph mode. The pages of the schedulers say the same in text."
    )
    return str(told) % {"count": count}


def content(outcomes: Mapping[str, Outcome]) -> sheet.Content:
    """Return what the sheet says; ``outcomes`` tell what came of each scheduler in Graph mode, by its name."""
    by_family: dict[str, list[sheet.Row]] = {family: [] for family in FAMILIES}
    for each in MATTERS:
        entry = register.get(each)
        by_family[entry.family].append(_row(entry, outcomes[each]))
    return sheet.Content(
        title=str(_("Learning-rate schedulers of OneFlow")),
        subtitle=str(
            _("What each does to the learning rate from step to step; a step is one call of `step()`.")
        ).replace("`", ""),
        heads=(str(_("Scheduler, main parameter")), str(_("Formula")), str(_("Graph"))),
        groups=[(str(_(title)), by_family[family]) for family, title in FAMILIES.items()],
        notes=list(_notes()),
    )


def _row(entry: Entry, outcome: Outcome) -> sheet.Row:
    parameter, does = MATTERS[entry.name]
    supported = "error" not in result(outcome)
    graph = _("yes*") if supported and may_depart(entry) else _("yes") if supported else _("no")
    return sheet.Row(
        name=entry.cls.__name__,
        curve=tuple(learning_rates(entry)[:, 0].tolist()),
        formula=_formula(entry),
        parameter=parameter,
        does=str(_(does)).replace("`", ""),
        graph=str(graph),
        supported=supported,
    )


def _formula(entry: Entry) -> list[Line]:
    if entry.closed_form is not None:
        return lines(brief(entry).latex(condition=str(_("if")), otherwise=str(_("otherwise"))))
    when = str(_("once more than `patience` calls in a row are without improvement")).replace("`", "")
    return [
        Line([Piece(r"\mathtt{lr} \leftarrow", is_math=True)], [Piece(_PLATEAU, is_math=True)]),
        Line([], [Piece(when, is_math=False)]),
    ]


def _notes() -> Iterator[str]:
    defaults = {key: entry.defaults[key] for entry in register.entries().values() for key in choosing(entry)}
    values = {
        "version": version("oneflow"),
        "defaults": ", ".join(f"{key}={value!r}" for key, value in defaults.items()),
    }
    yield (
        str(_("The curves are those of OneFlow %(version)s, with the arguments of the first example of each page."))
        % values
    )
    yield str(_("The formulas are those with the defaults %(defaults)s.")) % values
    yield str(
        _(
            "Graph: whether nn.Graph trains with the scheduler; * with some arguments its learning rates are others than in eager mode."
        )
    )
    yield "lrdoc, CC BY 4.0"


def draw(app: Sphinx, folder: str) -> dict[str, bytes]:
    """Return the sheet's files by the end of their names, for the language of the build, which has ``folder`` on the site."""
    names = list(register.entries())
    outcomes = dict(zip(names, worker.run(checked("graph", "all"), cache=cache(app)), strict=True))
    told, spoken = content(outcomes), alt()

    def drawn() -> dict[str, bytes]:
        with tempfile.TemporaryDirectory() as place:
            chinese.write_font(told.words, Path(place, "chinese.ttf"))
            with closing(sheet.sheet(told, alt=spoken)) as figure:
                files = {"_dark.svg": sheet.to_svg(figure, "dark"), ".svg": sheet.to_svg(figure)}
                return {suffix: text.encode() for suffix, text in files.items()} | {
                    ".pdf": sheet.to_pdf(figure, told.title)
                }

    return kept(
        cache(app) / "pictures",
        repr((folder, told, spoken, node.version(shorter.PACKAGE))),
        (".svg", "_dark.svg", ".pdf"),
        drawn,
    )
