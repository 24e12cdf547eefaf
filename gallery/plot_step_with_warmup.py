"""
Step decay with warmup
======================

``step_with_warmup`` rises in a line to the optimizer's learning rate, and multiplies it by ``gamma`` at each milestone.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.step_with_warmup(trace.sgd(0.1), milestones=[30, 60, 80], warmup_steps=5, start_factor=0.125)

figure.curve(
    trace.eager(scheduler, steps=90),
    alt="The learning rate climbs in a line from 0.0125 to 0.1 at step 5, and falls to 0.01 at step 30, to 0.001 at step 60 and to 0.0001 at step 80.",
)
