"""The sentences that several pages share: each is written once, here, and translated once, in the catalog of the directives' words.

Where a page wants one, it says ``{sentence}`KEY``` or ``{sentence}`KEY.SCHEDULER```; some directives write theirs themselves.
A sentence is MyST, as on a page, but its links begin at the root of the sources.
It may hold ``%(name)s`` and ``%(cls)s``, the scheduler's snake_case name and its class, and ``%(installed)s`` and ``%(earlier)s``, the versions of OneFlow that the site compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from lrdoc.checks import recipe_records
from lrdoc.checks.sources import EARLIER
from lrdoc.sphinxext import described
from lrdoc.sphinxext.shown import COLON, FULL_STOP
from lrdoc.translation.words import N_, _

if TYPE_CHECKING:
    from sphinx.util.docutils import SphinxDirective

SENTENCES: Mapping[str, str] = {
    # parameters
    "step": N_("A step is one call of `step()`; whether that is an iteration or an epoch is up to your loop."),
    "gamma": N_("Below 1 the learning rate falls; at 1 nothing happens; above 1 it grows."),
    "housekeeping": N_(
        "`optimizer`, `last_step` and `verbose` are those of [the base class](/reference/lr_scheduler.md)."
    ),
    "housekeeping_without_optimizer": N_(
        "`last_step` and `verbose` are those of [the base class](/reference/lr_scheduler.md)."
    ),
    # formula
    "formula_compared": N_(
        "The formula was compared with the real class over {fact}`formula.%(name)s.sets` parameter sets and {fact}`formula.%(name)s.values` learning rates; the largest relative difference is {fact}`formula.%(name)s.difference` ([how](/concepts/checked.md))."
    ),
    # explorer
    "explorer": N_("Move a slider or edit the code, and the curve follows."),
    "explorer_link": N_(
        "Everything is computed in your browser, and the address of the page holds what you set, so that a link shows the same curve to others."
    ),
    # arguments at and beyond their valid range
    "edges": N_("These arguments were tried on the installed class."),
    "edges_accepted": N_(
        "What is accepted although it makes no sense is listed with the learning rates that come of it."
    ),
    # caveats
    "overwritten": N_(
        "It can't: every step computes the learning rate anew from `base_lrs`, so a value set by hand lasts until the next call of `step()`."
    ),
    "no_optimizer": N_(
        "If the first argument is not an optimizer, for example the model's parameters, the exception says nothing."
    ),
    # code
    "trace_eager": N_("`trace.eager` returns the learning rates that a scheduler gives in the first steps."),
    # Graph mode
    "graph_works": N_("`%(cls)s` works in Graph mode."),
    "graph_compared": N_(
        "Over {fact}`graph.%(name)s.sets` parameter sets of {fact}`graph.%(name)s.steps` steps each, what the weights moved by differs from eager mode by at most {fact}`graph.%(name)s.difference` of the base learning rate, and by {fact}`graph_long.%(name)s.difference` in a run of {fact}`graph_long.%(name)s.steps` steps: the rounding of 32-bit floats."
    ),
    "graph_frozen": N_(
        "Nothing in Python follows the graph: `get_last_lr()`, `last_step` and the optimizer's `param_groups` stay as they are at its first call ([how to read the learning rate](/concepts/graph_mode.md#what-is-the-learning-rate-now))."
    ),
    # training loops
    "eager_loop": N_("In eager mode you call `scheduler.step()` yourself, after `optimizer.step()`."),
    "graph_loop": N_(
        "In Graph mode you give the scheduler to `add_optimizer`, and every call of the graph that updates the weights is a step."
    ),
    # PyTorch
    "same_in_pytorch": N_(
        "`torch.optim.lr_scheduler.%(cls)s` takes the same arguments and gives the same curve; `last_step` is called `last_epoch` there, and there is no `verbose`."
    ),
    "same_lengths_in_pytorch": N_(
        "`torch.optim.lr_scheduler.%(cls)s` takes the same arguments and, where its length is an integer above 0, gives the same curve; `last_step` is called `last_epoch` there, and there is no `verbose`."
    ),
    # versions and related pages
    "same_in_earlier": N_(
        "`%(cls)s` gives the same learning rates in OneFlow %(earlier)s and %(installed)s ([constructor calls compared](/concepts/checked.md#other-versions-of-oneflow): {earlier}`%(name)s`)."
    ),
    "parts_in_earlier": N_(
        "With a `LinearLR` among its parts whose `end_factor` is not 1 the two can differ, as [that of %(earlier)s ends elsewhere](/reference/linear_lr.md#versions-and-related-pages)."
    ),
    "since_0_7": N_("It came with OneFlow 0.7, as the sources of that version show."),
    "gallery_script": N_("[The gallery script](/gallery/plot_%(name)s.rst) that drew these figures."),
    # answers to the questions that the readers of a page have
    "answer_constant": N_("[Why is my learning rate constant?](/answers/wrong_rate.md#it-is-constant)"),
    "answer_jumps": N_(
        "[Why does my learning rate jump at the milestone?](/answers/wrong_rate.md#it-jumps-at-the-milestone)"
    ),
    "answer_rises": N_("[Why does my learning rate rise again?](/answers/wrong_rate.md#it-rises-again)"),
    "answer_0_at_the_start": N_(
        "[Why is my learning rate 0 at the start?](/answers/wrong_rate.md#it-is-0-at-the-start)"
    ),
    "answer_0_for_most": N_(
        "[Why is my learning rate 0 for most of the training?](/answers/wrong_rate.md#it-is-0-for-most-of-the-training)"
    ),
    "answer_processes": N_(
        "[Why does my learning rate fall too fast on several processes?](/answers/wrong_rate.md#it-falls-too-fast-on-several-processes)"
    ),
    "answer_anew": N_(
        "[Why does my learning rate start anew after resuming?](/answers/wrong_rate.md#it-starts-anew-after-resuming)"
    ),
    "answer_steps": N_("[Epoch or iteration, and how many steps?](/answers/epoch_or_iteration.md)"),
    "answer_resume": N_("[How do I resume, or train longer?](/answers/resume.md)"),
    "answer_longer": N_(
        "[How do I train longer, or change the curve?](/answers/resume.md#train-longer-or-change-the-curve)"
    ),
    "answer_by_hand": N_(
        "[How do I set another learning rate from here on?](/answers/resume.md#another-learning-rate-from-here-on)"
    ),
    "answer_groups": N_("[How do I use several learning rates?](/answers/param_groups.md)"),
    "answer_which": N_("[Which scheduler, how much warmup?](/answers/which.md)"),
    "answer_warmup": N_("[How much warmup?](/answers/which.md#how-much-warmup)"),
    "answer_base": N_("[Which base learning rate?](/answers/which.md#which-base-learning-rate)"),
    "answer_mixed": N_("[Mixed precision: is a skipped update a step?](/answers/mixed_precision.md)"),
    "answer_print": N_("[How do I print the learning rate?](/answers/print_rate.md)"),
    "answer_pytorch": N_("[Which scheduler of PyTorch is which?](/answers/from_pytorch.md)"),
    "pictures": N_("[The curve as SVG, PNG and animation](/pictures.md#%(anchor)s), to take away."),
    # recipes
    "recipe_total_steps": N_(
        "The number of updates of the whole training, which is how often you call `step()`; after it the learning rate stays."
    ),
    "recipe_warmup_steps": N_("How many of these updates the warmup takes."),
    "recipe_below_total": N_("From 0 to `total_steps` - 1."),
    "recipe_up_to_total": N_("From 0 to `total_steps`; with all of them, the fall is the one step after."),
    "recipe_formula": N_(
        "The function was compared with the formula over {fact}`recipe.%(name)s.sets` sets of arguments; the largest difference is {fact}`recipe.%(name)s.formula` of the base learning rate."
    ),
    "recipe_composed": N_(
        "`nn.Graph` takes what the function returns as it is, since it is made of OneFlow's own schedulers; in {fact}`recipe.%(name)s.sets` schedules, what the weights moved by differs from eager mode by at most {fact}`recipe.%(name)s.graph` of the base learning rate."
    ),
    "recipe_table": N_(
        "`nn.Graph` refuses a `LambdaLR`; [in_graph](/recipes/in_graph.md) makes of it what the graph takes, and in {fact}`recipe.%(name)s.sets` schedules what the weights moved by differs from eager mode by at most {fact}`recipe.%(name)s.graph` of the base learning rate."
    ),
    "recipe_original": N_(
        "`%(original)s` of %(package)s was run with {fact}`recipe.%(name)s.sets` sets of arguments; at every step up to the last, this function gives the same learning rate, {apart}`recipe.%(name)s.original`. In terms of this function's arguments and of `lr`, the base learning rate, the original is `%(call)s`."
    ),
    "recipe_original_edges": N_("Among the sets are trainings of one step and trainings without a warmup."),
    "recipe_beyond": N_("After the last step the learning rate of the original rises again; here it stays."),
    "recipe_playground": N_("Open it in the playground, with its code, to change the code itself:"),
    "recipe_practice": N_("Train with it:"),
    "recipe_sources": N_("Sources:"),
    "warmup_before": N_("[WarmupLR](/reference/warmup_lr.md) puts a warmup before it."),
}
"""Every shared sentence by its key, in the order of a reference page, with those of the recipes among the last."""


def text(key: str, scheduler: str, docs: Path) -> str:
    """Return a sentence in the page's language, about ``scheduler`` (its snake_case name; empty where the sentence names none).

    ``docs`` is the folder of the sources, where the records of other versions lie.
    Raises ``ValueError`` for an unknown key or scheduler, and where the sentence names a scheduler and none is given.
    """
    if key not in SENTENCES:
        raise ValueError(f"no sentence {key!r}; there is: {', '.join(SENTENCES)}")
    try:
        return str(_(SENTENCES[key])) % (_values(scheduler, docs) if scheduler else {})
    except KeyError:
        raise ValueError(f"the sentence {key!r} names a scheduler: say {key}.SCHEDULER") from None


def _values(scheduler: str, docs: Path) -> dict[str, str]:
    original = _original(scheduler).partition("(")[0]
    return {
        "name": scheduler,
        "cls": described.get(scheduler).cls.__name__,
        "anchor": described.get(scheduler).cls.__name__.lower(),
        "original": original,
        "call": _original(scheduler),
        "package": recipe_records.package(original),
        "installed": version("oneflow"),
        "earlier": EARLIER.version(docs),
    }


def _original(name: str) -> str:
    """Return the call that a recipe is compared with; empty where there is none."""
    trial = recipe_records.TRIALS.get(name)
    return (trial.original or "") if trial else ""


def paragraph(directive: SphinxDirective, *keys: str) -> nodes.paragraph:
    """Return a paragraph of shared sentences, which a directive puts on its page."""
    node = nodes.paragraph(translatable=False)  # it has its translation already
    for key in keys:
        if node.children and not ends_full_width(node):
            node += nodes.Text(" ")
        content, _messages = directive.state.inline_text(text(key, "", Path(directive.env.srcdir)), directive.lineno)
        node += content
    directive.set_source_info(node)
    return node


def ends_full_width(node: nodes.Node) -> bool:
    """Tell whether a sentence ends with a full-width stop or colon of Chinese, after which no space is set."""
    return node.astext().endswith((FULL_STOP, COLON))
