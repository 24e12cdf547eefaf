"""
Poly
====

``poly`` falls to 0 along a polynomial with the power 0.9, which is almost a line.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.poly(trace.sgd(0.1), total_steps=100)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate falls from 0.1 in a line that bends down slightly, to 0 at step 100.",
)
