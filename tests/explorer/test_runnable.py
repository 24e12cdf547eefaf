"""What "Copy code" gives, run by Python and OneFlow."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import oneflow as flow
import pytest

from lrdoc import recipes, register
from lrdoc.explorer import generate
from tests.explorer.test_units import NODE

SIDE = Path(__file__).parent / "runnable_side.ts"


def stepped(scheduler: Any) -> list[float]:
    """Return the first three learning rates that a scheduler sets."""
    lrs: list[float] = []
    for _step in range(3):
        lrs.append(scheduler.optimizer.param_groups[0]["lr"])
        if isinstance(scheduler, flow.optim.lr_scheduler.ReduceLROnPlateau):
            scheduler.step(1.0)
        else:
            scheduler.step()
    return lrs


def test_the_code_that_is_copied_runs_and_makes_the_curve_that_is_shown() -> None:
    generate.write()
    result = subprocess.run([str(NODE), str(SIDE)], capture_output=True, text=True, check=True)
    copied = json.loads(result.stdout)
    assert len(copied) > len(register.entries()) + len(recipes.entries())
    for one in copied:
        names: dict[str, Any] = {}
        exec(compile(one["script"], "copied", "exec"), names)
        assert stepped(names["scheduler"]) == pytest.approx(one["lr"], rel=1e-9), one["script"]
