"""
From epochs to steps
====================

A training is told in epochs, images and batches, and a schedule in steps.
Here is the way from one to the other: 20 epochs of 50,000 images in batches of 128, with a warmup of 5 % of the training.
"""

import math

from lrdoc import figure, recipes, trace

epochs, images, batch_size = 20, 50000, 128
batches_per_epoch = math.ceil(images / batch_size)  # the last one has 80 images
total_steps = epochs * batches_per_epoch
warmup_steps = total_steps * 5 // 100
print(f"{batches_per_epoch} updates in an epoch, {total_steps} in all, {warmup_steps} of them the warmup")

# %%
# ``scheduler.step()`` is called once for each update.

scheduler = recipes.warmup_cosine(trace.sgd(0.1), total_steps=total_steps, warmup_steps=warmup_steps)

figure.curve(
    trace.eager(scheduler, steps=total_steps),
    alt="The learning rate climbs in a line from 0 to 0.1 at step 391, and falls along half a cosine to nearly 0 at step 7819.",
)

# %%
# The chooser on the page :doc:`/recipes/index` does the same for yours, with several processes and gradient accumulation too.
