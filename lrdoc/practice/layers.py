"""The layers of a model from the first to the last, for learning rates that differ by layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import oneflow as flow

from lrdoc import recipes

_CONTAINERS = (flow.nn.Sequential, flow.nn.ModuleList)


@dataclass(frozen=True)
class Layer:
    """A layer by the name of its first module, and the learning rate that a schedule begins with there."""

    name: str
    base_lr: float


def of(model: Any) -> list[tuple[str, Any]]:
    """Return the layers of a model, each as a name and a module of all its parameters, in the order in which the model defines them.

    They are the modules directly inside the model and inside its containers.
    One without a matrix of weights, such as a normalization, belongs to the layer before it, and so does a parameter of the model itself to the first.
    """
    layers: list[tuple[str, list[Any]]] = []
    own = list(model.parameters(recurse=False))
    for name, module in _modules(model, ""):
        if layers and not _weighs(module):
            layers[-1][1].append(module)
        elif layers and not any(map(_weighs, layers[-1][1])):  # a normalization before the first layer
            layers[-1] = (name, [*layers[-1][1], module])
        else:
            layers.append((name, [module]))
    if own and layers:
        layers[0][1].append(flow.nn.ParameterList(own))
    return [(name, flow.nn.ModuleList(modules)) for name, modules in layers]


def _modules(model: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    """Yield the modules that have parameters, those of a container in its place."""
    for name, module in model.named_children():
        if isinstance(module, _CONTAINERS):
            yield from _modules(module, f"{prefix}{name}.")
        elif next(module.parameters(), None) is not None:
            yield f"{prefix}{name}", module


def _weighs(module: Any) -> bool:
    return any(parameter.dim() > 1 for parameter in module.parameters())


def groups(model: Any, lr: float, decay: float) -> list[dict[str, Any]]:
    """Return a param group for each layer, by the recipe for them."""
    return recipes.layerwise_groups([module for _name, module in of(model)], lr=lr, decay=decay)


def rates(model: Any, lr: float, decay: float) -> Sequence[Layer]:
    """Return the layers with their learning rates; raise ``ValueError`` where there is but one."""
    found = [
        Layer(name, group["lr"]) for (name, _module), group in zip(of(model), groups(model, lr, decay), strict=True)
    ]
    if len(found) < 2:
        raise ValueError(f"the model has {len(found)} layer with parameters, and layer-wise decay needs two")
    return found
