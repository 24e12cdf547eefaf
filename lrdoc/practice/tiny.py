"""A tiny data set in the format of CIFAR-100, to try the program on without a download.

Its 100 classes are told apart by colour and by the direction of stripes, with noise on top.
"""

from __future__ import annotations

import gzip
import io
import os
import pickle
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
from flowvision.datasets import CIFAR100
from numpy.typing import NDArray

CLASSES, SIDE = 100, 32


def write(path: Path, train: int = 160, test: int = 40, seed: int = 0) -> Path:
    """Write an archive with so many images; the same bytes for the same arguments."""
    rng = np.random.default_rng(seed)
    names = [f"class_{label:02}" for label in range(CLASSES)]
    members = {
        "train": _split("training batch 1 of 1", train, rng),
        "test": _split("testing batch 1 of 1", test, rng),
        "meta": {"fine_label_names": names, "coarse_label_names": names[: CLASSES // 5]},
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in members.items():
            data = pickle.dumps(content, protocol=2)  # as in the original
            header = tarfile.TarInfo(f"{CIFAR100.base_folder}/{name}")
            header.size = len(data)
            tar.addfile(header, io.BytesIO(data))
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.unfinished")  # several processes may write the same
    unfinished.write_bytes(gzip.compress(packed.getvalue(), mtime=0))
    unfinished.replace(path)
    return path


def _split(title: str, count: int, rng: np.random.Generator) -> dict[str, Any]:
    labels = rng.permutation(np.arange(count) % CLASSES)
    return {
        "batch_label": title,
        "data": _images(labels, rng),
        "fine_labels": labels.tolist(),
        "coarse_labels": (labels // 5).tolist(),
        "filenames": [f"image_{index:05}.png" for index in range(count)],
    }


def _images(labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return images of shape ``(n, 3 * 32 * 32)``, channel by channel, row by row."""
    rows, columns = np.mgrid[:SIDE, :SIDE] / SIDE
    direction = (labels % 10)[:, None, None] * np.pi / 10
    stripes = np.sin(4 * 2 * np.pi * (rows * np.sin(direction) + columns * np.cos(direction)))
    hue = (labels // 10)[:, None] / 10 * 2 * np.pi + np.arange(3) * 2 * np.pi / 3
    colours = 128 + 70 * np.cos(hue)
    images = colours[:, :, None, None] + 35 * stripes[:, None] + rng.normal(0, 12, (len(labels), 3, SIDE, SIDE))
    pixels: NDArray[np.uint8] = images.clip(0, 255).astype(np.uint8).reshape(len(labels), -1)
    return pixels
