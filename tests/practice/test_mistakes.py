"""The warnings, tried on schedules that are right and on mistakes, without a training."""

from __future__ import annotations

import contextlib
import itertools
import math
import random
import re
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from lrdoc import recipes, register
from lrdoc.describe import sample
from lrdoc.describe.domain import Milestones
from lrdoc.describe.schedule import Schedule
from lrdoc.practice import course, mistakes
from lrdoc.practice.layers import Layer
from lrdoc.practice.plan import Plan, StepPer


class Case(NamedTuple):
    """A schedule over a training: of 90 epochs of 100 iterations, at a base learning rate of 0.1, where nothing else is said."""

    code: str
    step_per: StepPer
    epochs: int = 90
    iterations_per_epoch: int = 100
    lr: float = 0.1
    layers: tuple[Layer, ...] = ()

    def findings(self) -> list[mistakes.Finding]:
        return found(self)


@cache
def found(case: Case) -> list[mistakes.Finding]:
    """Return what is found in a case; several tests look at all of them."""
    return mistakes.find(Plan(case.code, case.lr, case.epochs, case.iterations_per_epoch, case.step_per, case.layers))


SAYS = {
    "share_of_the_steps": "is it a share of the training",
    "same_twice": "twice, and both act",
    "warmup_without_a_rise": "makes no warmup",
    "function_still_rising": "still rises when the training ends",
    "no_number": "=nan is no number",
    "infinite": "=inf is infinite",
    "short_cycle": "too few for their curve",
    "out_of_range": "lies outside its range",
    "no_whole_number": "is no whole number",
    "cycle_from_above": "falls where it is to rise",
    "plateau_of_a_worse_metric": "takes a loss worse than the best one",
    "plateau_of_a_long_cooldown": "can fall only once",
    "counted_in_epochs": "is it counted in epochs",
    "counted_in_iterations": "is the schedule counted in iterations",
    "warmup_in_epochs": "is it counted in epochs",
    "interval_rescaling": "interval_rescaling=True makes it begin anew",
    "warmup_prefix": "or warmup_prefix=True",
    "rising_cosine": "the cosine rises again",
    "rising_to_the_end": "and rises again until the end",
    "practically_0": "the training stands still",
    "restart_at_the_end": "just before the end",
    "milestone_beyond_the_end": "beyond the end",
    "milestone_before_the_start": "has come before the first step",
    "milestones_out_of_order": "do not rise",
    "step_size_beyond_the_end": "is not reached",
    "decay_beyond_the_end": "is longer than the",
    "function_beyond_the_end": "the function comes to 0 at step",
    "warmup_beyond_its_milestone": "the next scheduler takes over",
    "long_warmup": "it ends before the warmup does",
    "high_floor": "with a base learning rate of",
    "negative": "the learning rate is negative",
    "growing": "the learning rate grows to",
    "function_of_the_rate": "which LambdaLR multiplies it with",
    "tiny_peak": "the highest learning rate is",
    "huge_base": "is a very large one",
    "neutral": "leaves the learning rate at",
    "first_updates_at_0": "updates have a learning rate of ",
    "first_update_at_0": "the first update has a learning rate of 0",
    "plateau_of_batches": "follows the loss of every single batch",
    "plateau_that_hardly_falls": "hardly lowers the learning rate",
    "plateau_however_it_goes": "however the training goes",
    "plateau_to_nothing": "at its first fall",
    "plateau_below_eps": "so it never falls",
    "plateau_never_long_enough": "the learning rate can't fall",
    "plateau_of_the_wrong_mode": "takes a rising metric for a better one",
    "layer_that_rises": "the schedule leads all layers to the same learning rate",
}
"""A part of the sentence that each mistake is told by."""

NOAM = "lambda step: min((step + 1) ** -0.5, (step + 1) * 1000 ** -1.5)"
LAYERS = Layer("first", 0.001), Layer("second", 0.01), Layer("last", 0.1)
LINEAR_WITH_WARMUP = "lambda step: min((step + 1) / 500, (total_steps - step) / (total_steps - 500))"

NAN = "(1e999 - 1e999)"

MISTAKES: dict[str, list[Case]] = {
    "share_of_the_steps": [
        Case("StepLR(optimizer, 0.5)", "epoch"),
        Case("StepLR(optimizer, 0.3)", "iteration"),
        Case("MultiStepLR(optimizer, [0.5, 0.75])", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=0.5)", "iteration"),
        Case("CosineAnnealingLR(optimizer, T_max=0.5)", "epoch"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=0.05)", "iteration"),
        Case("LinearLR(optimizer, 0.1, total_iters=0.1)", "epoch"),
        Case("SequentialLR(optimizer, [LinearLR(optimizer), ExponentialLR(optimizer, 0.95)], [0.1])", "epoch"),
        Case("ReduceLROnPlateau(optimizer, patience=0.5)", "epoch"),
    ],
    "same_twice": [
        Case("ChainedScheduler([StepLR(optimizer, 30), StepLR(optimizer, 30)])", "epoch"),
        Case("decay = StepLR(optimizer, 30)\nscheduler = ChainedScheduler([decay, decay])", "epoch"),
        Case("ChainedScheduler([CosineDecayLR(optimizer, 90), CosineDecayLR(optimizer, decay_steps=90)])", "epoch"),
        Case(
            "ChainedScheduler([LinearLR(optimizer), ExponentialLR(optimizer, 0.95), LinearLR(optimizer, 1 / 3)])",
            "epoch",
        ),
    ],
    "warmup_without_a_rise": [
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_factor=1.0, warmup_iters=500)", "iteration"),
        Case("WarmupLR(StepLR(optimizer, 30), warmup_factor=1, warmup_iters=5, warmup_method='constant')", "epoch"),
    ],
    "function_still_rising": [
        Case("LambdaLR(optimizer, lambda step: min(1, step / 100000))", "iteration", epochs=10),
        Case("LambdaLR(optimizer, lambda step: min(1.0, (step + 1) / 2000))", "iteration", epochs=10),
        Case("LambdaLR(optimizer, lambda step: min(1.0, (step + 1) / 1e9))", "iteration", epochs=10),
        Case("LambdaLR(optimizer, lambda e: min(1, (e + 1) / 10))", "epoch", epochs=5),
        Case("LambdaLR(optimizer, lambda n: min((n + 1) / 4000, (4000 / (n + 1)) ** 0.5))", "iteration", epochs=10),
    ],
    "no_number": [
        Case(f"LinearLR(optimizer, total_iters={NAN})", "epoch"),
        Case(f"ConstantLR(optimizer, total_iters={NAN})", "iteration"),
        Case(f"WarmupLR(CosineDecayLR(optimizer, 90), warmup_iters={NAN})", "epoch"),
        Case(f"CosineAnnealingWarmRestarts(optimizer, T_0=30, restart_limit={NAN})", "epoch"),
        Case(f"ReduceLROnPlateau(optimizer, patience={NAN})", "epoch"),
        Case(f"ReduceLROnPlateau(optimizer, threshold={NAN})", "epoch"),
        Case(f"ReduceLROnPlateau(optimizer, factor={NAN})", "epoch"),
        Case(f"ReduceLROnPlateau(optimizer, eps={NAN})", "epoch"),
    ],
    "infinite": [
        Case("StepLR(optimizer, 1e999)", "epoch"),
        Case("StepLR(optimizer, math.inf)", "iteration"),
        Case("CosineDecayLR(optimizer, float('inf'))", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=math.inf)", "iteration"),
        Case("PolynomialLR(optimizer, math.inf)", "epoch"),
        Case("PolynomialLR(optimizer, total_steps, power=math.inf)", "epoch"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=30, restart_limit=math.inf)", "epoch"),
    ],
    "short_cycle": [
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=1, decay_rate=0.9)", "epoch"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=2)", "epoch"),
        Case("PolynomialLR(optimizer, 1, cycle=True)", "epoch"),
        Case("WarmupLR(CosineAnnealingWarmRestarts(optimizer, T_0=2), warmup_iters=5)", "epoch"),
        Case("cyclic(optimizer, step_size_up=1)", "epoch"),
        Case("sgdr_warmup(optimizer, cycle_steps=1)", "epoch"),
        Case("warmup_hard_restarts(optimizer, total_steps=total_steps, num_cycles=45)", "epoch"),
        Case("warmup_hard_restarts(optimizer, total_steps=total_steps, num_cycles=200)", "epoch"),
        Case(
            "warmup_hard_restarts(optimizer, total_steps=total_steps, warmup_steps=500, num_cycles=9000)", "iteration"
        ),
        Case("warmup_cosine_cycles(optimizer, total_steps=total_steps, num_cycles=89)", "epoch"),
        Case("warmup_cosine_cycles(optimizer, total_steps=total_steps, num_cycles=90)", "epoch"),
    ],
    "out_of_range": [
        Case("ReduceLROnPlateau(optimizer, cooldown=-5)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, min_lr=-1)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, eps=-1e-8)", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=-9000)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=-5)", "iteration"),
        Case("LinearLR(optimizer, total_iters=-5)", "iteration"),
        Case("ConstantLR(optimizer, total_iters=-5)", "epoch"),
        Case("PolynomialLR(optimizer, total_steps, power=-1e-9)", "epoch"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=30, eta_min=0.01, restart_limit=-1)", "epoch"),
    ],
    "no_whole_number": [
        Case("StepLR(optimizer, 2.4, gamma=0.97)", "epoch", epochs=350, lr=0.256),
        Case("MultiStepLR(optimizer, [30.5, 60.5])", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=9000.5)", "iteration"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=30, restart_limit=3.5)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, patience=2.5)", "epoch"),
    ],
    "cycle_from_above": [
        Case("one_cycle(optimizer, total_steps=total_steps, div_factor=0.1)", "iteration"),
    ],
    "plateau_of_a_worse_metric": [
        Case("ReduceLROnPlateau(optimizer, threshold=-0.5)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, threshold=-0.5, threshold_mode='abs')", "epoch"),
    ],
    "plateau_of_a_long_cooldown": [
        Case("ReduceLROnPlateau(optimizer, cooldown=1000)", "epoch"),
    ],
    "counted_in_epochs": [
        Case("warmup_linear(optimizer, total_steps=epochs)", "iteration"),
        Case("warmup_cosine(optimizer, total_steps=epochs, warmup_steps=5)", "iteration"),
        Case("yolo(optimizer, epochs=epochs)", "iteration"),
        Case("poly(optimizer, total_steps=90)", "iteration"),
        Case("swalr(optimizer, swa_lr=0.001, anneal_steps=60)", "iteration"),
        Case("sgdr_warmup(optimizer, cycle_steps=10, warmup_steps=1)", "iteration"),
        Case("StepLR(optimizer, 2, gamma=0.94)", "iteration", epochs=100, lr=0.045),
        Case("StepLR(optimizer, 2.4, gamma=0.97)", "iteration", epochs=70, iterations_per_epoch=100, lr=0.016),
        Case("MultiStepLR(optimizer, [8, 11])", "iteration", epochs=12, iterations_per_epoch=750, lr=0.02),
        Case("MultiStepLR(optimizer, milestones=[150, 225])", "iteration", epochs=300, iterations_per_epoch=100),
        Case("LambdaLR(optimizer, lambda epoch: 1 - epoch / 90 if epoch < 90 else 0)", "iteration"),
        Case("LambdaLR(optimizer, lambda epoch: 0.5 * (1 + math.cos(math.pi * epoch / epochs)))", "iteration"),
        Case("LambdaLR(optimizer, lambda epoch: 1.0 if epoch < 30 else 0.1 if epoch < 60 else 0.01)", "iteration"),
        Case(
            "LambdaLR(optimizer, lambda epoch: 0.5 * (1 + math.cos(math.pi * epoch / 30)))",
            "iteration",
            epochs=30,
            iterations_per_epoch=390,
        ),
        Case("LambdaLR(optimizer, lambda epoch: 0.5 ** (epoch // 20))", "iteration"),
        Case(
            "LambdaLR(optimizer, lambda epoch: 0.97 ** (epoch / 2.4))",
            "iteration",
            epochs=70,
            iterations_per_epoch=100,
            lr=0.016,
        ),
        Case("LambdaLR(optimizer, lambda epoch: max(0.0, 1 - epoch / 100))", "iteration", epochs=100),
        Case("warmup_stable_decay(optimizer, total_steps=90, warmup_steps=5, decay_steps=20)", "iteration"),
        Case("warmup_hard_restarts(optimizer, total_steps=90, num_cycles=3)", "iteration"),
        Case("CosineAnnealingLR(optimizer, 100)", "iteration", epochs=100, iterations_per_epoch=50),
        Case("ChainedScheduler([StepLR(optimizer, 30), LinearLR(optimizer, 0.1, total_iters=5)])", "iteration"),
        Case("SequentialLR(optimizer, [ConstantLR(optimizer, 0.1, 5), StepLR(optimizer, 30)], [5])", "iteration"),
        Case("ExponentialLR(optimizer, gamma=0.97)", "iteration", epochs=10, iterations_per_epoch=50),
        Case("StepLR(optimizer, 10, gamma=0.5)", "iteration", epochs=30, iterations_per_epoch=200),
        Case("PolynomialLR(optimizer, epochs, 0.0, 0.9)", "iteration", epochs=40, iterations_per_epoch=300),
        Case("one_cycle(optimizer, total_steps=epochs)", "iteration"),
        Case("cyclic(optimizer, step_size_up=5)", "iteration"),
        Case("step_with_warmup(optimizer, milestones=[30, 60, 80], warmup_steps=5)", "iteration"),
        Case("CosineDecayLR(optimizer, decay_steps=90)", "iteration"),
        Case("CosineDecayLR(optimizer, decay_steps=epochs)", "iteration"),
        Case("CosineDecayLR(optimizer, decay_steps=90, alpha=0.01)", "iteration"),
        Case("CosineDecayLR(optimizer, decay_steps=100)", "iteration"),
        Case("PolynomialLR(optimizer, 90)", "iteration"),
        Case("PolynomialLR(optimizer, 100)", "iteration"),
        Case("PolynomialLR(optimizer, 90, power=2.0, end_learning_rate=0.0)", "iteration"),
        Case("MultiStepLR(optimizer, [30, 60, 80])", "iteration"),
        Case("MultiStepLR(optimizer, [60, 120, 160])", "iteration", epochs=100),
        Case("MultiStepLR(optimizer, milestones=[60, 120, 160], gamma=0.2)", "iteration", epochs=200),
        Case("MultiStepLR(optimizer, [30, 6000])", "iteration"),
        Case("StepLR(optimizer, 30)", "iteration"),
        Case("StepLR(optimizer, 30, gamma=0.9)", "iteration"),
        Case("StepLR(optimizer, 7, gamma=0.1)", "iteration", epochs=25, iterations_per_epoch=61, lr=0.001),
        Case("StepLR(optimizer, step_size=1, gamma=0.7)", "iteration", epochs=14, iterations_per_epoch=938, lr=1.0),
        Case("ExponentialLR(optimizer, gamma=0.95)", "iteration"),
        Case("ExponentialLR(optimizer, gamma=0.98)", "iteration"),
        Case("ExponentialLR(optimizer, gamma=0.999)", "iteration", iterations_per_epoch=390),
        Case("ExponentialLR(optimizer, gamma=0.9)", "iteration", epochs=20),
        Case("LambdaLR(optimizer, lambda epoch: 0.95 ** epoch)", "iteration"),
        Case("LambdaLR(optimizer, lambda epoch: 0.1 ** (epoch // 30))", "iteration"),
        Case("CosineAnnealingLR(optimizer, T_max=90)", "iteration"),
        Case("CosineAnnealingLR(optimizer, T_max=epochs)", "iteration"),
        Case("CosineAnnealingLR(optimizer, T_max=10, eta_min=1e-4)", "iteration"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2)", "iteration"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=30)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, 90), warmup_iters=5)", "iteration"),
        Case("WarmupLR(MultiStepLR(optimizer, [30, 60]), warmup_iters=5)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, 90), warmup_iters=500)", "iteration"),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=5), CosineAnnealingLR(optimizer, T_max=85)],"
            " [5], interval_rescaling=True)",
            "iteration",
        ),
        Case("LinearLR(optimizer, start_factor=1.0, end_factor=0.1, total_iters=60)", "iteration"),
        Case(
            "ChainedScheduler([LinearLR(optimizer, 0.1, total_iters=5), ExponentialLR(optimizer, 0.95)])", "iteration"
        ),
    ],
    "counted_in_iterations": [
        Case("warmup_linear(optimizer, total_steps=9000, warmup_steps=900)", "epoch"),
        Case("yolo(optimizer, epochs=9000)", "epoch"),
        Case("MultiStepLR(optimizer, [6000, 8000])", "epoch", epochs=12, iterations_per_epoch=750, lr=0.02),
        Case("CosineAnnealingLR(optimizer, T_max=epochs * 100)", "epoch"),
        Case("WarmupLR(CosineDecayLR(optimizer, 9000), warmup_iters=500)", "epoch"),
        Case("LambdaLR(optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * step / 9000)))", "epoch"),
        Case("StepLR(optimizer, 240, gamma=0.97)", "epoch"),
        Case("MultiStepLR(optimizer, [150, 225])", "epoch", epochs=100),
        Case("LambdaLR(optimizer, lambda step: (1 - step / 9000) ** 0.9)", "epoch"),
        Case("LambdaLR(optimizer, lambda step: max(0, 1 - step / 9000))", "epoch"),
        Case("LambdaLR(optimizer, lambda step: min(1, (step + 1) / 500) * (1 - step / 9000))", "epoch"),
        Case("warmup_cosine(optimizer, total_steps=9000)", "epoch"),
        Case("poly(optimizer, total_steps=epochs * 100)", "epoch"),
        Case("swalr(optimizer, swa_lr=0.001, anneal_steps=5000)", "epoch"),
        Case("cyclic(optimizer, step_size_up=2000)", "epoch"),
        Case("sgdr_warmup(optimizer, cycle_steps=3000)", "epoch"),
        Case("noam(optimizer, d_model=512, warmup_steps=4000)", "epoch", lr=1.0),
        Case("LambdaLR(optimizer, lambda e: 0.1 if e >= 100 else 1.0)", "epoch"),
        Case("LambdaLR(optimizer, lambda e: 0.1 ** sum(1 for m in [100, 150] if e >= m))", "epoch"),
        Case("inverse_sqrt(optimizer, warmup_steps=2000)", "epoch"),
        Case("one_cycle(optimizer, total_steps=9000)", "epoch"),
        Case("CosineDecayLR(optimizer, decay_steps=9000)", "epoch"),
        Case("CosineDecayLR(optimizer, decay_steps=18000)", "epoch", iterations_per_epoch=200),
        Case("CosineAnnealingLR(optimizer, T_max=90 * 100)", "epoch"),
        Case("PolynomialLR(optimizer, 9000)", "epoch"),
        Case("StepLR(optimizer, 3000)", "epoch"),
        Case("MultiStepLR(optimizer, [3000, 6000])", "epoch"),
        Case("ExponentialLR(optimizer, gamma=0.9998)", "epoch"),
        Case("LambdaLR(optimizer, lambda step: 0.9997 ** step)", "epoch"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=3000)", "epoch"),
    ],
    "warmup_in_epochs": [
        Case("warmup_linear(optimizer, total_steps=total_steps, warmup_steps=5)", "iteration"),
        Case("inverse_sqrt(optimizer, warmup_steps=5)", "iteration"),
        Case("WarmupLR(MultiStepLR(optimizer, [3000, 6000]), warmup_iters=3)", "iteration"),
        Case("ConstantLR(optimizer)", "iteration"),
        Case("LinearLR(optimizer)", "iteration"),
        Case("one_cycle(optimizer, total_steps=total_steps, pct_start=0.0005)", "iteration"),
        Case("WarmupLR(optimizer, warmup_iters=5)", "iteration"),
        Case("step_with_warmup(optimizer, milestones=[3000, 6000], warmup_steps=5)", "iteration"),
        Case("warmup_stable_decay(optimizer, total_steps=total_steps, warmup_steps=5, decay_steps=900)", "iteration"),
        Case("warmup_cosine(optimizer, total_steps=total_steps, warmup_steps=5)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps))", "iteration"),
        Case("WarmupLR(StepLR(optimizer, 30 * steps_per_epoch), warmup_iters=5)", "iteration"),
        Case("WarmupLR(PolynomialLR(optimizer, total_steps), warmup_iters=10, warmup_prefix=True)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5, warmup_method='constant')", "iteration"),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=5), CosineAnnealingLR(optimizer,"
            " T_max=total_steps - 5)], [5], interval_rescaling=True)",
            "iteration",
        ),
        Case("ChainedScheduler([LinearLR(optimizer), CosineDecayLR(optimizer, total_steps)])", "iteration"),
        Case("LambdaLR(optimizer, lambda step: min(1, (step + 1) / 5) * (1 - step / total_steps))", "iteration"),
    ],
    "interval_rescaling": [
        Case(
            "SequentialLR(optimizer, [ConstantLR(optimizer, 0.1, 10), LinearLR(optimizer, 1.0, 0.0, 80)], [10])",
            "epoch",
        ),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, total_iters=5), CosineAnnealingLR(optimizer, T_max=15)], [5])",
            "epoch",
            epochs=20,
        ),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, total_iters=5), CosineDecayLR(optimizer, 15)], [5])",
            "epoch",
            epochs=20,
        ),
        Case(
            "SequentialLR(optimizer, schedulers=[LinearLR(optimizer, 0.01, total_iters=500), CosineAnnealingLR(optimizer,"
            " total_steps - 500)], milestones=[500])",
            "iteration",
        ),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=5), PolynomialLR(optimizer, 85, 0.0)], [5])",
            "epoch",
        ),
        Case(
            "SequentialLR(optimizer, [ConstantLR(optimizer, 0.1, 5), CosineAnnealingLR(optimizer, T_max=84)], [5])",
            "epoch",
        ),
    ],
    "warmup_prefix": [
        Case("WarmupLR(CosineAnnealingLR(optimizer, T_max=total_steps - 500), warmup_iters=500)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, 85), warmup_iters=5)", "epoch"),
        Case("WarmupLR(PolynomialLR(optimizer, total_steps - 10, 0.0), warmup_iters=10)", "epoch"),
    ],
    "rising_cosine": [
        Case("CosineAnnealingLR(optimizer, T_max=total_steps // 2)", "iteration"),
        Case("CosineAnnealingLR(optimizer, T_max=30, eta_min=1e-5)", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=-5)", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=1)", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=60)", "epoch"),
        Case("CosineAnnealingLR(optimizer, 50)", "epoch", epochs=100),
        Case("CosineAnnealingLR(optimizer, T_max=6000)", "iteration"),
        Case("WarmupLR(CosineAnnealingLR(optimizer, T_max=60), warmup_iters=5, warmup_prefix=True)", "epoch"),
        Case("torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=60)", "epoch"),
    ],
    "practically_0": [
        Case("ConstantLR(optimizer, factor=1e-12, total_iters=50)", "epoch"),
        Case("LambdaLR(optimizer, lambda epoch: 1.0 if epoch > 60 else 1e-300)", "epoch"),
        Case("warmup_cosine(optimizer, total_steps=3000)", "iteration"),
        Case("CosineDecayLR(optimizer, decay_steps=20 * steps_per_epoch)", "iteration"),
        Case("LambdaLR(optimizer, lambda step: 0.0)", "iteration"),
        Case("LinearLR(optimizer, 0.0, 0.0)", "epoch"),
        Case("StepLR(optimizer, 1)", "epoch"),
        Case("ConstantLR(optimizer, factor=0.0, total_iters=total_steps)", "iteration"),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=500), StepLR(optimizer, 30)], [500])",
            "iteration",
        ),
        Case("PolynomialLR(optimizer, total_steps, 0.0, 50)", "epoch"),
        Case("ConstantLR(optimizer, factor=0.0, total_iters=50)", "epoch"),
        Case("ExponentialLR(optimizer, gamma=0.1)", "epoch"),
        Case("ExponentialLR(optimizer, gamma=0.5)", "epoch"),
        Case("StepLR(optimizer, 5)", "epoch"),
        Case("StepLR(optimizer, 30, gamma=1e-9)", "epoch"),
        Case("CosineDecayLR(optimizer, 40)", "epoch"),
        Case(
            "LambdaLR(optimizer, lambda step: 1.0 if step < 5 else 0.0)", "iteration", epochs=1, iterations_per_epoch=20
        ),
        Case("PolynomialLR(optimizer, 3000, end_learning_rate=0.0)", "iteration"),
        Case("LambdaLR(optimizer, lambda epoch: max(0, 1 - epoch / 30))", "epoch"),
        Case("ExponentialLR(optimizer, gamma=0.5)", "iteration"),
    ],
    "restart_at_the_end": [
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=44, T_mult=1)", "epoch"),
        Case("PolynomialLR(optimizer, total_steps, 0.0, -1.0)", "epoch"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=10)", "epoch", epochs=91),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2)", "epoch", epochs=71),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=995)", "iteration"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=30 * steps_per_epoch - 10)", "iteration"),
    ],
    "milestone_beyond_the_end": [
        Case("MultiStepLR(optimizer, [1e12, 2e12])", "epoch"),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=100), CosineDecayLR(optimizer, 3000)], [20000])",
            "iteration",
        ),
        Case("SequentialLR(optimizer, [StepLR(optimizer, 30), ExponentialLR(optimizer, 0.9)], [90])", "epoch"),
        Case("step_with_warmup(optimizer, milestones=[100, 150])", "epoch"),
        Case("MultiStepLR(optimizer, [30, 60, 90])", "epoch"),
        Case("MultiStepLR(optimizer, [100, 150])", "epoch"),
        Case("MultiStepLR(optimizer, [3000, 6000, 9000])", "iteration"),
        Case("WarmupLR(MultiStepLR(optimizer, [30, 60, 120]), warmup_iters=5)", "epoch"),
        Case("SequentialLR(optimizer, [LinearLR(optimizer), ExponentialLR(optimizer, 0.9)], milestones=[95])", "epoch"),
    ],
    "step_size_beyond_the_end": [
        Case("StepLR(optimizer, 50)", "epoch", epochs=40),
        Case("StepLR(optimizer, 90)", "epoch"),
        Case("StepLR(optimizer, 100)", "epoch"),
        Case("StepLR(optimizer, 100 * steps_per_epoch)", "iteration"),
        Case("WarmupLR(StepLR(optimizer, 120), warmup_iters=5)", "epoch"),
    ],
    "decay_beyond_the_end": [
        Case("CosineDecayLR(optimizer, 10**12)", "iteration"),
        Case("CosineAnnealingLR(optimizer, T_max=1e12)", "iteration"),
        Case("PolynomialLR(optimizer, 10**12)", "iteration"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=10**12)", "iteration"),
        Case("yolo(optimizer, epochs=300)", "epoch"),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=5), CosineAnnealingLR(optimizer, T_max=200)], [5], interval_rescaling=True)",
            "epoch",
        ),
        Case("warmup_cosine(optimizer, total_steps=18000)", "iteration"),
        Case("one_cycle(optimizer, total_steps=12000)", "iteration"),
        Case("one_cycle(optimizer, total_steps=2 * total_steps)", "iteration"),
        Case("poly(optimizer, total_steps=200)", "epoch", epochs=100),
        Case("CosineDecayLR(optimizer, 200)", "epoch", epochs=100),
        Case("CosineAnnealingLR(optimizer, T_max=170)", "epoch"),
        Case("PolynomialLR(optimizer, 39000)", "iteration", epochs=60, iterations_per_epoch=390),
        Case("WarmupLR(CosineDecayLR(optimizer, 40000), warmup_iters=1000)", "iteration"),
        # the cooldown comes after the end, or is cut off by it
        Case("warmup_stable_decay(optimizer, total_steps=20000, warmup_steps=500, decay_steps=2000)", "iteration"),
        Case("warmup_stable_decay(optimizer, total_steps=10000, warmup_steps=500, decay_steps=2000)", "iteration"),
        Case("warmup_stable_decay(optimizer, total_steps=20000, warmup_steps=0, decay_steps=19000)", "iteration"),
        Case("warmup_stable_sqrt(optimizer, total_steps=95, warmup_steps=5, decay_steps=10)", "epoch"),
        Case(
            "SequentialLR(optimizer, [ConstantLR(optimizer, 1.0, 0), LinearLR(optimizer, 1.0, 0.0, total_iters=6000)],"
            " [6000], interval_rescaling=True)",
            "iteration",
        ),
        Case("LinearLR(optimizer, 1.0, 0.01, total_iters=150)", "epoch"),
        Case("warmup_linear(optimizer, total_steps=2 * total_steps)", "iteration"),
        Case("swalr(optimizer, swa_lr=0.001, anneal_steps=20000)", "iteration"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=200)", "epoch"),
        Case("sgdr_warmup(optimizer, cycle_steps=150, warmup_steps=5, warmup_start=0.1)", "epoch"),
    ],
    "warmup_beyond_its_milestone": [
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=20), ExponentialLR(optimizer, 0.95)], [5])",
            "epoch",
        ),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.01, total_iters=1000), StepLR(optimizer, 3000)], [500])",
            "iteration",
        ),
    ],
    "long_warmup": [
        Case("plateau_warmup(optimizer, warmup_steps=500)", "epoch"),
        Case(
            "WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5 * steps_per_epoch)", "iteration", epochs=4
        ),
        Case("warmup_constant(optimizer, warmup_steps=20000)", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=500)", "epoch"),
        Case("warmup_constant(optimizer, warmup_steps=500)", "epoch"),
        Case("noam(optimizer, d_model=512, warmup_steps=40000)", "iteration"),
        Case("cyclic(optimizer, step_size_up=20000)", "iteration"),
        Case("WarmupLR(optimizer, warmup_iters=90)", "epoch"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=1000)", "iteration", epochs=2),
        Case("LinearLR(optimizer, start_factor=0.1, total_iters=100)", "epoch"),
        Case("WarmupLR(optimizer, warmup_iters=20000)", "iteration"),
        Case("LinearLR(optimizer, start_factor=0.1, total_iters=1e999)", "epoch"),
        Case("ConstantLR(optimizer, factor=0.1, total_iters=100)", "epoch"),
        Case("WarmupLR(ExponentialLR(optimizer, 0.95), warmup_iters=500)", "epoch"),
    ],
    "high_floor": [
        Case("sgdr_warmup(optimizer, cycle_steps=10, min_lr=0.5)", "epoch"),
        Case("CosineAnnealingLR(optimizer, T_max=total_steps, eta_min=0.1)", "iteration"),
        Case("warmup_polynomial(optimizer, total_steps=total_steps, end_lr=1e-3)", "iteration", lr=0.0001),
        Case("CosineDecayLR(optimizer, total_steps, alpha=2.0)", "epoch"),
        Case("PolynomialLR(optimizer, total_steps)", "iteration", lr=5e-5),
        Case("PolynomialLR(optimizer, total_steps, power=2.0)", "iteration", lr=1e-4),
        Case("PolynomialLR(optimizer, total_steps)", "iteration", lr=1.5e-4),
        Case("CosineAnnealingLR(optimizer, T_max=total_steps, eta_min=0.01)", "iteration", lr=0.001),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=30, eta_min=0.2)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, min_lr=0.1)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, min_lr=[0.01])", "epoch", lr=0.001),
    ],
    "negative": [
        Case("ReduceLROnPlateau(optimizer, factor=-0.5, min_lr=-1)", "epoch"),
        Case("LambdaLR(optimizer, lambda epoch: 1 - epoch / 60)", "epoch"),
        Case("PolynomialLR(optimizer, total_steps, end_learning_rate=-0.01)", "iteration"),
        Case("CosineAnnealingLR(optimizer, T_max=total_steps, eta_min=-0.1)", "iteration"),
        Case("CosineDecayLR(optimizer, total_steps, alpha=-1.0)", "epoch"),
        Case("LambdaLR(optimizer, lambda step: 1 - step / 6000)", "iteration"),
        Case("LambdaLR(optimizer, lambda epoch: math.cos(math.pi * epoch / total_steps))", "epoch"),
        Case("LambdaLR(optimizer, lambda step: math.sin(step / 500))", "iteration"),
    ],
    "growing": [
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=30, decay_rate=1.5)", "epoch"),
        Case("WarmupLR(StepLR(optimizer, 30, gamma=2.0), warmup_iters=5)", "epoch"),
        Case("LambdaLR(optimizer, lambda epoch: 1.1 ** epoch)", "epoch"),
        Case("LambdaLR(optimizer, lambda epoch: 0.95 ** -epoch)", "epoch"),
        Case("StepLR(optimizer, 30, gamma=1.5)", "epoch"),
        Case("ExponentialLR(optimizer, gamma=1.1)", "epoch", epochs=20),
        Case("ExponentialLR(optimizer, gamma=1.05)", "epoch"),
        Case("ExponentialLR(optimizer, gamma=1.001)", "iteration"),
        Case("StepLR(optimizer, 30, gamma=10)", "epoch"),
        Case("MultiStepLR(optimizer, [30, 60], gamma=10)", "epoch"),
        Case("LambdaLR(optimizer, lambda epoch: epoch + 1)", "epoch"),
    ],
    "function_of_the_rate": [
        Case("LambdaLR(optimizer, lambda epoch: 0.01 * 0.9 ** epoch)", "epoch", lr=0.01),
        Case("LambdaLR(optimizer, lambda epoch: 0.1 if epoch < 30 else 0.01)", "epoch"),
        Case("LambdaLR(optimizer, lambda epoch: 0.1 * 0.95 ** epoch)", "epoch"),
        Case("LambdaLR(optimizer, lambda step: 3e-4 * (1 - step / total_steps))", "iteration", lr=3e-4),
    ],
    "tiny_peak": [
        Case("CosineDecayLR(optimizer, total_steps)", "epoch", lr=1e-300),
        Case("ReduceLROnPlateau(optimizer)", "epoch", lr=1e-12),
        Case("one_cycle(optimizer, total_steps=total_steps)", "iteration", lr=1e-09),
        Case("noam(optimizer, d_model=512, warmup_steps=4000)", "iteration", lr=1e-4),
        Case("noam(optimizer, d_model=512, warmup_steps=4000)", "iteration"),
        Case("noam(optimizer, d_model=512 * 10**12, warmup_steps=4000)", "iteration", lr=1.0),
        Case("LambdaLR(optimizer, lambda n: 512**-0.5 * min((n+1)**-0.5, (n+1) * 4000**-1.5))", "iteration", lr=3e-4),
        Case("LambdaLR(optimizer, lambda step: 1e-4 * (1 - step / total_steps))", "iteration"),
        Case("CosineDecayLR(optimizer, total_steps)", "iteration", lr=1e-10),
        Case("inverse_sqrt(optimizer, warmup_steps=500, timescale=500)", "iteration", lr=3e-9),
    ],
    "first_updates_at_0": [
        Case("ConstantLR(optimizer, factor=1e-300, total_iters=30)", "epoch"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), 1e-12, 5, 'constant')", "epoch"),
        Case("LambdaLR(optimizer, lambda epoch: min(1, epoch / 5) * 0.95 ** epoch)", "epoch"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_factor=0, warmup_iters=5)", "epoch"),
        Case("LambdaLR(optimizer, lambda step: step // 100 / 90)", "iteration"),
    ],
    "first_update_at_0": [
        Case("LambdaLR(optimizer, lambda step: min(1, step / 500))", "iteration"),
        Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_factor=0.0, warmup_iters=500)", "iteration"),
        Case("LinearLR(optimizer, start_factor=0.0, total_iters=500)", "iteration"),
    ],
    "rising_to_the_end": [
        Case("LambdaLR(optimizer, lambda e: 0.5 * (1 + math.cos(math.pi * e / 60)))", "epoch"),
        Case("warmup_cosine_cycles(optimizer, total_steps=total_steps, num_cycles=1)", "iteration"),
        Case("cyclic(optimizer, step_size_up=30)", "epoch"),
        Case("LambdaLR(optimizer, lambda s: 0.5 * (1 + math.cos(math.pi * s / 6000)))", "iteration"),
    ],
    "function_beyond_the_end": [
        Case("LambdaLR(optimizer, lambda step: (1 - step / 40000) ** 0.9)", "iteration", epochs=100, lr=0.01),
        Case("LambdaLR(optimizer, lambda e: 1 - e / 300)", "epoch"),
    ],
    "neutral": [
        Case("LinearLR(optimizer, 1.0, 1.0)", "epoch"),
        Case("LinearLR(optimizer, total_iters=0)", "epoch"),
        Case("PolynomialLR(optimizer, 90, power=0)", "epoch"),
        Case("CosineAnnealingWarmRestarts(optimizer, T_0=1)", "epoch"),
        Case("WarmupLR(optimizer, warmup_factor=1.0)", "epoch"),
        Case("CosineDecayLR(optimizer, total_steps, alpha=1.0)", "iteration"),
        Case("StepLR(optimizer, 30, gamma=1.0)", "epoch"),
        Case("ExponentialLR(optimizer, gamma=1.0)", "epoch"),
        Case("MultiStepLR(optimizer, [])", "epoch"),
    ],
    "milestone_before_the_start": [
        Case("SequentialLR(optimizer, [LinearLR(optimizer), ExponentialLR(optimizer, 0.95)], [0])", "epoch"),
        Case("SequentialLR(optimizer, [LinearLR(optimizer), ExponentialLR(optimizer, 0.95)], [-5])", "epoch"),
        Case("MultiStepLR(optimizer, [0, 30, 60])", "epoch"),
        Case("MultiStepLR(optimizer, [-1, 30])", "epoch"),
    ],
    "milestones_out_of_order": [
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 30), ExponentialLR(optimizer, 0.95)], [5, 5])",
            "epoch",
        ),
        Case(
            "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=5), StepLR(optimizer, 30), ExponentialLR(optimizer, 0.9)], [40, 20])",
            "epoch",
        ),
    ],
    "huge_base": [
        Case("CosineDecayLR(optimizer, total_steps)", "iteration", lr=1000.0),
        Case("CosineDecayLR(optimizer, total_steps)", "iteration", lr=30000.0),
    ],
    "plateau_of_batches": [
        Case("ReduceLROnPlateau(optimizer, patience=0)", "iteration"),
        Case("ReduceLROnPlateau(optimizer)", "iteration"),
        Case("ReduceLROnPlateau(optimizer, factor=0.5, patience=5)", "iteration", lr=0.02),
        Case("ReduceLROnPlateau(optimizer, patience=90)", "iteration"),
        Case("plateau_warmup(optimizer, warmup_steps=500)", "iteration"),
    ],
    "plateau_never_long_enough": [
        Case("ReduceLROnPlateau(optimizer, patience=1000)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, patience=100)", "epoch"),
        Case("ReduceLROnPlateau(optimizer)", "epoch", epochs=10),
        Case("ReduceLROnPlateau(optimizer, patience=88)", "epoch"),
        Case("plateau_warmup(optimizer, warmup_steps=5)", "epoch", epochs=16),
    ],
    "plateau_of_the_wrong_mode": [
        Case("ReduceLROnPlateau(optimizer, 'max')", "epoch"),
        Case("ReduceLROnPlateau(optimizer, mode='max')", "epoch"),
        Case("ReduceLROnPlateau(optimizer, 'max', patience=3)", "epoch"),
    ],
    "plateau_that_hardly_falls": [
        Case("ReduceLROnPlateau(optimizer, factor=0.99, patience=10)", "epoch"),
        Case("plateau_warmup(optimizer, factor=0.99)", "epoch"),
    ],
    "plateau_however_it_goes": [
        Case("ReduceLROnPlateau(optimizer, threshold=1.0)", "epoch"),
        Case("ReduceLROnPlateau(optimizer, factor=0.1, patience=-1)", "epoch"),
    ],
    "plateau_to_nothing": [
        Case("ReduceLROnPlateau(optimizer, factor=1e-9)", "epoch"),
    ],
    "plateau_below_eps": [
        Case("ReduceLROnPlateau(optimizer, eps=1.0)", "epoch"),
    ],
    "layer_that_rises": [
        Case("layerwise_decay(CosineAnnealingLR(optimizer, T_max=90, eta_min=0.002))", "epoch", layers=LAYERS),
        Case("layerwise_decay(swalr(optimizer, swa_lr=0.05, anneal_steps=20))", "epoch", layers=LAYERS),
    ],
}

GOOD = [
    Case("LambdaLR(optimizer, lambda step: (step + 1) / 10000)", "iteration"),  # rises for ever: it misses no highest value
    Case("ExponentialLR(optimizer, 0.99)", "epoch", epochs=5),
    Case("ExponentialLR(optimizer, 0.99)", "epoch", epochs=5, iterations_per_epoch=390),
    Case("ExponentialLR(optimizer, 0.99)", "epoch", epochs=3, iterations_per_epoch=50, lr=0.001),
    Case("ExponentialLR(optimizer, 0.995)", "epoch", epochs=8, iterations_per_epoch=30, lr=0.001),
    Case("ExponentialLR(optimizer, 0.9)", "epoch", epochs=2, iterations_per_epoch=1000, lr=0.001),
    Case("ExponentialLR(optimizer, 0.999)", "epoch", epochs=3100, lr=0.0002),
    Case("ExponentialLR(optimizer, 0.999875)", "epoch", epochs=10000, iterations_per_epoch=10, lr=0.0002),
    Case("ExponentialLR(optimizer, 0.96)", "epoch", epochs=4, iterations_per_epoch=500, lr=0.045),
    Case("LambdaLR(optimizer, lambda epoch: 0.99 ** epoch)", "epoch", epochs=5),
    Case("LambdaLR(optimizer, lambda epoch: 0.65 ** epoch)", "epoch", epochs=10, iterations_per_epoch=200, lr=0.001),
    Case("StepLR(optimizer, 1, gamma=0.99)", "epoch", epochs=5),
    Case("StepLR(optimizer, 1, gamma=0.9)", "epoch", epochs=3, iterations_per_epoch=3000, lr=0.0001),
    Case("StepLR(optimizer, 3, gamma=0.1)", "epoch", epochs=10, iterations_per_epoch=500, lr=0.005),
    Case("StepLR(optimizer, 20, gamma=0.5)", "epoch", epochs=200, lr=0.001),
    Case("StepLR(optimizer, 20, gamma=0.7)", "epoch", epochs=250, lr=0.001),
    Case("MultiStepLR(optimizer, [16, 22])", "epoch", epochs=24, iterations_per_epoch=7000, lr=0.02),
    Case("MultiStepLR(optimizer, [170, 200])", "epoch", epochs=210, iterations_per_epoch=1000, lr=0.0005),
    Case("MultiStepLR(optimizer, [200])", "epoch", epochs=300, iterations_per_epoch=1000, lr=0.0001),
    Case("MultiStepLR(optimizer, [11])", "epoch", epochs=12, iterations_per_epoch=7000, lr=0.0002),
    Case("MultiStepLR(optimizer, [80, 120])", "epoch", epochs=160, iterations_per_epoch=390),
    Case("MultiStepLR(optimizer, [91, 136])", "epoch", epochs=182, iterations_per_epoch=390),
    Case("PolynomialLR(optimizer, 40000, end_learning_rate=1e-4, power=0.9)", "iteration", epochs=107, iterations_per_epoch=374, lr=0.01),
    Case("PolynomialLR(optimizer, total_steps, end_learning_rate=0.0, power=0.9)", "iteration", epochs=50, iterations_per_epoch=264, lr=0.007),
    Case("WarmupLR(CosineDecayLR(optimizer, total_steps, alpha=0.1), warmup_iters=715, warmup_factor=0.0014)", "iteration", epochs=1, iterations_per_epoch=19073, lr=0.0006),
    Case("WarmupLR(CosineDecayLR(optimizer, 300), warmup_iters=20, warmup_factor=1e-3)", "epoch", epochs=300, iterations_per_epoch=1250, lr=0.001),
    Case("WarmupLR(CosineAnnealingLR(optimizer, T_max=280, eta_min=1e-5), warmup_iters=20, warmup_prefix=True, warmup_factor=1e-3)", "epoch", epochs=300, iterations_per_epoch=1250, lr=0.001),
    Case("WarmupLR(CosineDecayLR(optimizer, 800), warmup_iters=40, warmup_factor=0.001)", "epoch", epochs=800, iterations_per_epoch=312, lr=0.0024),
    Case("CosineDecayLR(optimizer, 200)", "epoch", epochs=200, iterations_per_epoch=195, lr=0.5),
    Case("StepLR(optimizer, 3, gamma=0.1)", "epoch", epochs=8, iterations_per_epoch=20, lr=30.0),
    Case("MultiStepLR(optimizer, [60, 80])", "epoch", epochs=100, iterations_per_epoch=5004, lr=30.0),
    Case("CosineDecayLR(optimizer, total_steps)", "iteration", iterations_per_epoch=312, lr=6.4),
    Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=10*steps_per_epoch)", "iteration", epochs=100, iterations_per_epoch=312, lr=4.8),
    Case("CosineAnnealingLR(optimizer, T_max=50)", "epoch", epochs=50, iterations_per_epoch=390, lr=0.025),
    Case("CosineAnnealingLR(optimizer, T_max=50, eta_min=1e-3)", "epoch", epochs=50, iterations_per_epoch=390, lr=0.025),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=200*steps_per_epoch)", "iteration", epochs=200, iterations_per_epoch=50),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=1, T_mult=2)", "epoch", epochs=31, iterations_per_epoch=390, lr=0.05),
    Case("LambdaLR(optimizer, lambda epoch: 1.0 - max(0, epoch + 1 - 100) / 101)", "epoch", epochs=200, iterations_per_epoch=1000, lr=0.0002),
    Case("LambdaLR(optimizer, lambda e: 0.5 ** (e // 30))", "epoch", iterations_per_epoch=390, lr=0.001),
    Case("LambdaLR(optimizer, lambda epoch: 0.1 if epoch < 1 else 1.0)", "epoch", epochs=10, iterations_per_epoch=390, lr=0.001),
    Case("LambdaLR(optimizer, lambda s: min(1.0, (s + 1) / 2000))", "iteration", epochs=10, iterations_per_epoch=1000, lr=0.0003),
    Case("LambdaLR(optimizer, lambda s: min((s + 1) / 4000, ((s + 1) / 4000) ** -0.5))", "iteration", epochs=40, iterations_per_epoch=1000, lr=0.0005),
    Case("LambdaLR(optimizer, lambda s: 1 / (1 + 0.0001 * s))", "iteration", epochs=30, iterations_per_epoch=1000),
    Case("LambdaLR(optimizer, lambda s: (1 + 10 * s / total_steps) ** -0.75)", "iteration", epochs=100, iterations_per_epoch=128, lr=0.01),
    Case("LambdaLR(optimizer, lambda s: 1e-4 * (1e4 ** (s / 500)))", "iteration", epochs=1, iterations_per_epoch=500),
    Case("LambdaLR(optimizer, lambda s: (s + 1) / 300)", "iteration", epochs=1, iterations_per_epoch=300, lr=1.0),
    Case("LinearLR(optimizer, 1.0, 0.0, total_iters=2)", "epoch", epochs=2, iterations_per_epoch=3000, lr=2e-05),
    Case("CosineDecayLR(optimizer, total_steps)", "iteration", epochs=1, iterations_per_epoch=50, lr=3e-05),
    Case("WarmupLR(optimizer, warmup_iters=2, warmup_factor=0.1)", "epoch", epochs=3, lr=1e-05),
    Case("CosineDecayLR(optimizer, total_steps)", "epoch", epochs=2, iterations_per_epoch=3000, lr=0.001),
    Case("WarmupLR(ExponentialLR(optimizer, 0.97), warmup_iters=5)", "epoch", epochs=350, lr=0.256),
    Case("SequentialLR(optimizer, [LinearLR(optimizer, 0.2, 1.0, total_iters=4*steps_per_epoch), LinearLR(optimizer, 1.0, 0.0, total_iters=16*steps_per_epoch)], [4*steps_per_epoch], interval_rescaling=True)", "iteration", epochs=20, iterations_per_epoch=98, lr=0.4),
    Case("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=3), CosineDecayLR(optimizer, 97, alpha=0.01), ConstantLR(optimizer, 0.01, 100)], [3, 100], interval_rescaling=True)", "epoch", epochs=110, lr=0.01),
    Case("ReduceLROnPlateau(optimizer, 'min', factor=0.5, patience=5, min_lr=1e-6)", "epoch", epochs=100, lr=0.001),
    Case("ReduceLROnPlateau(optimizer, factor=0.8, patience=20, min_lr=1e-5)", "epoch", epochs=500, iterations_per_epoch=10, lr=0.01),
    Case("ReduceLROnPlateau(optimizer, factor=0.1, patience=0)", "epoch", epochs=5, iterations_per_epoch=1000, lr=0.0001),
    Case("ReduceLROnPlateau(optimizer, factor=0.5, patience=3, cooldown=2)", "epoch", epochs=30, lr=0.001),
    Case("ReduceLROnPlateau(optimizer, factor=0.5, patience=2, threshold=0)", "epoch", epochs=20, lr=0.001),
    Case("step_with_warmup(optimizer, milestones=[30, 60, 80], warmup_steps=5, start_factor=0.1)", "epoch", iterations_per_epoch=5004, lr=3.2),
    Case("one_cycle(optimizer, total_steps=total_steps)", "iteration", epochs=18, iterations_per_epoch=98, lr=6.0),
    Case("one_cycle(optimizer, total_steps=total_steps, pct_start=0.3)", "iteration", epochs=1, lr=0.001),
    Case("cyclic(optimizer, step_size_up=4*steps_per_epoch, min_lr_ratio=0.1)", "iteration", epochs=24, iterations_per_epoch=390, lr=0.006),
    Case("yolo(optimizer, epochs=epochs, min_lr_ratio=0.01)", "epoch", epochs=100, iterations_per_epoch=1000, lr=0.01),
    Case("poly(optimizer, total_steps=total_steps, power=2.0)", "iteration", epochs=50, iterations_per_epoch=1000, lr=1e-05),
    Case("swalr(optimizer, swa_lr=0.05, anneal_steps=10*steps_per_epoch)", "iteration", epochs=30),
    Case("CosineDecayLR(optimizer, 4)", "epoch", epochs=5),
    Case("yolo(optimizer, epochs=epochs, cosine=True)", "epoch", epochs=300, lr=0.01),
    Case("one_cycle(optimizer, total_steps=total_steps, pct_start=0.2, anneal_strategy='linear')", "iteration", epochs=24, iterations_per_epoch=98, lr=0.4),
    Case("cyclic(optimizer, step_size_up=2 * steps_per_epoch, mode='triangular2')", "iteration"),
    Case("swalr(optimizer, swa_lr=0.05, anneal_steps=5)", "epoch", epochs=20),
    Case("step_with_warmup(optimizer, milestones=[30 * steps_per_epoch, 60 * steps_per_epoch], warmup_steps=5 * steps_per_epoch)", "iteration"),
    Case("MultiStepLR(optimizer, [6000, 8000])", "iteration", epochs=12, iterations_per_epoch=750, lr=0.02),
    Case("WarmupLR(MultiStepLR(optimizer, [6000, 8000]), warmup_factor=0.001, warmup_iters=1000)", "iteration", epochs=12, iterations_per_epoch=750, lr=0.02),
    Case("WarmupLR(MultiStepLR(optimizer, [8, 11]), warmup_iters=1, warmup_factor=0.001)", "epoch", epochs=12, iterations_per_epoch=750, lr=0.02),
    Case("MultiStepLR(optimizer, [8, 11])", "epoch", epochs=12, iterations_per_epoch=750, lr=0.02),
    Case("StepLR(optimizer, step_size=int(2.4 * steps_per_epoch), gamma=0.97)", "iteration", epochs=70, iterations_per_epoch=100, lr=0.016),
    Case("ExponentialLR(optimizer, 0.98)", "epoch", epochs=200, lr=0.045),
    Case("StepLR(optimizer, 2, gamma=0.94)", "epoch", epochs=100, lr=0.045),
    Case("StepLR(optimizer, 2, gamma=0.973)", "epoch", epochs=300, lr=0.016),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=1, T_mult=2)", "epoch", epochs=63),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=50 * steps_per_epoch, T_mult=1, eta_min=1e-6)", "iteration", epochs=200),
    Case("SequentialLR(optimizer, [LinearLR(optimizer, 1/3, total_iters=500), ExponentialLR(optimizer, 0.9998)], [500])", "iteration"),
    Case("ChainedScheduler([ConstantLR(optimizer, 0.1, total_iters=200), StepLR(optimizer, 3000)])", "iteration"),
    Case("LambdaLR(optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * step / total_steps)))", "iteration"),
    Case("LambdaLR(optimizer, lambda epoch: 1.0 if epoch < 30 else 0.1 if epoch < 60 else 0.01)", "epoch"),
    Case("LambdaLR(optimizer, lambda epoch: 0.1 ** (epoch // 30))", "epoch"),
    Case("LambdaLR(optimizer, lambda step: max(0.05, 1 - step / total_steps))", "iteration", epochs=10),
    Case("LambdaLR(optimizer, lambda step: 0.999 ** (step // steps_per_epoch))", "iteration", epochs=200),
    Case("PolynomialLR(optimizer, total_steps, end_learning_rate=0.01)", "epoch", epochs=40),
    Case("PolynomialLR(optimizer, total_steps, end_learning_rate=1e-6, power=1.0)", "iteration", epochs=3, iterations_per_epoch=1200, lr=0.0001),
    Case("CosineDecayLR(optimizer, decay_steps=total_steps, alpha=0.0)", "epoch", epochs=5, iterations_per_epoch=2000, lr=0.001),
    Case("ReduceLROnPlateau(optimizer, factor=0.2, patience=2, cooldown=1)", "epoch", epochs=30, iterations_per_epoch=100, lr=0.001),
    Case("ReduceLROnPlateau(optimizer, threshold=1e-3, threshold_mode='abs', patience=4)", "epoch", epochs=50),
    Case("WarmupLR(StepLR(optimizer, 30 * steps_per_epoch), warmup_iters=5 * steps_per_epoch, warmup_method='constant', warmup_factor=0.1)", "iteration"),
    Case("LinearLR(optimizer, start_factor=1.0, end_factor=0.0, total_iters=total_steps)", "iteration", epochs=3, iterations_per_epoch=368, lr=2e-05),
    Case("LambdaLR(optimizer, lambda step: 0.1 + 0.9 * abs(math.cos(math.pi * step / (30 * steps_per_epoch))))", "iteration"),
    Case("LambdaLR(optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * (step % 3000) / 3000)))", "iteration"),
    Case("LambdaLR(optimizer, lambda e: 1 - 0.5 * e / total_steps)", "epoch"),
    Case("LambdaLR(optimizer, lambda e: 1 - 0.9 * e / 90)", "epoch"),
    Case("LambdaLR(optimizer, lambda e: 1 / (1 + 0.05 * e))", "epoch"),
    Case("LambdaLR(optimizer, lambda s: 1 / math.sqrt(s + 1))", "iteration", epochs=10, iterations_per_epoch=1000),
    Case("LambdaLR(optimizer, lambda e: 1.0 if e < 80 else 0.1)", "epoch"),
    Case("LambdaLR(optimizer, lambda s: 0.99995 ** s)", "iteration"),
    Case("LambdaLR(optimizer, lambda e: 0.97 ** e)", "epoch", epochs=10),
    Case("StepLR(optimizer, 30, gamma=0.1)", "epoch", epochs=60, lr=30.0),
    Case("CosineDecayLR(optimizer, total_steps)", "iteration", epochs=200, iterations_per_epoch=25, lr=10.0),
    Case("cyclic(optimizer, step_size_up=steps_per_epoch // 2)", "iteration", epochs=10),
    Case("cyclic(optimizer, step_size_up=5, step_size_down=5)", "epoch", epochs=60),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=15, T_mult=2)", "epoch", epochs=105),
    Case("CosineAnnealingLR(optimizer, T_max=9, eta_min=0.001)", "epoch", epochs=10),
    Case("warmup_cosine_cycles(optimizer, total_steps=total_steps, num_cycles=2.5)", "iteration"),
    Case("PolynomialLR(optimizer, 30 * steps_per_epoch, 0.001, cycle=True)", "iteration"),
    Case("ReduceLROnPlateau(optimizer, factor=0.5, patience=8)", "epoch", epochs=30),
    Case("ReduceLROnPlateau(optimizer, factor=0.9, patience=1)", "epoch", epochs=60),
    Case("ReduceLROnPlateau(optimizer, threshold=2.0, threshold_mode='abs')", "epoch", epochs=60),
    Case("ConstantLR(optimizer, factor=1.0)", "epoch"),
    Case("MultiStepLR(optimizer, [0.5 * total_steps, 0.75 * total_steps])", "epoch", epochs=200),
    Case("SequentialLR(optimizer, [ConstantLR(optimizer, 1.0, 0), CosineDecayLR(optimizer, 60)], [30], interval_rescaling=True)", "epoch"),
    Case("SequentialLR(optimizer, [CosineDecayLR(optimizer, 60, alpha=0.1), ConstantLR(optimizer, 0.1, 1000)], [60])", "epoch"),
    Case("swalr(optimizer, swa_lr=0.5)", "epoch", epochs=20),
    Case("WarmupLR(CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2), warmup_iters=2, warmup_prefix=True)", "epoch", epochs=72),
    Case("ChainedScheduler([CosineDecayLR(optimizer, total_steps), ConstantLR(optimizer, 0.3, 5)])", "epoch"),
    Case("one_cycle(optimizer, total_steps=total_steps + 1)", "iteration", epochs=30),
    Case("StepLR(optimizer, 89)", "epoch"),
    Case("cyclic(optimizer, step_size_up=8 * steps_per_epoch)", "iteration"),
    Case("noam(optimizer, d_model=512, warmup_steps=2 * steps_per_epoch)", "iteration"),
    Case("noam(optimizer, d_model=512, warmup_steps=4000)", "iteration", lr=1.0),
    Case("noam(optimizer, d_model=1024, warmup_steps=4000)", "iteration", epochs=300, lr=2.0),
    Case("one_cycle(optimizer, total_steps=total_steps)", "iteration", epochs=3),
    Case("sgdr_warmup(optimizer, cycle_steps=10, cycle_mult=2)", "epoch"),
    Case("swalr(optimizer, swa_lr=0.01, anneal_steps=10)", "epoch"),
    Case("warmup_linear(optimizer, total_steps=total_steps)", "iteration", lr=5e-7),
    Case("LinearLR(optimizer, 1.0, 0.0, total_iters=100)", "epoch"),
    Case("poly(optimizer, total_steps=total_steps)", "epoch"),
    Case("step_with_warmup(optimizer, milestones=[30, 60], warmup_steps=5)", "epoch"),
    Case("warmup_cosine(optimizer, total_steps=total_steps)", "iteration"),
    Case("yolo(optimizer, epochs=epochs)", "epoch"),
    Case("CosineDecayLR(optimizer, decay_steps=total_steps)", "iteration"),
    Case("CosineDecayLR(optimizer, decay_steps=total_steps)", "epoch"),
    Case("CosineDecayLR(optimizer, decay_steps=total_steps, alpha=0.1)", "iteration", lr=6e-5),
    Case("CosineDecayLR(optimizer, decay_steps=60)", "epoch"),
    Case("CosineDecayLR(optimizer, decay_steps=8000, alpha=0.01)", "iteration"),
    Case("CosineDecayLR(optimizer, decay_steps=total_steps)", "iteration", epochs=1, iterations_per_epoch=20),
    Case("CosineDecayLR(optimizer, total_steps)", "iteration", iterations_per_epoch=1),
    Case("StepLR(optimizer, 30)", "iteration", iterations_per_epoch=1),
    Case("PolynomialLR(optimizer, total_steps, 0.001, 2.0)", "iteration"),
    Case("PolynomialLR(optimizer, total_steps, 0.0, 0.9)", "iteration", lr=0.01),
    Case("PolynomialLR(optimizer, total_steps)", "epoch"),
    Case("PolynomialLR(optimizer, total_steps)", "iteration", epochs=3, iterations_per_epoch=1000, lr=5e-4),
    Case("PolynomialLR(optimizer, total_steps, end_learning_rate=0.0)", "iteration", lr=5e-5),
    Case("PolynomialLR(optimizer, 10 * steps_per_epoch, 0.001, cycle=True)", "iteration"),
    Case("torch.optim.lr_scheduler.PolynomialLR(optimizer, total_steps, 0.9)", "iteration", lr=5e-5),
    Case("CosineAnnealingLR(optimizer, T_max=total_steps)", "iteration"),
    Case("CosineAnnealingLR(optimizer, T_max=total_steps)", "epoch"),
    Case("CosineAnnealingLR(optimizer, T_max=total_steps - 1, eta_min=0.001)", "epoch"),
    Case("CosineAnnealingLR(optimizer, T_max=200)", "epoch", epochs=200),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2)", "epoch"),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2)", "epoch", epochs=70),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=10 * steps_per_epoch)", "iteration"),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=steps_per_epoch)", "iteration"),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=steps_per_epoch, T_mult=2, eta_min=1e-5)", "iteration"),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=30, decay_rate=0.5)", "epoch"),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=3)", "iteration", epochs=3, iterations_per_epoch=4),
    Case("CosineAnnealingLR(optimizer, T_max=5)", "epoch", epochs=4),
    Case("StepLR(optimizer, 30)", "epoch"),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=3)", "epoch"),
    Case("CosineAnnealingWarmRestarts(optimizer, T_0=1, T_mult=2)", "epoch", epochs=63),
    Case("warmup_hard_restarts(optimizer, total_steps=total_steps, num_cycles=30)", "epoch"),
    Case("warmup_cosine_cycles(optimizer, total_steps=total_steps, num_cycles=29.5)", "epoch"),
    Case("cyclic(optimizer, step_size_up=5)", "epoch"),
    Case("CosineDecayLR(optimizer, total_steps)", "iteration", lr=2e-8),
    Case("CosineAnnealingLR(optimizer, T_max=90, eta_min=1e-300)", "epoch"),
    Case("StepLR(optimizer, 30 * steps_per_epoch)", "iteration"),
    Case("StepLR(optimizer, 100, gamma=0.98)", "iteration"),
    Case("StepLR(optimizer, 1, gamma=0.7)", "epoch", epochs=14, iterations_per_epoch=938, lr=1.0),
    Case("StepLR(optimizer, 7, gamma=0.1)", "epoch", epochs=25, iterations_per_epoch=61, lr=0.001),
    Case("StepLR(optimizer, 10, gamma=0.5)", "epoch"),
    Case("MultiStepLR(optimizer, [30, 60, 80])", "epoch"),
    Case("MultiStepLR(optimizer, [30, 60, 89])", "epoch"),
    Case("MultiStepLR(optimizer, [60, 120, 160], gamma=0.2)", "epoch", epochs=200),
    Case("MultiStepLR(optimizer, [3000, 6000])", "iteration"),
    Case("MultiStepLR(optimizer, [steps_per_epoch * e for e in (30, 60, 80)])", "iteration"),
    Case("MultiStepLR(optimizer, [32000, 48000])", "iteration", epochs=164, iterations_per_epoch=391),
    Case("ExponentialLR(optimizer, gamma=0.95)", "epoch"),
    Case("ExponentialLR(optimizer, gamma=0.95)", "epoch", epochs=3),
    Case("ExponentialLR(optimizer, gamma=0.99)", "epoch", epochs=5, iterations_per_epoch=390),
    Case("ExponentialLR(optimizer, gamma=0.97)", "epoch", epochs=300, iterations_per_epoch=20),
    Case("ExponentialLR(optimizer, gamma=0.9998)", "iteration"),
    Case("ExponentialLR(optimizer, gamma=0.01 ** (1 / total_steps))", "iteration"),
    Case("ExponentialLR(optimizer, gamma=1e6 ** (1 / total_steps))", "iteration", epochs=1, iterations_per_epoch=390, lr=1e-6),
    Case("LinearLR(optimizer, 1e-6, 1.0, total_iters=total_steps)", "iteration", epochs=1, lr=1.0),
    Case("LinearLR(optimizer, 1e-3, 1.0, total_iters=total_steps - 1)", "iteration", epochs=1, lr=0.5),
    Case("LinearLR(optimizer, 1.0, 0.0, total_iters=total_steps)", "iteration"),
    Case("LinearLR(optimizer, 1.0, 0.01, total_iters=total_steps)", "epoch"),
    Case("LinearLR(optimizer, start_factor=0.1, total_iters=5)", "epoch"),
    Case(f"LambdaLR(optimizer, {NOAM})", "iteration"),
    Case(f"LambdaLR(optimizer, {LINEAR_WITH_WARMUP})", "iteration", lr=5e-5),
    Case("LambdaLR(optimizer, lambda step: 1.0)", "iteration"),
    Case("LambdaLR(optimizer, lambda epoch: 0.95 ** epoch)", "epoch"),
    Case("LambdaLR(optimizer, lambda epoch: 1 - epoch / total_steps)", "epoch"),
    Case("LambdaLR(optimizer, lambda step: (1 - step / total_steps) ** 0.9)", "iteration"),
    Case("LambdaLR(optimizer, lambda epoch: (1 - epoch / total_steps) ** 0.9)", "epoch"),
    Case("LambdaLR(optimizer, lambda epoch: 10 ** (5 * epoch / total_steps))", "epoch", lr=1e-5),
    # one cycle, whose highest rate is 25 times the first
    Case("LambdaLR(optimizer, lambda step: 1 + 24 * (step / 2700 if step < 2700 else (total_steps - step) / 6300))", "iteration", lr=0.004),
    # warmup, stable, decay
    Case("LambdaLR(optimizer, lambda step: min(1, (step + 1) / 300, (total_steps - step) / 1800))", "iteration"),
    Case("SequentialLR(optimizer, [ConstantLR(optimizer, 1.0, 0), LinearLR(optimizer, 1.0, 0.0, total_iters=3000)], [6000], interval_rescaling=True)", "iteration"),
    # inverse square root after a warmup
    Case("LambdaLR(optimizer, lambda step: (step + 1) / 1000 if step < 1000 else (1000 / step) ** 0.5)", "iteration"),
    # triangular cycles of eight epochs
    Case("LambdaLR(optimizer, lambda step: 0.1 + 0.9 * (1 - abs(step / 400 % 2 - 1)))", "iteration"),
    Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=1000)", "iteration"),
    Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=50)", "iteration"),
    Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5 * steps_per_epoch)", "iteration"),
    Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5)", "epoch"),
    Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_iters=5)", "iteration", epochs=2, iterations_per_epoch=20),
    Case("WarmupLR(CosineAnnealingLR(optimizer, T_max=total_steps - 5), warmup_iters=5, warmup_prefix=True)", "epoch"),
    Case("WarmupLR(ExponentialLR(optimizer, 0.9998), warmup_iters=50)", "iteration"),
    Case("WarmupLR(StepLR(optimizer, 30), warmup_iters=5)", "epoch"),
    Case("WarmupLR(MultiStepLR(optimizer, [30, 60, 80]), warmup_iters=5, warmup_factor=0.1)", "epoch", epochs=90),
    Case("WarmupLR(PolynomialLR(optimizer, total_steps, 0.0), warmup_iters=500)", "iteration", lr=5e-5),
    Case("WarmupLR(optimizer, warmup_iters=50)", "iteration"),
    Case("WarmupLR(optimizer, warmup_iters=5)", "epoch"),
    Case("ConstantLR(optimizer, factor=0.1, total_iters=5)", "epoch"),
    Case("ConstantLR(optimizer, factor=1.0, total_iters=0)", "iteration"),
    Case("ChainedScheduler([LinearLR(optimizer, 0.1, total_iters=5), ExponentialLR(optimizer, 0.95)])", "epoch"),
    Case("ChainedScheduler([LinearLR(optimizer, 0.1, total_iters=500), CosineDecayLR(optimizer, total_steps)])", "iteration"),
    Case("SequentialLR(optimizer, [LinearLR(optimizer), ExponentialLR(optimizer, 0.95)], milestones=[5])", "epoch"),
    Case(
        "SequentialLR(optimizer, [LinearLR(optimizer, 0.01, total_iters=5), CosineAnnealingLR(optimizer, T_max=85)],"
        " milestones=[5], interval_rescaling=True)",
        "epoch",
    ),
    Case(
        "torch.optim.lr_scheduler.SequentialLR(optimizer, [torch.optim.lr_scheduler.LinearLR(optimizer, total_iters=5),"
        " torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=15)], milestones=[5])",
        "epoch",
        epochs=20,
    ),
    Case(
        "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=500), CosineDecayLR(optimizer, total_steps)], [500])",
        "iteration",
    ),
    Case(
        "SequentialLR(optimizer, [ConstantLR(optimizer, 1.0, 0), PolynomialLR(optimizer, 4500, 0.0)], [4500],"
        " interval_rescaling=True)",
        "iteration",
    ),
    Case("ReduceLROnPlateau(optimizer, patience=5)", "epoch"),
    Case("ReduceLROnPlateau(optimizer)", "epoch", epochs=13),
    Case("ReduceLROnPlateau(optimizer, factor=0.5, patience=200)", "iteration"),
    Case("ReduceLROnPlateau(optimizer, patience=3, min_lr=1e-5)", "epoch"),
    Case("plateau_warmup(optimizer)", "epoch"),
    Case("plateau_warmup(optimizer, warmup_steps=3, start_factor=0.1, patience=2, cooldown=3)", "epoch", epochs=30),
    Case("plateau_warmup(optimizer, warmup_steps=0)", "epoch"),
    Case("layerwise_decay(CosineDecayLR(optimizer, total_steps))", "iteration", layers=LAYERS),
    Case("layerwise_decay(ReduceLROnPlateau(optimizer))", "epoch", layers=LAYERS),
    Case("libai(optimizer, max_iter=total_steps, warmup_iter=5 * steps_per_epoch)", "iteration"),
]  # fmt: skip

EVERY_MISTAKE = [(name, case) for name, cases in MISTAKES.items() for case in cases]


@pytest.mark.parametrize(("name", "case"), EVERY_MISTAKE)
def test_a_usual_mistake_is_found_and_named(name: str, case: Case) -> None:
    findings = case.findings()
    assert [finding.name for finding in findings[:1]] == [name]
    assert SAYS[name] in findings[0].sentence
    assert any(character.isdigit() for character in findings[0].sentence)


@pytest.mark.parametrize(
    ("case", "found"),
    [
        (Case("ReduceLROnPlateau(optimizer, cooldown=-5)", "iteration"), ["plateau_of_batches", "out_of_range"]),
        (Case("CosineAnnealingLR(optimizer, T_max=-9000)", "iteration", lr=101), ["huge_base", "out_of_range"]),
        (Case("ConstantLR(optimizer, total_iters=1e999)", "epoch", lr=1e-9), ["long_warmup", "infinite"]),
        (Case("ConstantLR(optimizer, factor=1.0, total_iters=1e999)", "epoch", lr=101), ["huge_base", "infinite"]),
        (Case("CosineDecayLR(optimizer, total_steps, alpha=2.0)", "epoch"), ["high_floor"]),
        (Case("ReduceLROnPlateau(optimizer, patience=-3)", "epoch"), ["plateau_however_it_goes"]),
    ],
)
def test_a_value_outside_its_range_is_told_beside_another_mistake_that_does_not_name_it(
    case: Case, found: list[str]
) -> None:
    assert [finding.name for finding in case.findings()] == found


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ("StepLR(optimizer, 30), StepLR(optimizer, 30)", ["counted_in_epochs", "same_twice"]),
        ("StepLR(optimizer, 0.5), StepLR(optimizer, 0.5)", ["share_of_the_steps", "same_twice"]),
        ("StepLR(optimizer, 30), StepLR(optimizer, 31)", ["counted_in_epochs"]),
    ],
)
def test_a_scheduler_that_stands_in_a_chain_twice_is_told_beside_a_wrong_unit(links: str, found: list[str]) -> None:
    findings = Case(f"ChainedScheduler([{links}])", "iteration").findings()
    assert [finding.name for finding in findings if not finding.harmless][: len(found)] == found


@pytest.mark.parametrize("case", GOOD)
def test_a_good_schedule_raises_no_alarm(case: Case) -> None:
    assert case.findings() == []


def test_good_schedules_and_mistakes_are_many_and_speak_of_every_search() -> None:
    assert len(GOOD) >= 200
    assert len(EVERY_MISTAKE) >= 250
    assert {search.__name__.strip("_") for search in mistakes.SEARCHES} == MISTAKES.keys() == SAYS.keys()


@pytest.mark.parametrize("step_per", ["iteration", "epoch"])
def test_any_schedule_that_oneflow_accepts_is_searched(step_per: StepPer) -> None:
    rng = random.Random(0)
    entries = register.entries().values()
    for entry in [entry for entry in entries for _ in range(8)]:
        drawn = sample.schedule(entry, rng, stretch=rng.choice([1, 5]), inside=entries)
        plan = Plan(
            drawn.code(), rng.choice([1e-4, 0.1, 1.0]), rng.choice([1, 4, 40]), rng.choice([1, 5, 50]), step_per
        )
        assert all(finding.sentence for finding in mistakes.find(plan))


@pytest.mark.parametrize("name", [*register.entries(), *recipes.REGISTER])
def test_whatever_number_an_argument_is_the_search_comes_to_an_end(name: str) -> None:
    entry = register.entries().get(name) or recipes.get(name)
    odd = (math.nan, math.inf, -math.inf, -(2**70), -1, -0.5, 0, 1e-300, 0.5, 1, 2**70, 1e300)
    words = [{"mode": mode} for mode in ("min", "max")] if name == "reduce_lr_on_plateau" else [{}]
    examples = [{**entry.presets[0].arguments, **word} for word in words]
    for arguments, parameter, value in itertools.product(examples, entry.domains, odd):
        with contextlib.suppress(ValueError):  # what OneFlow or the recipe refuses
            given = [value] if isinstance(entry.domains[parameter], Milestones) else value
            code = Schedule(entry, {**arguments, parameter: given}).code()
            code = re.sub(r"\b(nan|inf)\b", r"float('\1')", code)
            assert all(one.sentence for one in mistakes.find(Plan(code, 0.1, 10, 10, "epoch")))


@pytest.mark.parametrize(
    "code",
    [
        "CosineDecayLR(optimizer, {})",
        "PolynomialLR(optimizer, {})",
        "CosineAnnealingLR(optimizer, {})",
        "CosineAnnealingWarmRestarts(optimizer, {})",
        "LinearLR(optimizer, 1.0, 0.0, {})",
        "one_cycle(optimizer, total_steps={})",
        "poly(optimizer, total_steps={})",
    ],
)
def test_a_decay_longer_than_the_training_is_told_if_the_learning_rate_is_still_high_at_the_end(code: str) -> None:
    lengths = 100, 101, 105, 110, 150, 400
    told = [length for length in lengths if Case(code.format(length), "epoch", epochs=100).findings()]
    assert told == [150, 400]


TO_A_CONSTANT_ONE = {"constant_lr", "linear_lr", "warmup_lr", "warmup_constant", "swalr"}
OF_PARTS_OR_FUNCTIONS = {"sequential_lr", "chained_scheduler", "lambda_lr", "multiplicative", "reduce_lr_on_plateau"}
CHANGING = sorted({*register.entries(), *recipes.REGISTER} - TO_A_CONSTANT_ONE - OF_PARTS_OR_FUNCTIONS)


@pytest.mark.parametrize("name", CHANGING)
def test_an_argument_at_0_or_1_that_leaves_the_learning_rate_as_it_is_is_told(name: str) -> None:
    entry = register.entries().get(name) or recipes.get(name)
    preset = entry.presets[0]
    for parameter, value in itertools.product(entry.domains, (0, 1)):
        if value in entry.domains[parameter]:
            code = Schedule(entry, {**preset.arguments, parameter: value}).code()
            with contextlib.suppress(ValueError):  # a value that the others of the example do not go with
                plan = Plan(code, 0.1, preset.steps, 1, "iteration")
                is_constant = np.ptp(course.after_warmup(plan.step_lrs)) == 0
                assert not is_constant or {one.name for one in mistakes.find(plan)} & {"neutral", "high_floor"}, code


def test_only_a_single_update_at_0_and_a_fraction_are_harmless() -> None:
    harmless = {name for name, case in EVERY_MISTAKE for finding in case.findings()[:1] if finding.harmless}
    assert harmless == {"first_update_at_0", "no_whole_number"}


@pytest.mark.parametrize(
    ("case", "effect"),
    [
        (Case(f"WarmupLR(CosineDecayLR(optimizer, 90), warmup_iters={NAN})", "epoch"), "what warmup_iters=0 does"),
        (Case(f"ReduceLROnPlateau(optimizer, threshold={NAN})", "epoch"), "goes from 0.1 to"),
        (Case("CosineAnnealingLR(optimizer, T_max=-9000)", "iteration"), "int ≥ 1: it does what T_max=9000 does"),
        (Case("LinearLR(optimizer, total_iters=-5)", "iteration"), "int ≥ 0: it does what total_iters=0 does"),
        (Case("MultiStepLR(optimizer, [30.5, 60.5])", "epoch"), "it does what milestone 31 does, and Graph mode"),
        (Case("CosineAnnealingLR(optimizer, T_max=9000.5)", "iteration"), "eager mode counts with it as it is"),
        (Case("ReduceLROnPlateau(optimizer, patience=2.5)", "epoch"), "number: it does what patience=2 does"),
    ],
)
def test_a_value_that_is_not_meant_for_an_argument_is_told_with_what_it_does(case: Case, effect: str) -> None:
    assert effect in case.findings()[0].sentence


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (
            Case("WarmupLR(CosineDecayLR(optimizer, total_steps), warmup_factor=0, warmup_iters=5)", "epoch"),
            "the first 100 of 9000 updates have a learning rate of 0, and change nothing",
        ),
        (
            Case("ConstantLR(optimizer, factor=1e-300, total_iters=30)", "epoch"),
            "the first 3000 of 9000 updates have a learning rate of 1e-301, and change next to nothing",
        ),
    ],
)
def test_first_updates_are_told_with_what_they_change(case: Case, said: str) -> None:
    assert [finding.sentence for finding in case.findings()] == [said]


@pytest.mark.parametrize(
    "code",
    [
        "ExponentialLR(optimizer, gamma=1.2)",
        "StepLR(optimizer, 100, gamma=10.0)",
        "LambdaLR(optimizer, lambda step: 1.05 ** step)",
    ],
)
def test_beside_a_rate_that_grows_without_end_the_usual_ones_are_not_called_small(code: str) -> None:
    assert [finding.name for finding in mistakes.find(Plan(code, 0.1, 2, 390))] == ["growing"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("CosineAnnealingWarmRestarts(optimizer, 10, eta_min=0.1, decay_rate=0.5)", "rises towards 0.1"),
        ("CosineAnnealingLR(optimizer, 9000, eta_min=0.2)", "rises towards 0.2"),
        ("CosineAnnealingWarmRestarts(optimizer, 10, eta_min=0.1)", "can't fall"),
    ],
)
def test_a_floor_is_told_with_what_the_learning_rate_does(code: str, said: str) -> None:
    assert (
        said in {found.name: found.sentence for found in mistakes.find(Plan(code, 0.1, 60, 390, "epoch"))}["high_floor"]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("threshold=1.0, patience=2", "after every 3 steps"),
        ("threshold=1.0, patience=2, cooldown=5", "after every 8 steps"),
        ("patience=-1, cooldown=5", "after every step,"),
    ],
)
def test_a_plateau_that_falls_however_it_goes_is_told_with_its_cooldown(arguments: str, said: str) -> None:
    plan = Plan(f"ReduceLROnPlateau(optimizer, factor=0.9, {arguments})", 0.1, 60, 390, "epoch")
    (finding,) = (found for found in mistakes.find(plan) if found.name == "plateau_however_it_goes")
    falls = np.flatnonzero(np.diff(plan.step_lrs) < 0)
    period = re.search(r"after every (?:(\d+) steps|step)", finding.sentence)
    assert said in finding.sentence
    assert period
    assert set(np.diff(falls).tolist()) == {int(period[1] or 1)}
