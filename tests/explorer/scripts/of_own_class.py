import oneflow as flow
from oneflow.optim.lr_scheduler import _LRScheduler


class InverseSqrtLR(_LRScheduler):
    def __init__(self, optimizer, warmup_steps, last_step=-1):
        self.warmup_steps = max(1, warmup_steps)
        super().__init__(optimizer, last_step)

    def get_lr(self, base_lr, step):
        if step < self.warmup_steps:
            return base_lr * (step + 1) / self.warmup_steps
        return base_lr * (self.warmup_steps / (step + 1)) ** 0.5


optimizer = flow.optim.Adam(model.parameters(), lr=7e-4)
scheduler = InverseSqrtLR(optimizer, warmup_steps=12)
