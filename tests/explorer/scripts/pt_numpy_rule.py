import numpy as np
import torch

warmup, total = 5, 45


def rule(epoch):
    if epoch < warmup:
        return (epoch + 1) / warmup
    return 0.5 * (np.cos((epoch - warmup) / (total - warmup) * np.pi) + 1)


optimizer = torch.optim.Adam(model.parameters(), lr=3e-4)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, rule)
