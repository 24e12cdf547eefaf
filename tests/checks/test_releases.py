from __future__ import annotations

from pathlib import Path

from lrdoc.checks import releases

EXPORTS = """
from oneflow.nn.optimizer.lr_scheduler import LrScheduler as _LRScheduler
from oneflow.nn.optimizer.step_lr import (
    StepLR,
)
"""
BASE = """
class LrScheduler(object):
    def __init__(self, optimizer, last_step=-1): ...
    def get_lr(self): ...
"""
STEP = """
import math
class Other: ...
class StepLR(LrScheduler):
    gamma = 0.1
    def __init__(self, optimizer, step_size: int): ...
"""


def test_the_classes_of_a_release_are_read_by_the_names_that_it_exports(tmp_path: Path) -> None:
    package = tmp_path / "oneflow"
    for name, text in (
        ("optim/lr_scheduler.py", EXPORTS),
        ("nn/optimizer/lr_scheduler.py", BASE),
        ("nn/optimizer/step_lr.py", STEP),
    ):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    assert releases.read(package) == {
        "_LRScheduler": {"__init__": ["self", "optimizer", "last_step"], "get_lr": ["self"]},
        "StepLR": {"__init__": ["self", "optimizer", "step_size"]},
    }


def test_every_release_is_recorded_with_its_base_class() -> None:
    recorded = releases.recorded()
    assert tuple(recorded) == releases.RELEASES
    assert all(releases.BASE in classes and len(classes) >= 9 for classes in recorded.values())


def test_the_installed_release_is_read_as_it_is() -> None:
    import oneflow

    installed = releases.read(Path(oneflow.__file__).parent)
    assert installed["PolynomialLR"]["__init__"][:3] == ["self", "optimizer", "decay_batch"]
    assert installed[releases.BASE]["get_lr"] == ["self", "base_lr", "step"]
