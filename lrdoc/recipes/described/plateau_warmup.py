"""What the site knows of `lrdoc.recipes.plateau_warmup`."""

from __future__ import annotations

from lrdoc.describe.domain import Integer, Kind, Real
from lrdoc.describe.entry import Preset
from lrdoc.describe.guide import Example, Guide
from lrdoc.describe.recipe import Recipe
from lrdoc.recipes.plateau_warmup import plateau_warmup

RECIPE = Recipe(
    cls=plateau_warmup,
    family="driven",
    domains={
        "warmup_steps": Integer(0, usual=(0, 10)),
        "start_factor": Real(0.0, 1.0, usual=(0.0, 1.0)),
        "factor": Real(0.0, 1.0, usual=(0.1, 0.9), below=True, kind=Kind.DECAY),
        "patience": Integer(0, usual=(0, 5)),
        "threshold": Real(0.0, 1.0, usual=(0.0, 0.1), below=True, kind=Kind.MARGIN),
        "cooldown": Integer(0, usual=(0, 5)),
        "min_lr": Real(0.0, None, usual=(0.0, 0.05), kind=Kind.RATE),
    },
    closed_form=None,
    presets=(Preset({"warmup_steps": 5, "factor": 0.5, "patience": 2, "cooldown": 3}, steps=28),),
)

_CODE = """\
class PlateauAfterWarmup(ReduceLROnPlateau):
    def __init__(self, warmup, factor=0.1, patience=10, cooldown=0, **more):
        super().__init__(
            warmup.optimizer, factor=factor, patience=patience, cooldown=cooldown, **more
        )
        self.warmup = warmup

    def step(self, metrics):
        if self.warmup.last_step < self.warmup.total_iters:
            self.warmup.step()
        else:
            super().step(metrics)

    def state_dict(self):
        return {**super().state_dict(), "warmup": self.warmup.state_dict()}

    def load_state_dict(self, state):
        self.warmup.load_state_dict(state["warmup"])
        super().load_state_dict({**state, "warmup": self.warmup})


optimizer = flow.optim.SGD(model.parameters(), lr=0.1)
scheduler = PlateauAfterWarmup(
    LinearLR(optimizer, start_factor=0.2, end_factor=1.0, total_iters=5),
    factor=0.5,
    patience=2,
    cooldown=3,
)"""

LOSSES = tuple(max(1.0, 9.0 - epoch) for epoch in range(28))
"""A loss that falls in a line and stays where it is from epoch 8 on."""

GUIDE = Guide(
    examples=(Example("PlateauAfterWarmup", _CODE, steps=len(LOSSES), metrics=LOSSES),),
    parameters="warmup_steps=3, factor=0.5, patience=1, cooldown=1",
    per_epoch=True,
)
