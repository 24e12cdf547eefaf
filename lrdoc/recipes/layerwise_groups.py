"""Param groups for layer-wise decay: a smaller learning rate for each layer before the last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from oneflow.nn import Module


def layerwise_groups(layers: Sequence[Module], *, lr: float, decay: float = 0.75) -> list[dict[str, Any]]:
    """Return a param group for each layer: the last has ``lr``, each one before it ``decay`` times as much as the next.

    ``layers`` are the modules from the first layer to the last, at least one, of which no two share a parameter; give the list that this returns to an optimizer.
    ``lr`` is the learning rate of the last, above 0.
    ``decay`` is a number above 0 and up to 1.

    Raises ``ValueError`` for an argument out of its range.
    """
    if not (isinstance(layers, Sequence) and layers and all(isinstance(layer, Module) for layer in layers)):
        raise ValueError(f"layers is a list of at least one module, not {layers!r}")
    parameters = [id(parameter) for layer in layers for parameter in layer.parameters()]
    if len(set(parameters)) < len(parameters):
        raise ValueError("layers is a list of modules of which no two share a parameter: both groups would update it")
    if not (hasattr(lr, "__float__") and 0 < lr < math.inf):
        raise ValueError(f"lr is a number above 0, not {lr!r}")
    if not (hasattr(decay, "__float__") and 0 < decay <= 1):
        raise ValueError(f"decay is a number above 0 and up to 1, not {decay!r}")
    return [
        {"params": list(layer.parameters()), "lr": lr * decay ** (len(layers) - 1 - at)}
        for at, layer in enumerate(layers)
    ]
