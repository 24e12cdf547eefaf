from __future__ import annotations

import json
import math
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from oneflow.optim.lr_scheduler import CosineAnnealingWarmRestarts, LinearLR, StepLR, _LRScheduler

from lrdoc import register
from lrdoc.explorer import forms, generate
from lrdoc.running.node import NODE

ENGINE = Path(generate.__file__).parent / "engine"


class Refused:
    """Classes whose ``get_lr`` has no translation."""

    class Loop:
        def get_lr(self, base_lr: float, step: int) -> float:
            for _ in range(step):
                base_lr *= self.gamma  # type: ignore[attr-defined]
            return base_lr

    class Modulo:
        def get_lr(self, base_lr: float, step: int) -> float:
            return base_lr * (step % self.period)  # type: ignore[attr-defined,no-any-return]

    class Sine:
        def get_lr(self, base_lr: float, step: int) -> float:
            return base_lr * math.sin(step)

    class Global:
        def get_lr(self, base_lr: float, step: int) -> float:
            return base_lr * NODE  # type: ignore[operator]

    class Method:
        def get_lr(self, base_lr: float, step: int) -> float:
            return self.other(base_lr)  # type: ignore[attr-defined,no-any-return]

    class Chain:
        def get_lr(self, base_lr: float, step: int) -> float:
            return base_lr if 0 < step < self.end else 0.0  # type: ignore[attr-defined]

    class NumberAndCondition:
        def get_lr(self, base_lr: float, step: int) -> float:
            if self.gamma:  # type: ignore[attr-defined]
                return base_lr
            return base_lr * self.gamma  # type: ignore[attr-defined,no-any-return]

    class Early:
        def get_lr(self, base_lr: float, step: int) -> float:
            return base_lr * factor  # type: ignore[name-defined,no-any-return]  # noqa: F821


REFUSED = [value for value in vars(Refused).values() if isinstance(value, type)]


def test_every_class_with_a_get_lr_has_a_form_and_no_other() -> None:
    written = re.findall(r"^  (\w+): \(self\)", forms.module(), re.MULTILINE)
    assert written == [found.cls.__name__ for found in register.entries().values() if "get_lr" in vars(found.cls)]


def test_every_class_that_steps_in_a_way_of_its_own_is_composed_by_the_engine() -> None:
    # One that is not would never be wrong, but would be interpreted step by step.
    classes = [found.cls for found in register.entries().values() if issubclass(found.cls, _LRScheduler)]
    text = (ENGINE / "closed.ts").read_text(encoding="utf-8")
    composed = re.findall(r"^  (\w+): \(scheduler(?:, group)?\) =>", text, re.MULTILINE)
    assert sorted(composed) == [cls.__name__ for cls in classes if "step" in vars(cls)]


def test_the_order_of_operations_is_that_of_get_lr() -> None:
    text = forms.form(LinearLR)
    assert "self_start_factor + ((self_end_factor - self_start_factor) * own.divide(step, self_total_iters))" in text
    text = forms.form(CosineAnnealingWarmRestarts)
    assert "own.divide(own.log((1 - (own.divide(step, self_T_0) * (1 - self_T_mult)))), own.log(self_T_mult))" in text


@pytest.mark.parametrize("cls", REFUSED, ids=lambda cls: cls.__name__)
def test_an_operation_without_a_translation_is_refused(cls: type) -> None:
    with pytest.raises(forms.TranslationError, match=f"get_lr of {cls.__name__} has no translation: "):
        forms.form(cls)


def computed(cls: type, attributes: dict[str, Any], base_lr: float, steps: list[int]) -> list[float | None]:
    """Return what a form gives in Node; ``None`` where it leaves the answer to OneFlow's own code."""
    script = f"""
        import {{ forms }} from "{ENGINE}/generated/forms.ts";
        import {{ Uncovered }} from "{ENGINE}/forms.ts";
        const values = {json.dumps(attributes)};
        const read = (name) => values[name];
        const rate = forms.{cls.__name__}({{ number: read, numbers: read, truth: read }});
        const at = (step) => {{
            try {{ return rate({base_lr}, step); }} catch (error) {{
                if (error instanceof Uncovered) return null;
                throw error;
            }}
        }};
        console.log(JSON.stringify({steps}.map(at)));
    """
    generate.write()
    command = [str(NODE), "--input-type=module-typescript", "--eval", script]
    answers: list[float | None] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return answers


def test_a_form_computes_what_get_lr_does() -> None:
    self = StepLR.__new__(StepLR)
    self.step_size, self.gamma = 10, 0.5
    steps = [0, 9, 10, 25]
    assert computed(StepLR, vars(self), 0.1, steps) == [self.get_lr(0.1, step) for step in steps]


def test_a_form_does_not_answer_where_python_raises_an_exception() -> None:
    assert computed(StepLR, {"step_size": 0, "gamma": 0.5}, 0.1, [3]) == [None]
    assert computed(StepLR, {"step_size": 1, "gamma": 10.0}, 0.1, [2, 400]) == [10.0, None]
    assert computed(StepLR, {"step_size": 2, "gamma": 0.0}, 0.1, [-5]) == [None]
