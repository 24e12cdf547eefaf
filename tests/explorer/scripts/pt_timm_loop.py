import timm.scheduler
import torch

num_epochs = 60
groups = [
    {"params": backbone.parameters(), "lr_scale": 0.1},
    {"params": head.parameters(), "lr": 0.05},
]
optimizer = torch.optim.SGD(groups, lr=0.02, momentum=0.9)
scheduler = timm.scheduler.TanhLRScheduler(
    optimizer, t_initial=num_epochs // 2, cycle_limit=2, cycle_decay=0.5, warmup_t=3, warmup_lr_init=1e-4
)
num_updates = 0
for epoch in range(num_epochs):
    for x, y in loader:
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()
        num_updates += 1
        scheduler.step_update(num_updates=num_updates)
    scheduler.step(epoch + 1, validate(model))
