"""
Stochastic weight averaging
===========================

``swalr`` leads the learning rate from where the training is to a constant one, at which the weights of many epochs are averaged.
"""

from lrdoc import figure, recipes, trace

scheduler = recipes.swalr(trace.sgd(0.1), swa_lr=0.02, anneal_steps=20)

figure.curve(
    trace.eager(scheduler, steps=60),
    alt="The learning rate falls along half a cosine from 0.1 to 0.02 at step 20, and stays there to step 59.",
)
