import math

import torch
from torch.optim import lr_scheduler

hyp = {"lr0": 0.01, "lrf": 0.01, "momentum": 0.937, "weight_decay": 5e-4}
epochs, cos_lr = 30, True


def one_cycle(y1=0.0, y2=1.0, steps=100):
    return lambda x: ((1 - math.cos(x * math.pi / steps)) / 2) * (y2 - y1) + y1


g = [], [], []
optimizer = torch.optim.SGD(g[2], lr=hyp["lr0"], momentum=hyp["momentum"], nesterov=True) if False else torch.optim.SGD(
    model.parameters(), lr=hyp["lr0"], momentum=hyp["momentum"], nesterov=True
)
if cos_lr:
    lf = one_cycle(1, hyp["lrf"], epochs)
else:
    lf = lambda x: (1 - x / epochs) * (1.0 - hyp["lrf"]) + hyp["lrf"]
scheduler = lr_scheduler.LambdaLR(optimizer, lr_lambda=lf)
scheduler.last_epoch = -1
