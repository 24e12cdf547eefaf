"""
1cycle
======

``one_cycle`` rises to the optimizer's learning rate, which is the peak, and falls far below where it began.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.one_cycle(trace.sgd(0.5), total_steps=100)

figure.curve(
    trace.eager(scheduler, steps=100),
    alt="The learning rate rises along half a cosine from 0.02 to 0.5 at step 29, and falls along half a cosine to almost 0 at step 99.",
)

# %%
# ``three_phase``: back to the start first
# ----------------------------------------

figure.sweep(
    {
        "three_phase=False": trace.eager(recipes.one_cycle(trace.sgd(0.5), total_steps=100), steps=100),
        "three_phase=True": trace.eager(
            recipes.one_cycle(trace.sgd(0.5), total_steps=100, three_phase=True), steps=100
        ),
    },
    alt="{panels} panels that rise from 0.02 to 0.5 at step 29. With three_phase=False the learning rate falls to almost 0 "
    "at step 99. With three_phase=True it is back at 0.02 at step 58, and falls to almost 0 from there.",
)
