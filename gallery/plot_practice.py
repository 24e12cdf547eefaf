"""
Seven schedules, one training
=============================

The same small network is trained on the same images with seven schedules, everything else equal, and each training is repeated with 32 seeds.

The images are the 1,797 handwritten digits of 8 by 8 pixels that scikit-learn ships.
The network has three linear layers without biases, and its updates are those of SGD with momentum.
"""

import numpy as np
import oneflow as flow
from oneflow.optim.lr_scheduler import (
    ChainedScheduler,
    CosineAnnealingWarmRestarts,
    CosineDecayLR,
    ExponentialLR,
    LinearLR,
    ReduceLROnPlateau,
    StepLR,
    WarmupLR,
)
from sklearn.datasets import load_digits

from lrdoc import figure
from lrdoc.practice import paired

EPOCHS, BATCH, SEEDS = 12, 50, range(32)
TRAIN, STEER = 500, 300  # images; the other 997 are for validation
EPOCH = TRAIN // BATCH  # iterations
STEPS = EPOCHS * EPOCH

SCHEDULES = {
    "cosine": lambda optimizer: CosineDecayLR(optimizer, decay_steps=STEPS),
    "constant": lambda optimizer: None,
    "step": lambda optimizer: StepLR(optimizer, step_size=STEPS // 4, gamma=0.3),
    "warm restarts": lambda optimizer: CosineAnnealingWarmRestarts(optimizer, T_0=STEPS // 4),
    "warmup + cosine": lambda optimizer: WarmupLR(
        CosineDecayLR(optimizer, decay_steps=STEPS), warmup_factor=0.1, warmup_iters=2 * EPOCH
    ),
    "plateau": lambda optimizer: ReduceLROnPlateau(optimizer, factor=0.3, patience=2),
    "chained": lambda optimizer: ChainedScheduler(
        [
            LinearLR(optimizer, start_factor=0.1, total_iters=2 * EPOCH),
            ExponentialLR(optimizer, gamma=0.985),
        ]
    ),
}

# %%
# The training loop
# -----------------
#
# A seed decides which images are for training, the first weights, and the order of the batches.
# The seven trainings of one seed share all three.
# The networks of all seeds are trained at the same time, each on its own batches: a layer is a stack of matrices, one for each seed, and one optimizer updates them all.
# That takes a small part of the time that one after the other would.
#
# All schedulers step after every iteration, except ``ReduceLROnPlateau``, which steps once per epoch, on the loss of 300 images that are neither for training nor for validation.
# If it followed the images that it is scored on, its score would be flattered.
# It makes another learning rate of each seed, and so has an optimizer for each.

digits = load_digits()
images, labels = (digits.data / 16).astype(np.float32), digits.target.astype(np.int64)
orders = np.stack([np.random.default_rng(seed).permutation(len(labels)) for seed in SEEDS])
training, steering, validation = np.split(orders, [TRAIN, TRAIN + STEER], axis=1)
flow.set_num_threads(1)  # sums in a fixed order: the same numbers in every run


def weights(inputs, outputs, parts):
    """Return the first weights of a layer: a matrix for each seed, stacked, in so many parts."""
    drawn = [np.random.default_rng([seed, inputs, outputs]) for seed in SEEDS]
    shape, bound = (inputs, outputs), inputs**-0.5
    stacked = np.stack([rng.uniform(-bound, bound, shape) for rng in drawn]).astype(np.float32)
    return [flow.nn.Parameter(flow.tensor(part)) for part in np.split(stacked, parts)]


def forward(layers, chosen):
    """Return the scores of the chosen images, shape (seeds, images, 10), and their labels."""
    values = flow.tensor(images[chosen])
    for number, layer in enumerate(layers):
        values = flow.bmm(flow.relu(values) if number else values, flow.cat(layer))
    return values, labels[chosen]


def losses(layers, chosen):
    """Return the mean loss of each seed, shape (seeds,)."""
    scores, truth = forward(layers, chosen)
    each = flow.nn.functional.cross_entropy(scores.reshape(-1, 10), flow.tensor(truth.ravel()), reduction="none")
    return each.reshape(*truth.shape).mean(dim=1)


def train(build, base_lr, follows_metric):
    """Return the learning rate and loss of every iteration, and the accuracy after every epoch, a row for each seed."""
    parts = len(SEEDS) if follows_metric else 1
    layers = [weights(*size, parts) for size in ((64, 96), (96, 96), (96, 10))]
    optimizers = [flow.optim.SGD(list(own), lr=base_lr, momentum=0.9) for own in zip(*layers)]
    schedulers = [build(optimizer) for optimizer in optimizers]
    shuffled = [np.random.default_rng([seed, EPOCHS]) for seed in SEEDS]
    lrs, training_losses, accuracies = [], [], []
    for _ in range(EPOCHS):
        order = np.stack([rng.permutation(own) for rng, own in zip(shuffled, training)])
        for batch in np.split(order, EPOCH, axis=1):
            loss = losses(layers, batch)
            loss.sum().backward()
            lrs.append([optimizer.param_groups[0]["lr"] for optimizer in optimizers])
            training_losses.append(loss.numpy())
            for optimizer, scheduler in zip(optimizers, schedulers):
                optimizer.step()
                optimizer.zero_grad()
                if scheduler is not None and not follows_metric:
                    scheduler.step()
        with flow.no_grad():
            if follows_metric:
                for scheduler, metric in zip(schedulers, losses(layers, steering).numpy()):
                    scheduler.step(float(metric))
            scores, truth = forward(layers, validation)
            accuracies.append((scores.numpy().argmax(axis=2) == truth).mean(axis=1))
    columns = np.array(lrs).T
    return figure.Course(columns if follows_metric else columns[0], np.array(training_losses).T, np.array(accuracies).T)


def courses(base_lr):
    """Return what the trainings with each schedule measured."""
    return {name: train(build, base_lr, follows_metric=name == "plateau") for name, build in SCHEDULES.items()}


large = courses(base_lr=0.3)

# %%
# Learning rate, loss and accuracy
# --------------------------------
#
# From top to bottom: the learning rate, the loss of the training batches, and the accuracy on the validation images after each epoch.
# The learning rate of each training is drawn.
# Of loss and accuracy, the line is the mean of the seeds, and the band behind it reaches from the lowest to the highest; the losses of three iterations at a time are averaged.
# The axis of the accuracy is stretched toward 1: equal distances halve the errors.
# The base learning rate is 0.3, which is large for this network.


def draw(*names, alt=None):
    figure.courses({name: large[name] for name in names}, among=large.values(), alt=alt)


draw(
    *("constant", "step", "cosine"),
    alt="Learning rate, training loss and validation accuracy over the iterations. Mean accuracy at the end: "
    "constant: {constant}, step: {step}, cosine: {cosine}.",
)

# %%
# With the constant learning rate the loss jumps up and down to the end.
# Where the learning rate falls, the loss becomes calm, and the seeds come together.

draw(
    *("warm restarts", "warmup + cosine"),
    alt="Learning rate, training loss and validation accuracy over the iterations. Mean accuracy at the end: "
    "warm restarts: {warm_restarts}, warmup + cosine: {warmup_cosine}.",
)

# %%
# Each restart raises the loss again, as the learning rate jumps back to the top.
# The warmup makes the first iterations slower and calmer.

draw(
    *("plateau", "chained"),
    alt="Learning rate, training loss and validation accuracy over the iterations. Mean accuracy at the end: "
    "plateau: {plateau}, chained: {chained}.",
)

# %%
# ``ReduceLROnPlateau`` has a learning rate of its own in each training, as each has its own loss.
#
# The results
# -----------
#
# The accuracy at the end, and how far each schedule is from ``cosine``.
# The spread is the standard deviation over the seeds.
# The difference is taken seed by seed: two trainings of one seed share their images and first weights, so what a seed makes easy or hard for both drops out.
# Its interval is one that misses the true mean in about one of twenty experiments such as this.


def report(found):
    print(paired.table({name: course.accuracies[:, -1].tolist() for name, course in found.items()}))


report(large)

# %%
# The same with a third of that base learning rate.

small = courses(base_lr=0.1)
report(small)

# %%
# Both as a figure: the differences to ``cosine``, in points of accuracy.


def intervals(found):
    ends = {name: course.accuracies[:, -1].tolist() for name, course in found.items()}
    apart = {name: paired.difference(values, ends["cosine"]) for name, values in ends.items() if name != "cosine"}
    return {name: (each.mean, *each.interval) for name, each in apart.items()}


figure.differences(
    {"lr=0.3": intervals(large), "lr=0.1": intervals(small)},
    alt="For either base learning rate, the mean difference to cosine of each other schedule, with its interval: "
    "the same numbers as in the two tables.",
)

# %%
# How much learning rate each schedule hands out over the training, as the mean over its iterations and seeds, for the smaller base learning rate.

for name in sorted(small, key=lambda name: -small[name].lrs.mean()):
    print(f"{name:15}  {small[name].lrs.mean():.3f}  accuracy {small[name].accuracies[:, -1].mean():.1%}")

# %%
# What this shows, and what it doesn't
# ------------------------------------
#
# - A learning rate that is too large for the end of a training can be right for its beginning.
#   With 0.3, ``step``, ``cosine``, ``warmup + cosine`` and ``chained``, which end at a small one, end far better than the constant one, and their seeds lie closer together.
# - Which of these four lowers it matters less: ``warmup + cosine`` and ``chained`` are within half a point of ``cosine``, and ``step`` is a little behind.
# - ``warm restarts`` ends at a small learning rate as well, and yet behind.
#   A likely reason is that its last cycle, a quarter of the training, has to repair what the last jump has done.
# - Without need, a schedule does not help.
#   With 0.1 the constant learning rate is at least as good as ``cosine``, and the order is that of the learning rate that was handed out, up to differences that are not certain: this training is too short for a small one, and what is lowered early gets less far.
#   That holds for ``step`` and for ``chained`` alike.
# - A few seeds would not have shown this: the spread of single trainings is larger than most of these differences.
#   Pairing by seed is what makes them visible.
# - The base learning rate and the schedule belong together: compare schedules each at its best base learning rate, not at one for all.
# - It does not show which schedule is best for your model.
#   The network, the data set and the training are all tiny, and the parameters of the schedules were not searched for.
#
# ``python -m lrdoc.practice compare`` makes such a table for CIFAR-100; the page :doc:`/practice` shows how.
