"""
CosineAnnealingLR
=================

Moves the learning rate along a cosine: down to ``eta_min`` within ``T_max`` steps, up again within the next ``T_max``, and so on.
"""

from oneflow.optim.lr_scheduler import CosineAnnealingLR, CosineAnnealingWarmRestarts, CosineDecayLR

from lrdoc import figure, trace

scheduler = CosineAnnealingLR(trace.sgd(0.1), T_max=20, eta_min=0.01)

figure.curve(
    trace.eager(scheduler, steps=61),
    alt="A cosine wave: the learning rate falls from 0.1 to 0.01 at step 20, rises to 0.1 again at step 40, "
    "and has fallen to 0.01 a second time at step 60. There are no jumps.",
)

# %%
# ``T_max``: how long it falls
# ----------------------------
#
# ``T_max`` is half a period.
# If the learning rate is to fall once and not rise again, choose it as long as the training.

figure.sweep(
    {
        f"T_max={T_max}": trace.eager(CosineAnnealingLR(trace.sgd(0.1), T_max=T_max, eta_min=0.01), steps=61)
        for T_max in (5, 10, 20, 60)
    },
    alt="{panels} cosine waves between 0.1 and 0.01 over 61 steps. With T_max=5 there are six full waves; with T_max=10 "
    "three; with T_max=20 one and a half; with T_max=60 the learning rate falls once, over the whole panel.",
)

# %%
# ``eta_min``: the other end of the wave
# --------------------------------------
#
# ``eta_min`` is a learning rate, not a fraction.
# Above the base learning rate it turns the wave upside down.

figure.sweep(
    {
        f"eta_min={eta_min}": trace.eager(CosineAnnealingLR(trace.sgd(0.1), T_max=20, eta_min=eta_min), steps=61)
        for eta_min in (0.0, 0.02, 0.05, 0.12)
    },
    alt="{panels} cosine waves that start at 0.1 and turn at steps 20 and 40. With eta_min=0.0 the wave reaches down to 0; "
    "with eta_min=0.02 to 0.02; with eta_min=0.05 to half its start; with eta_min=0.12 it goes up to 0.12 first.",
)

# %%
# The three cosine schedulers side by side
# ----------------------------------------
#
# Before step 20 all three give the same learning rates.
# Then ``CosineDecayLR`` stays at the minimum, ``CosineAnnealingLR`` goes back the way it came, and ``CosineAnnealingWarmRestarts`` jumps back to the start.

figure.sweep(
    {
        "CosineDecayLR": trace.eager(CosineDecayLR(trace.sgd(0.1), decay_steps=20, alpha=0.1), steps=61),
        "CosineAnnealingLR": trace.eager(CosineAnnealingLR(trace.sgd(0.1), T_max=20, eta_min=0.01), steps=61),
        "CosineAnnealingWarmRestarts": trace.eager(
            CosineAnnealingWarmRestarts(trace.sgd(0.1), T_0=20, eta_min=0.01), steps=61
        ),
    },
    columns=1,
    alt="{panels} panels with the same fall from 0.1 over the first 20 steps. At step 20, CosineDecayLR is at 0.01 and stays "
    "there; CosineAnnealingLR rises smoothly to 0.1 at step 40 and falls again; CosineAnnealingWarmRestarts jumps to "
    "0.1 at steps 20, 40 and 60 and falls anew after each jump.",
)
