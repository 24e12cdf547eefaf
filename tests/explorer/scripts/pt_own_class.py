import torch
from torch.optim.lr_scheduler import _LRScheduler


class WarmUpLR(_LRScheduler):
    """Rise from 0 within total_iters steps."""

    def __init__(self, optimizer, total_iters, last_epoch=-1):
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        return [base_lr * self.last_epoch / (self.total_iters + 1e-8) for base_lr in self.base_lrs]


optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
warmup_scheduler = WarmUpLR(optimizer, 50)
