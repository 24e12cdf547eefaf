import numpy as np
import torch
from torch.optim.lr_scheduler import LambdaLR


def cosine_table(start, end, steps, warmup_steps=0):
    warmup = np.array([])
    if warmup_steps > 0:
        warmup = np.linspace(0, start, warmup_steps)
    at = np.arange(steps - warmup_steps)
    table = np.concatenate((warmup, end + 0.5 * (start - end) * (1 + np.cos(np.pi * at / len(at)))))
    assert len(table) == steps
    return np.clip(table, 0.05, 1)


table = cosine_table(1.0, 0.01, 50, warmup_steps=10)
pieces = np.interp(np.arange(60), [0, 20, 59], [1.0, 0.5, 0.5])
optimizer = torch.optim.SGD([{"params": a.parameters()}, {"params": b.parameters()}], lr=0.1)
scheduler = LambdaLR(optimizer, [lambda it: table[min(it, len(table) - 1)], lambda it: float(pieces[it])])
