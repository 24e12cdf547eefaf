import torch
from timm.scheduler import create_scheduler_v2

optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
scheduler, num_epochs = create_scheduler_v2(optimizer, sched="cosine", num_epochs=50, warmup_epochs=5)
for epoch in range(num_epochs):
    train(model)
    scheduler.step(epoch + 1)
