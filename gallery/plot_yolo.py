"""
YOLO's schedules
================

``yolo`` falls from the optimizer's learning rate to a hundredth of it, in a line or along half a cosine.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.yolo(trace.sgd(0.01), epochs=100)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="The learning rate falls in a line from 0.01 to 0.0001 at step 100.",
)
