from __future__ import annotations

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image, ImageSequence

from lrdoc.pictures import animation

LRS = (0.1, 0.1, 0.05, 0.05)
CONTENT = animation.Content("StepLR", ("StepLR(optimizer, step_size=2)",), LRS)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return animation.animation(CONTENT)


def frames(file: bytes) -> list[Image.Image]:
    return [frame.convert("RGB") for frame in ImageSequence.Iterator(Image.open(io.BytesIO(file)))]


def test_both_files_move_for_ever_and_have_a_frame_for_the_whole_curve_and_one_for_each_step(
    files: dict[str, bytes],
) -> None:
    assert files.keys() == {"_animated.png", "_animated.gif"}
    for file in files.values():
        opened = Image.open(io.BytesIO(file))
        assert opened.size == (animation.WIDTH, animation.HEIGHT)
        assert opened.info["loop"] == 0
        assert opened.info["duration"] == animation.STILL
        assert len(frames(file)) in (len(LRS) + 1, len(LRS))  # a GIF file joins frames that are the same


def test_the_first_frame_is_the_whole_curve_and_the_last_one_is_again(files: dict[str, bytes]) -> None:
    for file in files.values():
        first, second, *_others, last = frames(file)
        assert np.array_equal(first, last)
        assert not np.array_equal(first, second)


def test_each_frame_draws_on_what_the_one_before_it_drew(files: dict[str, bytes]) -> None:
    drawn = [
        int((np.asarray(frame)[80:, 500:] != 255).any(axis=-1).sum()) for frame in frames(files["_animated.png"])[1:]
    ]
    assert drawn == sorted(drawn)
    assert drawn[0] < drawn[-1]


def test_the_background_is_white(files: dict[str, bytes]) -> None:
    for file in files.values():
        assert {frame.getpixel((1, 1)) for frame in frames(file)} == {(255, 255, 255)}


def test_the_same_curve_gives_the_same_bytes_and_another_gives_others(files: dict[str, bytes]) -> None:
    assert animation.animation(CONTENT) == files
    other = animation.animation(animation.Content(CONTENT.name, CONTENT.code, LRS[::-1]))
    assert all(other[suffix] != file for suffix, file in files.items())
    assert not plt.get_fignums()


def test_metrics_have_a_panel_of_their_own(files: dict[str, bytes]) -> None:
    with_metrics = animation.Content(CONTENT.name, CONTENT.code, LRS, (1.0, 0.5, 0.5, 0.5))
    assert animation.animation(with_metrics) != files
