"""
The learning rate before, times a factor
========================================

``multiplicative`` multiplies the learning rate of the step before by what a function gives for the step.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.multiplicative(trace.sgd(0.1), factor=lambda step: 1.0 if step < 20 else 0.9)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="The learning rate stays at 0.1 to step 19, and from there falls along an exponential curve to 0.00148 at step 59.",
)
