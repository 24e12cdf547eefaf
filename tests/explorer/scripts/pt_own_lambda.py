import math

import torch
from torch.optim.lr_scheduler import LambdaLR


class WarmupCosine(LambdaLR):
    """Rise to the base rate, then fall as half a cosine."""

    def __init__(self, optimizer, warmup_steps, total_steps, last_epoch=-1):
        self.warmup_steps = warmup_steps
        self.total_steps = total_steps
        super(WarmupCosine, self).__init__(optimizer, self.factor, last_epoch=last_epoch)

    def factor(self, step):
        if step < self.warmup_steps:
            return float(step) / float(max(1, self.warmup_steps))
        progress = (step - self.warmup_steps) / float(max(1, self.total_steps - self.warmup_steps))
        return max(0.0, 0.5 * (1.0 + math.cos(math.pi * progress)))


optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
scheduler = WarmupCosine(optimizer, warmup_steps=5, total_steps=50)
