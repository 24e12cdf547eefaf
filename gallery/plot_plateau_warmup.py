"""
Plateau with warmup and cooldown
================================

A loop steps a warmup first, then ``ReduceLROnPlateau``, which goes on from the learning rate that it finds.
"""

from oneflow.optim.lr_scheduler import LinearLR, ReduceLROnPlateau

from lrdoc import figure, trace

losses = [max(1.0, 9.0 - epoch) for epoch in range(28)]


def run(warmup_epochs, **parameters):
    """Return the learning rate of each epoch: first the warmup is stepped, then the other, never both."""
    optimizer = trace.sgd(0.1)
    warmup = LinearLR(optimizer, start_factor=0.2, end_factor=1.0, total_iters=warmup_epochs)
    plateau = ReduceLROnPlateau(optimizer, factor=0.5, patience=2, **parameters)
    lrs = []
    for epoch, loss in enumerate(losses):
        lrs.append(optimizer.param_groups[0]["lr"])
        if epoch < warmup_epochs:
            warmup.step()
        else:
            plateau.step(loss)
    return lrs


figure.plateau(
    losses,
    run(warmup_epochs=5, cooldown=3),
    alt="Above, a loss over 28 epochs: it falls in a line from 9 to 1 at epoch 8, and stays there. Below, the learning rate: "
    "it climbs in a line from 0.02 to 0.1 at epoch 5, stays there, and is halved at epochs 12, 18 and 24, to 0.0125.",
)

# %%
# With and without a cooldown
# ---------------------------
#
# After each cut, ``cooldown`` epochs do not count, so the cuts are as much further apart.

figure.plateau(
    losses,
    {f"cooldown={cooldown}": run(warmup_epochs=5, cooldown=cooldown) for cooldown in (0, 3, 6)},
    alt="The same loss, and below it {panels} learning rates that climb to 0.1 by epoch 5 and are first halved at epoch 12. "
    "With cooldown=0 the halvings lie 3 epochs apart, with cooldown=3 6 epochs, and with cooldown=6 9 epochs.",
)
