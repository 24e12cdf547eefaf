"""Schedulers that OneFlow lacks, written for OneFlow: those of PyTorch, transformers and timm, by the names and with the arguments that they have there.

The playground interprets these functions as they stand, and gives their text to be copied; what they give is compared with the originals' own runs.
They set learning rates alone: where the original moves the momentum as well, this does not.
timm's are told which step they make; these count their steps, the first being step 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from oneflow.optim import Optimizer
from oneflow.optim.lr_scheduler import LambdaLR, _LRScheduler

Rule = Callable[[int], float]


def per_group(value: Any, optimizer: Optimizer) -> list[Any]:
    """Return a list of values as it is, and any other value once for each param group."""
    return list(value) if isinstance(value, (list, tuple)) else [value] * len(optimizer.param_groups)


def ramp(start: float, end: float, part: float, strategy: str) -> float:
    """Return the value after a part of the way from start to end: along half a cosine, or a line."""
    if strategy == "cos":
        return end + (start - end) / 2 * (1 + math.cos(math.pi * part))
    if strategy == "linear":
        return start + (end - start) * part
    raise ValueError(f"anneal_strategy is 'cos' or 'linear', not {strategy!r}")


def warmed(step: int, warmup: int) -> float:
    """Return the factor of a linear warmup from 0, which is 1 after it."""
    return min(step / max(1, warmup), 1.0) if warmup > 0 else 1.0


class PyTorchScheduler(_LRScheduler):  # type: ignore[misc]
    """The base of a scheduler that is written for PyTorch: its get_lr returns the learning rates of all param groups."""

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1, verbose: bool = False) -> None:
        self.last_epoch = last_epoch
        self._step_count = 0
        self._get_lr_called_within_step = True
        super().__init__(optimizer, last_epoch, verbose)

    def step(self) -> None:
        """Make a step."""
        self.last_step += 1
        self.last_epoch = self.last_step
        self._step_count += 1
        self.update_lrs(self.get_lr())


def OneCycleLR(
    optimizer: Optimizer,
    max_lr: float | Sequence[float],
    total_steps: int | None = None,
    epochs: int | None = None,
    steps_per_epoch: int | None = None,
    pct_start: float = 0.3,
    anneal_strategy: str = "cos",
    cycle_momentum: bool = True,
    base_momentum: float = 0.85,
    max_momentum: float = 0.95,
    div_factor: float = 25.0,
    final_div_factor: float = 1e4,
    three_phase: bool = False,
    last_epoch: int = -1,
) -> LambdaLR:
    """Rise from max_lr / div_factor to max_lr, then fall to max_lr / div_factor / final_div_factor."""
    if total_steps is None:
        if epochs is None or steps_per_epoch is None:
            raise ValueError("OneCycleLR needs total_steps, or epochs and steps_per_epoch")
        total_steps = epochs * steps_per_epoch
    total, low = total_steps, 1 / div_factor
    if three_phase:
        ends = [pct_start * total - 1, 2 * pct_start * total - 2, total - 1]
        levels = [low, 1.0, low, low / final_div_factor]
    else:
        ends = [pct_start * total - 1, total - 1]
        levels = [low, 1.0, low / final_div_factor]

    def rule(step: int) -> float:
        if step > total:
            raise ValueError(f"OneCycleLR has {total} steps, this is step {step}")
        phase = 0
        while step > ends[phase] and phase < len(ends) - 1:
            phase += 1
        begin = 0.0 if phase == 0 else ends[phase - 1]
        part = (step - begin) / (ends[phase] - begin)
        return ramp(levels[phase], levels[phase + 1], part, anneal_strategy)

    for group, peak in zip(optimizer.param_groups, per_group(max_lr, optimizer)):
        group["lr"] = group["initial_lr"] = peak
    return LambdaLR(optimizer, rule, last_epoch)


def CyclicLR(
    optimizer: Optimizer,
    base_lr: float | Sequence[float],
    max_lr: float | Sequence[float],
    step_size_up: int = 2000,
    step_size_down: int | None = None,
    mode: str = "triangular",
    gamma: float = 1.0,
    scale_fn: Callable[[float], float] | None = None,
    scale_mode: str = "cycle",
    cycle_momentum: bool = True,
    base_momentum: float = 0.8,
    max_momentum: float = 0.9,
    last_epoch: int = -1,
) -> LambdaLR:
    """Go up from base_lr to max_lr and down again, over and over."""
    if scale_fn is None and mode not in ("triangular", "triangular2", "exp_range"):
        raise ValueError(f"there is no mode {mode!r}")
    length = step_size_up + (step_size_up if step_size_down is None else step_size_down)
    top = step_size_up / length

    def amplitude(cycle: int, step: int) -> float:
        if scale_fn is not None:
            return scale_fn(cycle if scale_mode == "cycle" else step)
        if mode == "triangular2":
            return 0.5 ** (cycle - 1)
        return gamma**step if mode == "exp_range" else 1.0

    def between(low: float, high: float) -> Rule:
        def rule(step: int) -> float:
            cycle = math.floor(1 + step / length)
            part = 1 + step / length - cycle
            height = part / top if part <= top else (part - 1) / (top - 1)
            return (low + (high - low) * height * amplitude(cycle, step)) / high

        return rule

    rules = []
    for group, low, high in zip(optimizer.param_groups, per_group(base_lr, optimizer), per_group(max_lr, optimizer)):
        group["lr"] = group["initial_lr"] = high
        rules.append(between(low, high))
    return LambdaLR(optimizer, rules, last_epoch)


def MultiplicativeLR(optimizer: Optimizer, lr_lambda: Rule | Sequence[Rule], last_epoch: int = -1) -> LambdaLR:
    """Multiply the learning rate of the step before by what lr_lambda gives for the step."""

    def product(factor: Rule) -> Rule:
        products = [1.0]

        def rule(step: int) -> float:
            while len(products) <= step:
                products.append(products[-1] * factor(len(products)))
            return products[step]

        return rule

    rules = [product(factor) for factor in per_group(lr_lambda, optimizer)]
    return LambdaLR(optimizer, rules, last_epoch)


def SWALR(
    optimizer: Optimizer,
    swa_lr: float | Sequence[float],
    anneal_epochs: int = 10,
    anneal_strategy: str = "cos",
    last_epoch: int = -1,
) -> LambdaLR:
    """Go from the optimizer's learning rate to swa_lr within anneal_epochs steps, and stay there."""

    def toward(end: float, start: float) -> Rule:
        def rule(step: int) -> float:
            part = 1.0 if anneal_epochs == 0 else min(1.0, step / anneal_epochs)
            return ramp(start, end, part, anneal_strategy) / start

        return rule

    groups = optimizer.param_groups
    rules = [toward(end, group["lr"]) for end, group in zip(per_group(swa_lr, optimizer), groups)]
    return LambdaLR(optimizer, rules, last_epoch)


def get_constant_schedule(optimizer: Optimizer, last_epoch: int = -1) -> LambdaLR:
    """Keep the learning rate."""
    return LambdaLR(optimizer, lambda step: 1.0, last_epoch)


def get_constant_schedule_with_warmup(optimizer: Optimizer, num_warmup_steps: int, last_epoch: int = -1) -> LambdaLR:
    """Rise linearly from 0, then keep the learning rate."""
    return LambdaLR(optimizer, lambda step: warmed(step, num_warmup_steps), last_epoch)


def get_linear_schedule_with_warmup(
    optimizer: Optimizer, num_warmup_steps: int, num_training_steps: int, last_epoch: int = -1
) -> LambdaLR:
    """Rise linearly from 0, then fall linearly to 0."""

    def rule(step: int) -> float:
        if step < num_warmup_steps:
            return warmed(step, num_warmup_steps)
        return max(0.0, (num_training_steps - step) / max(1, num_training_steps - num_warmup_steps))

    return LambdaLR(optimizer, rule, last_epoch)


def get_cosine_schedule_with_warmup(
    optimizer: Optimizer,
    num_warmup_steps: int,
    num_training_steps: int,
    num_cycles: float = 0.5,
    last_epoch: int = -1,
) -> LambdaLR:
    """Rise linearly from 0, then follow num_cycles waves of a cosine."""

    def rule(step: int) -> float:
        if step < num_warmup_steps:
            return warmed(step, num_warmup_steps)
        part = (step - num_warmup_steps) / max(1, num_training_steps - num_warmup_steps)
        return max(0.0, (1 + math.cos(2 * math.pi * num_cycles * part)) / 2)

    return LambdaLR(optimizer, rule, last_epoch)


def get_cosine_with_hard_restarts_schedule_with_warmup(
    optimizer: Optimizer, num_warmup_steps: int, num_training_steps: int, num_cycles: int = 1, last_epoch: int = -1
) -> LambdaLR:
    """Rise linearly from 0, then fall num_cycles times along half a cosine, beginning anew at the top."""

    def rule(step: int) -> float:
        if step < num_warmup_steps:
            return warmed(step, num_warmup_steps)
        part = (step - num_warmup_steps) / max(1, num_training_steps - num_warmup_steps)
        return 0.0 if part >= 1 else max(0.0, (1 + math.cos(math.pi * (num_cycles * part % 1))) / 2)

    return LambdaLR(optimizer, rule, last_epoch)


def get_polynomial_decay_schedule_with_warmup(
    optimizer: Optimizer,
    num_warmup_steps: int,
    num_training_steps: int,
    lr_end: float = 1e-7,
    power: float = 1.0,
    last_epoch: int = -1,
) -> LambdaLR:
    """Rise linearly from 0, then fall along a polynomial to lr_end."""
    start: float = optimizer._default_options["lr"]

    def rule(step: int) -> float:
        if step < num_warmup_steps:
            return warmed(step, num_warmup_steps)
        if step > num_training_steps:
            return lr_end / start
        left = 1 - (step - num_warmup_steps) / (num_training_steps - num_warmup_steps)
        height: float = left**power
        return ((start - lr_end) * height + lr_end) / start

    return LambdaLR(optimizer, rule, last_epoch)


def get_inverse_sqrt_schedule(
    optimizer: Optimizer, num_warmup_steps: int, timescale: int | None = None, last_epoch: int = -1
) -> LambdaLR:
    """Rise linearly from 0, then fall with the square root of the step."""
    scale: float = (num_warmup_steps or 10_000) if timescale is None else timescale

    def rule(step: int) -> float:
        if step < num_warmup_steps:
            return warmed(step, num_warmup_steps)
        return 1 / math.sqrt((step + scale - num_warmup_steps) / scale)

    return LambdaLR(optimizer, rule, last_epoch)


def get_scheduler(
    name: str,
    optimizer: Optimizer,
    num_warmup_steps: Any = None,
    num_training_steps: Any = None,
    scheduler_specific_kwargs: dict[str, Any] | None = None,
) -> LambdaLR:
    """Make the scheduler that transformers calls by a name."""
    more = scheduler_specific_kwargs or {}
    if name == "constant":
        return get_constant_schedule(optimizer)
    if name == "constant_with_warmup":
        return get_constant_schedule_with_warmup(optimizer, num_warmup_steps)
    if name == "inverse_sqrt":
        return get_inverse_sqrt_schedule(optimizer, num_warmup_steps, **more)
    makers: dict[str, Any] = {
        "linear": get_linear_schedule_with_warmup,
        "cosine": get_cosine_schedule_with_warmup,
        "cosine_with_restarts": get_cosine_with_hard_restarts_schedule_with_warmup,
        "polynomial": get_polynomial_decay_schedule_with_warmup,
    }
    return makers[name](optimizer, num_warmup_steps, num_training_steps, **more)


def timm_scale(group: Any) -> float:
    """Return what a param group's learning rate is multiplied by."""
    scale: float = 1.0
    if "lr_scale" in group:
        scale = group["lr_scale"]
    return scale


def timm_rules(
    optimizer: Optimizer,
    rate: Callable[[float, int], float],
    warmup: tuple[int, float, bool],
    noise_range_t: Any,
    initialize: bool,
    from_base: bool = True,
) -> LambdaLR:
    """Rise linearly from the second value of warmup within the first many steps, then follow rate, a function of the optimizer's learning rate and the step; the third tells whether its steps begin after the warmup."""
    length, low, is_prefix = warmup
    if noise_range_t is not None:
        raise NotImplementedError("noise_range_t makes learning rates random, and is not ported")

    def toward(base: float, scale: float) -> Rule:
        top = base if from_base or is_prefix else rate(base, length)

        def rule(step: int) -> float:
            if step < length:
                return (low + step * (top - low) / length) * scale / base
            if step == 0:
                return scale
            return rate(base, step - length if is_prefix else step) * scale / base

        return rule

    rules = []
    for group in optimizer.param_groups:
        if initialize:
            group.setdefault("initial_lr", group["lr"])
        rules.append(toward(group["initial_lr"], timm_scale(group)))
    return LambdaLR(optimizer, rules)


def timm_cycle(step: int, t_initial: int, cycle_mul: float) -> tuple[int, float, float]:
    """Return the number of the cycle that a step is in, how far in it the step is, and its length."""
    if cycle_mul == 1:
        return step // t_initial, step % t_initial, t_initial
    number = math.floor(math.log(1 - step / t_initial * (1 - cycle_mul), cycle_mul))
    begin = (1 - cycle_mul**number) / (1 - cycle_mul) * t_initial
    return number, step - begin, cycle_mul**number * t_initial


def CosineLRScheduler(
    optimizer: Optimizer,
    t_initial: int,
    lr_min: float = 0.0,
    cycle_mul: float = 1.0,
    cycle_decay: float = 1.0,
    cycle_limit: int = 1,
    warmup_t: int = 0,
    warmup_lr_init: float = 0.0,
    warmup_prefix: bool = False,
    t_in_epochs: bool = True,
    noise_range_t: Any = None,
    noise_pct: float = 0.67,
    noise_std: float = 1.0,
    noise_seed: int = 42,
    k_decay: float = 1.0,
    initialize: bool = True,
) -> LambdaLR:
    """Fall along half a cosine to lr_min in each cycle, and stay there after the last."""

    def rate(base: float, step: int) -> float:
        number, place, length = timm_cycle(step, t_initial, cycle_mul)
        if number >= cycle_limit:
            return lr_min
        part = place**k_decay / length**k_decay
        return lr_min + (base * cycle_decay**number - lr_min) * (1 + math.cos(math.pi * part)) / 2

    return timm_rules(optimizer, rate, (warmup_t, warmup_lr_init, warmup_prefix), noise_range_t, initialize)


def TanhLRScheduler(
    optimizer: Optimizer,
    t_initial: int,
    lb: float = -7.0,
    ub: float = 3.0,
    lr_min: float = 0.0,
    cycle_mul: float = 1.0,
    cycle_decay: float = 1.0,
    cycle_limit: int = 1,
    warmup_t: int = 0,
    warmup_lr_init: float = 0.0,
    warmup_prefix: bool = False,
    t_in_epochs: bool = True,
    noise_range_t: Any = None,
    noise_pct: float = 0.67,
    noise_std: float = 1.0,
    noise_seed: int = 42,
    initialize: bool = True,
) -> LambdaLR:
    """Fall along a hyperbolic tangent to lr_min in each cycle, and stay there after the last."""

    def rate(base: float, step: int) -> float:
        number, place, length = timm_cycle(step, t_initial, cycle_mul)
        if number >= cycle_limit:
            return lr_min
        part = place / length
        height = (1 - math.tanh(lb * (1 - part) + ub * part)) / 2
        return lr_min + (base * cycle_decay**number - lr_min) * height

    return timm_rules(optimizer, rate, (warmup_t, warmup_lr_init, warmup_prefix), noise_range_t, initialize, False)


def PolyLRScheduler(
    optimizer: Optimizer,
    t_initial: int,
    power: float = 0.5,
    lr_min: float = 0.0,
    cycle_mul: float = 1.0,
    cycle_decay: float = 1.0,
    cycle_limit: int = 1,
    warmup_t: int = 0,
    warmup_lr_init: float = 0.0,
    warmup_prefix: bool = False,
    t_in_epochs: bool = True,
    noise_range_t: Any = None,
    noise_pct: float = 0.67,
    noise_std: float = 1.0,
    noise_seed: int = 42,
    k_decay: float = 1.0,
    initialize: bool = True,
) -> LambdaLR:
    """Fall along a polynomial to lr_min in each cycle, and stay there after the last."""

    def rate(base: float, step: int) -> float:
        number, place, length = timm_cycle(step, t_initial, cycle_mul)
        if number >= cycle_limit:
            return lr_min
        height: float = (1 - place**k_decay / length**k_decay) ** power
        return lr_min + (base * cycle_decay**number - lr_min) * height

    return timm_rules(optimizer, rate, (warmup_t, warmup_lr_init, warmup_prefix), noise_range_t, initialize)


def StepLRScheduler(
    optimizer: Optimizer,
    decay_t: float,
    decay_rate: float = 1.0,
    warmup_t: int = 0,
    warmup_lr_init: float = 0.0,
    warmup_prefix: bool = True,
    t_in_epochs: bool = True,
    noise_range_t: Any = None,
    noise_pct: float = 0.67,
    noise_std: float = 1.0,
    noise_seed: int = 42,
    initialize: bool = True,
) -> LambdaLR:
    """Multiply the learning rate by decay_rate every decay_t steps."""

    def rate(base: float, step: int) -> float:
        factor: float = decay_rate ** (step // decay_t)
        return base * factor

    return timm_rules(optimizer, rate, (warmup_t, warmup_lr_init, warmup_prefix), noise_range_t, initialize)


def MultiStepLRScheduler(
    optimizer: Optimizer,
    decay_t: Sequence[int],
    decay_rate: float = 1.0,
    warmup_t: int = 0,
    warmup_lr_init: float = 0.0,
    warmup_prefix: bool = True,
    t_in_epochs: bool = True,
    noise_range_t: Any = None,
    noise_pct: float = 0.67,
    noise_std: float = 1.0,
    noise_seed: int = 42,
    initialize: bool = True,
) -> LambdaLR:
    """Multiply the learning rate by decay_rate one step before each of decay_t."""

    def rate(base: float, step: int) -> float:
        count = sum(1 for one in decay_t if one <= step + 1)
        factor: float = decay_rate**count
        return base * factor

    return timm_rules(optimizer, rate, (warmup_t, warmup_lr_init, warmup_prefix), noise_range_t, initialize)
