"""The program's own model and flowvision's, for images of 32 by 32 pixels, with a randomness that can be set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import oneflow as flow
from oneflow._oneflow_internal import Generator

from lrdoc.practice import small
from lrdoc.practice.refusal import near, reason_of
from lrdoc.running import worker
from lrdoc.running.piece import Piece


def create(name: str, classes: int, seed: int) -> Any:
    """Return the program's own model ``small`` or flowvision's model ``name``, with fresh weights, ready to be trained; the same for the same ``seed``.

    The stem of a ResNet, made for images of 224 by 224, is exchanged for one that keeps the size of small images.
    Raises ``ValueError`` for an unknown model.
    """
    flow.manual_seed(seed)
    model = small.SmallNet(classes) if name == small.NAME else _with_small_stem(_of_flowvision(name, classes))
    return model.train()


def _of_flowvision(name: str, classes: int) -> Any:
    # Imported here, as the small model would wait for all others.
    from flowvision.models import ModelCreator

    try:
        return ModelCreator.create_model(name, pretrained=False, num_classes=classes)
    except Exception as error:
        raise ValueError(
            f"model {name!r} can't be made: {reason_of(error)}{_near(name)}. Give one of flowvision's, such as resnet18, or {small.NAME}"
        ) from error


def _near(name: str) -> str:
    """Return a question for the models that ``name`` may be a misspelling of; nothing if there are none."""
    from flowvision.models import ModelCreator

    return near(name, [small.NAME, *ModelCreator.model_list()])


def refusal(name: str, classes: int, cache: Path) -> str | None:
    """Return why the model can't be trained on small images, or ``None``.

    One of flowvision's is tried in a child process, as a model that is too deep for them ends its process; what came of it is kept in ``cache``.
    """
    if name == small.NAME:
        return None
    (outcome,) = worker.run([Piece.importing(_TRIAL.format(name=name, classes=classes))], cache=cache)
    if outcome.error:
        return f"model {name!r} can't be used on images of 32 by 32: {outcome.message}"
    shape, is_finite = outcome.result
    if shape != [2, classes]:
        return f"model {name!r} gives outputs of shape {shape}, not one per class"
    if not is_finite:
        return f"model {name!r} can't be used on images of 32 by 32: its outputs are no finite numbers, before any training"
    return None


_TRIAL = """
import numpy as np
from lrdoc.practice import model

found = model.outputs(model.create({name!r}, {classes}, 0)).numpy()
result = list(found.shape), bool(np.isfinite(found).all())
"""


def _with_small_stem(model: Any) -> Any:
    if isinstance(getattr(model, "conv1", None), flow.nn.Conv2d) and hasattr(model, "maxpool"):
        channels = model.conv1.out_channels
        model.conv1 = flow.nn.Conv2d(3, channels, kernel_size=3, stride=1, padding=1, bias=False)
        model.maxpool = flow.nn.Identity()
    return model


def outputs(model: Any) -> Any:
    """Return what the model makes of two images of noise."""
    with flow.no_grad():
        return model(flow.tensor(np.random.default_rng(0).random((2, 3, 32, 32), dtype=np.float32)))


def draws(model: Any) -> bool:
    """Tell whether the model in training draws random numbers, as dropout and stochastic depth do: whether the same input gives another output, or the generator moves on."""
    state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    flow.manual_seed(0)
    untouched = float(flow.rand(1).item())
    flow.manual_seed(0)
    first = outputs(model.train()).numpy()
    moved = float(flow.rand(1).item()) != untouched
    second = outputs(model).numpy()
    model.load_state_dict(state)  # the averages of batch normalization have moved
    # What is drawn seldom, such as the layers to leave out, may by chance be the same twice; dropout has generators of its own.
    return moved or not np.array_equal(first, second)


class Randomness:
    """Everything that a model draws from."""

    def __init__(self, model: Any) -> None:
        # flow.manual_seed does not reach nn.Dropout: each has a generator of its own.
        found = (vars(module).get("generator") for module in model.modules())
        self._generators = [generator for generator in found if isinstance(generator, Generator)]

    def seed(self, *parts: int) -> None:
        """Set it for the update that ``parts`` identify."""
        seeds = np.random.SeedSequence([2, *parts])
        own, *others = seeds.generate_state(1 + len(self._generators)).tolist()
        flow.manual_seed(own)
        for generator, seed in zip(self._generators, others, strict=True):
            generator.manual_seed(seed)
