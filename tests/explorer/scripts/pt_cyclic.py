from torch.optim.lr_scheduler import CyclicLR

scheduler = CyclicLR(optimizer, base_lr=0.001, max_lr=0.1, step_size_up=10, mode="triangular2")
