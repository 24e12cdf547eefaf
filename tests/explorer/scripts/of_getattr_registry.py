import oneflow as flow
from types import SimpleNamespace

cfg = SimpleNamespace(
    optim=SimpleNamespace(name="SGD", args=dict(lr=0.2, momentum=0.9)),
    sched=SimpleNamespace(name="LinearLR", args=dict(start_factor=0.25, end_factor=1.0, total_iters=8)),
)

model = flow.nn.Linear(4, 4)
optimizer = getattr(flow.optim, cfg.optim.name)(model.parameters(), **cfg.optim.args)
scheduler_cls = getattr(flow.optim.lr_scheduler, cfg.sched.name)
scheduler = scheduler_cls(optimizer, **cfg.sched.args)
