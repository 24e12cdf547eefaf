"""
Warm restarts with warmup
=========================

``sgdr_warmup`` rises in a line, then falls along half a cosine and begins anew, in longer cycles and from lower peaks if you like.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.sgdr_warmup(trace.sgd(0.1), cycle_steps=20, warmup_steps=10, cycle_mult=2, cycle_decay=0.7)

figure.curve(
    trace.eager(scheduler, steps=150),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 10 and falls along half a cosine, in ever longer cycles; it jumps to 0.07 at step 30 and to 0.049 at step 70.",
)
