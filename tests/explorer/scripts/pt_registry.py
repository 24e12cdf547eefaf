import torch

SCHED = {
    "none": lambda opt, **kw: None,
    "step": torch.optim.lr_scheduler.StepLR,
    "multi": torch.optim.lr_scheduler.MultiStepLR,
    "lambda": torch.optim.lr_scheduler.LambdaLR,
}
cfg = dict(type="multi", milestones=[6, 12, 18], gamma=0.4)
cfg = cfg.copy()
kind = cfg.pop("type")
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = SCHED[kind](optimizer, **cfg)
