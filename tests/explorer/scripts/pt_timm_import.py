from timm.scheduler import CosineLRScheduler

scheduler = CosineLRScheduler(optimizer, t_initial=50, lr_min=1e-5, warmup_t=5, warmup_lr_init=1e-6)
