import bisect

import torch
from torch.optim.lr_scheduler import LambdaLR


def warmup_multistep(steps, gamma, warmup_factor, warmup_iters):
    def factor(it):
        alpha = it / warmup_iters
        warm = warmup_factor * (1 - alpha) + alpha if it < warmup_iters else 1.0
        return warm * gamma ** bisect.bisect_right(steps, it)

    return factor


def build_lr_scheduler(cfg, optimizer):
    if cfg["LR_SCHEDULER_NAME"] == "WarmupMultiStepLR":
        return LambdaLR(
            optimizer,
            warmup_multistep(cfg["STEPS"], cfg["GAMMA"], cfg["WARMUP_FACTOR"], cfg["WARMUP_ITERS"]),
        )
    raise ValueError("Unknown LR scheduler: {}".format(cfg["LR_SCHEDULER_NAME"]))


SOLVER = {
    "LR_SCHEDULER_NAME": "WarmupMultiStepLR",
    "BASE_LR": 0.02,
    "STEPS": (30, 45),
    "GAMMA": 0.1,
    "WARMUP_FACTOR": 1.0 / 100,
    "WARMUP_ITERS": 10,
}
optimizer = torch.optim.SGD(model.parameters(), lr=SOLVER["BASE_LR"], momentum=0.9)
scheduler = build_lr_scheduler(SOLVER, optimizer)
