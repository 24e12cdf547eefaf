"""The program's own model, for trying a schedule on a CPU: an epoch of the tiny data set takes it a fraction of a second."""

from __future__ import annotations

from typing import Any

import oneflow as flow

NAME = "small"


class SmallNet(flow.nn.Module):  # type: ignore[misc]  # OneFlow ships no types
    """Two convolutions that halve the image, a mean over what is left of it, and one linear layer."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.features = flow.nn.Sequential(*_halving(3, 16), *_halving(16, 32))
        self.classifier = flow.nn.Linear(32, classes)

    def forward(self, images: Any) -> Any:
        """Return the scores, shape ``(images, classes)``, of images of shape ``(images, 3, height, width)``."""
        return self.classifier(self.features(images).mean(dim=(2, 3)))


def _halving(channels: int, made: int) -> list[Any]:
    convolution = flow.nn.Conv2d(channels, made, kernel_size=3, stride=2, padding=1, bias=False)
    return [convolution, flow.nn.BatchNorm2d(made), flow.nn.ReLU()]
