from __future__ import annotations

from lrdoc import register
from lrdoc.sphinxext.first_example import learning_rates


def test_the_first_example_begins_at_its_base_learning_rate_and_has_its_steps() -> None:
    entry = register.get("step_lr")
    lrs = learning_rates(entry)
    assert lrs.shape == (entry.presets[0].steps, 1)
    assert lrs[0, 0] == entry.presets[0].base_lr > lrs[-1, 0]


def test_where_metrics_decide_the_first_example_has_its_own() -> None:
    lrs = learning_rates(register.get("reduce_lr_on_plateau"))
    assert lrs[-1, 0] < lrs[0, 0]
