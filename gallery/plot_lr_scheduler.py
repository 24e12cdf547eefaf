"""
LRScheduler
===========

A scheduler counts calls of ``step()``; whether that is an iteration or an epoch is decided by the training loop.
"""

from oneflow.optim.lr_scheduler import StepLR

from lrdoc import figure, trace

EPOCHS, ITERATIONS = 5, 10


def used(per):
    """Return the learning rate of every update of a training loop that steps its scheduler per iteration or per epoch."""
    optimizer = trace.sgd(0.1)
    scheduler = StepLR(optimizer, step_size=2, gamma=0.7)
    lrs = []
    for _epoch in range(EPOCHS):
        for _iteration in range(ITERATIONS):
            lrs.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if per == "iteration":
                scheduler.step()
        if per == "epoch":
            scheduler.step()
    return lrs


# %%
# The same ``StepLR(optimizer, step_size=2, gamma=0.7)``, stepped after every iteration and after every epoch of ten iterations.
# The axis counts updates, which are calls of ``optimizer.step()``.

figure.compare(
    {"per epoch": used("epoch"), "per iteration": used("iteration")},
    alt="{curves} learning rates over 50 updates, from one scheduler that lowers the learning rate every second step. "
    "Stepped after every epoch, it goes down in two wide stairs: 0.1 until update 19, 0.07 until 39, 0.049 to the end. "
    "Stepped after every iteration, it goes down every second update and has almost reached 0 by update 30.",
)
