"""What a scheduler, or a recipe, does in its first example, the one by which the site shows it."""

from __future__ import annotations

from lrdoc import trace
from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule


def learning_rates(entry: Entry) -> trace.LearningRates:
    """Return the learning rates of the first preset of ``entry``, of shape ``(steps, param groups)``."""
    preset = entry.presets[0]
    return trace.eager(Schedule.preset(entry).build(trace.sgd(preset.base_lr)), preset.steps, preset.metrics)
