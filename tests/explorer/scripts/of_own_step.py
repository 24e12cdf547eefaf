"""Schedulers whose own `step` steps another one, sets the learning rates, or steps twice."""

import oneflow as flow
from oneflow.optim.lr_scheduler import ExponentialLR, LinearLR, StepLR


class After(StepLR):
    """Goes down by stairs once a warmup is over."""

    def __init__(self, optimizer, warmup_iters, step_size):
        self.warmup = LinearLR(optimizer, start_factor=0.2, total_iters=warmup_iters)
        super().__init__(optimizer, step_size)

    def step(self):
        if self.warmup.last_step < self.warmup.total_iters:
            self.warmup.step()
        else:
            super().step()


class Both(StepLR):
    def __init__(self, optimizer, gamma, step_size):
        self.other = ExponentialLR(optimizer, gamma)
        super().__init__(optimizer, step_size)

    def step(self):
        super().step()
        for _ in range(2):
            self.other.step()


class Times(ExponentialLR):
    def step(self):
        for group in self.optimizer.param_groups:
            group["lr"] *= 0.9


class Twice(StepLR):
    def step(self):
        super().step()
        super().step()


def optimizer():
    return flow.optim.SGD(net.parameters(), lr=0.1)


after = After(optimizer(), 5, 3)
both = Both(optimizer(), 0.97, 4)
times = Times(optimizer(), 0.5)
twice = Twice(optimizer(), 4)
