import torch.optim.lr_scheduler as schedulers

first = schedulers.ConstantLR(optimizer, factor=0.1, total_iters=5)
second = schedulers.ExponentialLR(optimizer, gamma=0.9)
chain = schedulers.ChainedScheduler([first, second])
