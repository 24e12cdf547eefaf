"""A configuration whose class sets, derives and keeps what it is given."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import oneflow as flow
from oneflow.optim.lr_scheduler import MultiStepLR, StepLR


@dataclass
class Plan:
    epochs: int = 4
    milestones: list = field(default_factory=lambda: [2, 5])
    steps: int = field(init=False)
    gamma: float = field(init=False, default=0.5)

    def __post_init__(self):
        self.steps = self.epochs * 3


@dataclass
class Longer(Plan):
    factor: int = 2


class Settings:
    def __init__(self):
        self._size = 2

    @property
    def size(self):
        return self._size

    @size.setter
    def size(self, value):
        self._size = value * 3

    @property
    def fixed(self):
        return 5

    @cached_property
    def kept(self):
        return 4


calls = []


@lru_cache(maxsize=None)
def counted(number):
    calls.append(number)
    return number


def optimizer():
    return flow.optim.SGD(net.parameters(), lr=0.1)


plan = Longer(5, [3], 4)
plan.milestones.append(plan.steps)
settings = Settings()
settings.size = 3
settings.kept = 8
try:
    settings.fixed = 7
except AttributeError:
    settings.size = 4
counted(3)
counted(3)

milestones = MultiStepLR(optimizer(), plan.milestones, gamma=plan.gamma)
by_factor = StepLR(optimizer(), plan.factor)
by_setter = StepLR(optimizer(), settings.size)
by_kept = StepLR(optimizer(), settings.kept)
by_count = StepLR(optimizer(), len(calls) + counted(3))
