import oneflow as flow


def make_scheduler(optimizer, total_steps=60, warmup_steps=10, min_ratio=0.1):
    """Linear warmup, then cosine decay."""
    main = flow.optim.lr_scheduler.CosineDecayLR(optimizer, decay_steps=total_steps, alpha=min_ratio)
    return flow.optim.lr_scheduler.WarmupLR(main, warmup_factor=0.01, warmup_iters=warmup_steps)
