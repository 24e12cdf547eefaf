from oneflow.optim.lr_scheduler import CosineDecayLR, ExponentialLR, StepLR

SCHEDULERS = {
    "step": StepLR,
    "exp": ExponentialLR,
    "cosine": CosineDecayLR,
}
KWARGS = {
    "step": dict(step_size=15, gamma=0.3),
    "exp": dict(gamma=0.97),
    "cosine": dict(decay_steps=50),
}


def create(name, optimizer):
    if name not in SCHEDULERS:
        raise KeyError(f"no scheduler named {name!r}")
    return SCHEDULERS[name](optimizer, **KWARGS[name])


scheduler = create("exp", optimizer)
