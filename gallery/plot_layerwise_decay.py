"""
Layer-wise decay, backbone and head
===================================

``layerwise_groups`` gives each layer before the last a smaller learning rate; a scheduler then moves all of them alike.
"""

import oneflow as flow

from lrdoc import figure, recipes, trace

layers = [flow.nn.Linear(4, 4) for _ in range(4)]
optimizer = flow.optim.SGD(recipes.layerwise_groups(layers, lr=0.1, decay=0.75))
scheduler = recipes.warmup_cosine(optimizer, total_steps=100, warmup_steps=10)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="Four curves of one shape, one for each layer: they climb in a line from 0 at step 0, turn at step 10, and fall along half a cosine to 0 "
    "at step 100. The last layer's, param_groups[3], is the highest, with a peak of 0.1; each layer before it has three quarters of the "
    "next one's, down to 0.042 for the first.",
)

# %%
# Backbone and head
# -----------------
#
# Two groups, the one with a tenth of the other's learning rate.

backbone, head = flow.nn.Linear(4, 4), flow.nn.Linear(4, 2)
optimizer = flow.optim.SGD(
    [{"params": backbone.parameters(), "lr": 0.01}, {"params": head.parameters(), "lr": 0.1}],
)
scheduler = recipes.warmup_linear(optimizer, total_steps=100, warmup_steps=10)

figure.curve(
    trace.eager(scheduler, steps=101),
    alt="Two curves that climb in a line from 0 at step 0, turn at step 10, and fall in a line to 0 at step 100: the head's, param_groups[1], "
    "with a peak of 0.1, and the backbone's, param_groups[0], with a peak of 0.01.",
)

# %%
# On a logarithmic axis the distance between the curves is the same at every step: it is the ratio of the learning rates.

layers = [flow.nn.Linear(4, 4) for _ in range(4)]
optimizer = flow.optim.SGD(recipes.layerwise_groups(layers, lr=0.1, decay=0.75))
scheduler = recipes.warmup_cosine(optimizer, total_steps=100, min_lr_ratio=0.1)

figure.curve(
    trace.eager(scheduler, steps=101),
    log=True,
    alt="Four curves of one shape on a logarithmic axis, at equal distances from each other: half cosines that fall to a tenth, "
    "the highest, param_groups[3], from 0.1 to 0.01, the lowest, param_groups[0], from 0.042 to 0.0042.",
)
