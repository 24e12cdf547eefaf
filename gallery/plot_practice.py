"""
Seven schedules, one training
=============================

The same small network is trained on the same images with seven schedules, everything else equal, and each training is repeated with four seeds.

The images are the 1,797 handwritten digits of 8 by 8 pixels that scikit-learn ships.
The network has three linear layers, and its updates are those of SGD with momentum.
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

EPOCHS, BATCH, SEEDS = 12, 50, range(4)
TRAIN = 500  # images; the other 1,297 are for validation
EPOCH = TRAIN // BATCH  # iterations
STEPS = EPOCHS * EPOCH

SCHEDULES = {
    "constant": lambda optimizer: None,
    "step": lambda optimizer: StepLR(optimizer, step_size=STEPS // 4, gamma=0.3),
    "cosine": lambda optimizer: CosineDecayLR(optimizer, decay_steps=STEPS),
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
# All schedulers step after every iteration, except ``ReduceLROnPlateau``, which steps once per epoch, on the validation loss.
# So it alone is steered by the images on which all are scored, which is an advantage that the others do not have.
# A seed decides three things: which images are for training, the first weights, and the order of the batches.
# The seven trainings of one seed share all three.

digits = load_digits()
images = flow.tensor((digits.data / 16).astype(np.float32))
labels = flow.tensor(digits.target.astype(np.int64))
flow.set_num_threads(1)  # sums in a fixed order: the same numbers in every run


def network():
    return flow.nn.Sequential(
        flow.nn.Linear(64, 96),
        flow.nn.ReLU(),
        flow.nn.Linear(96, 96),
        flow.nn.ReLU(),
        flow.nn.Linear(96, 10),
    )


def train(build, base_lr, seed):
    """Return the learning rate and loss of every iteration, and the accuracy after every epoch."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))
    chosen, validation = order[:TRAIN], flow.tensor(order[TRAIN:])
    flow.manual_seed(seed)
    model = network()
    optimizer = flow.optim.SGD(model.parameters(), lr=base_lr, momentum=0.9)
    scheduler = build(optimizer)
    lrs, losses, accuracies = [], [], []
    for _ in range(EPOCHS):
        for batch in map(flow.tensor, rng.permutation(chosen).reshape(EPOCH, BATCH)):
            loss = flow.nn.functional.cross_entropy(model(images[batch]), labels[batch])
            loss.backward()
            lrs.append(optimizer.param_groups[0]["lr"])
            losses.append(loss.detach())
            optimizer.step()
            optimizer.zero_grad()
            if scheduler is not None and not isinstance(scheduler, ReduceLROnPlateau):
                scheduler.step()
        with flow.no_grad():
            scores = model(images[validation])
            truth = labels[validation]
            accuracies.append((scores.argmax(dim=1) == truth).float().mean().item())
            if isinstance(scheduler, ReduceLROnPlateau):
                scheduler.step(flow.nn.functional.cross_entropy(scores, truth).item())
    return lrs, [loss.item() for loss in losses], accuracies


def courses(base_lr):
    """Return, for each schedule, what its trainings measured, one row per seed."""
    found = {}
    for name, build in SCHEDULES.items():
        runs = [train(build, base_lr, seed) for seed in SEEDS]
        found[name] = figure.Course(*map(np.array, zip(*runs, strict=True)))
    return found


large = courses(base_lr=0.3)

# %%
# Learning rate, loss and accuracy
# --------------------------------
#
# From top to bottom: the learning rate, the loss of the training batches, and the accuracy on the validation images after each epoch.
# The learning rate of each training is drawn.
# The axis of the accuracy begins at the lowest one of the second half of the trainings, as the first epochs are much alike.
# Of loss and accuracy, the line is the mean of the four seeds, and the band behind it reaches from the lowest to the highest; the losses of three iterations at a time are averaged.
# The base learning rate is 0.3, which is large for this network.


def draw(*names, alt):
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
# ``ReduceLROnPlateau`` has a learning rate of its own in each training, as each has its own validation loss.
#
# The results
# -----------
#
# The accuracy at the end; the spread is the standard deviation over the seeds.
# Four seeds tell it only roughly: the spread over many seeds may be half or three times as large.


def report(found):
    print("schedule           mean   spread  lowest")
    for name, course in found.items():
        ends = course.accuracies[:, -1] * 100
        print(f"{name:15}  {ends.mean():5.1f}%   {ends.std(ddof=1):5.1f}%  {ends.min():5.1f}%")


report(large)

# %%
# The seven trainings of one seed share its images, first weights and batches.
# So the differences within a seed say more than the means: here from ``cosine``, in percentage points, with the standard error of their mean.


def differences(found, reference="cosine"):
    for name, course in found.items():
        if name != reference:
            gaps = (course.accuracies[:, -1] - found[reference].accuracies[:, -1]) * 100
            error = gaps.std(ddof=1) / len(gaps) ** 0.5
            print(f"{name:15}  {gaps.mean():+6.1f} ± {error:.1f}")


differences(large)

# %%
# The same with a third of that base learning rate.

report(courses(base_lr=0.1))

# %%
# What this shows, and what it doesn't
# ------------------------------------
#
# - A learning rate that is too large for the end of a training can be right for its beginning.
#   With 0.3, ``step``, ``cosine``, ``warmup + cosine`` and ``chained``, which lower it step by step, end far better than the constant one, and their seeds lie closer together.
#   The first three end near 0; ``chained`` only goes down to a sixth, but that is already below 0.1, at which a constant one does well.
# - Ending at a small learning rate is not enough.
#   ``warm restarts`` ends near 0 as well, and behind ``cosine``: its last cycle is a quarter of the training.
# - Which of the four lowers it matters less here.
#   They end within a few percent of each other; another four seeds may order them differently.
# - Without need, a schedule does not help.
#   With 0.1 the constant learning rate is about as good as the best, and ``step``, which falls early, ends behind it, as the training is too short for it.
# - The base learning rate and the schedule belong together: compare schedules each at its best base learning rate, not at one for all.
# - It does not show which schedule is best for your model.
#   The network, the data set and the training are all tiny, and the parameters of the schedules were not searched for.
#
# The page :doc:`/practice` goes on with CIFAR-100.
