import math
from functools import partial

from torch.optim import AdamW, Optimizer
from torch.optim.lr_scheduler import LambdaLR


def _cosine_lambda(current_step, *, num_warmup_steps, num_training_steps, num_cycles):
    if current_step < num_warmup_steps:
        return float(current_step) / float(max(1, num_warmup_steps))
    progress = float(current_step - num_warmup_steps) / float(max(1, num_training_steps - num_warmup_steps))
    return max(0.0, 0.5 * (1.0 + math.cos(math.pi * float(num_cycles) * 2.0 * progress)))


def cosine_schedule(optimizer: Optimizer, num_warmup_steps: int, num_training_steps: int, num_cycles: float = 0.5):
    rule = partial(
        _cosine_lambda,
        num_warmup_steps=num_warmup_steps,
        num_training_steps=num_training_steps,
        num_cycles=num_cycles,
    )
    return LambdaLR(optimizer, rule)


optimizer = AdamW(model.parameters(), lr=5e-5)
scheduler = cosine_schedule(optimizer, num_warmup_steps=6, num_training_steps=60)
