from oneflow.optim.lr_scheduler import ChainedScheduler, ConstantLR, ExponentialLR

scheduler1 = ConstantLR(optimizer, factor=0.1, total_iters=6)
scheduler2 = ExponentialLR(optimizer, gamma=0.9)
scheduler = ChainedScheduler([scheduler1, scheduler2])
