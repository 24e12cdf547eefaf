"""flowvision's models, for images of 32 by 32 pixels, with a randomness that can be set."""

from __future__ import annotations

from typing import Any

import numpy as np
import oneflow as flow
from flowvision.models import ModelCreator
from oneflow._oneflow_internal import Generator


def create(name: str, classes: int, seed: int) -> Any:
    """Return flowvision's model ``name`` with fresh weights; the same for the same ``seed``.

    The stem of a ResNet or a ShuffleNet, made for images of 224 by 224, is exchanged for one that keeps the size of small images.
    Raises ``ValueError`` for a model that is unknown or can't take such images.
    """
    flow.manual_seed(seed)
    try:
        model = _with_small_stem(ModelCreator.create_model(name, pretrained=False, num_classes=classes))
        shape = tuple(_outputs(model.eval()).shape)
    except Exception as error:
        raise ValueError(f"model {name!r} can't be used on images of 32 by 32: {_first_line(error)}") from error
    if shape != (2, classes):
        raise ValueError(f"model {name!r} gives outputs of shape {shape}, not one per class")
    return model.train()


def _with_small_stem(model: Any) -> Any:
    if isinstance(getattr(model, "conv1", None), flow.nn.Conv2d) and hasattr(model, "maxpool"):
        channels = model.conv1.out_channels
        model.conv1 = flow.nn.Conv2d(3, channels, kernel_size=3, stride=1, padding=1, bias=False)
        model.maxpool = flow.nn.Identity()
    return model


def _outputs(model: Any) -> Any:
    with flow.no_grad():
        return model(flow.tensor(np.random.default_rng(0).random((2, 3, 32, 32), dtype=np.float32)))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def draws(model: Any) -> bool:
    """Tell whether the model in training draws random numbers, as dropout does: whether the same input gives another output."""
    state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    first, second = (_outputs(model.train()).numpy() for _ in range(2))
    model.load_state_dict(state)  # the averages of batch normalization have moved
    return not np.array_equal(first, second)


def seed_randomness(model: Any, *parts: int) -> None:
    """Set everything that the model draws from, for the update that ``parts`` identify."""
    # flow.manual_seed does not reach nn.Dropout: each has a generator of its own.
    seeds = np.random.SeedSequence([2, *parts])
    generators = [
        module.generator for module in model.modules() if isinstance(getattr(module, "generator", None), Generator)
    ]
    own, *others = seeds.generate_state(1 + len(generators)).tolist()
    flow.manual_seed(own)
    for generator, seed in zip(generators, others, strict=True):
        generator.manual_seed(seed)
