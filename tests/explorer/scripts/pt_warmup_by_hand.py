import torch

optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [10, 20])
warmup_iters = 500
for epoch in range(30):
    for i, (x, y) in enumerate(loader):
        it = epoch * len(loader) + i
        if it < warmup_iters:
            for g in optimizer.param_groups:
                g["lr"] = 0.1 * (it + 1) / warmup_iters
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()
    scheduler.step()
