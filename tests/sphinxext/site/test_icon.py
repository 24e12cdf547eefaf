from __future__ import annotations

import io
from pathlib import Path

import matplotlib.image
import matplotlib.pyplot as plt
import numpy as np
import pytest

from lrdoc.sphinxext.site.icon import SIZE, icon

FAVICON = (Path(__file__).parents[3] / "docs" / "_static" / "favicon.svg").read_text(encoding="utf-8")


def test_the_touch_icon_is_the_favicon_in_the_size_that_phones_ask_for() -> None:
    made = icon(FAVICON)
    pixels = matplotlib.image.imread(io.BytesIO(made))
    assert pixels.shape[:2] == (SIZE, SIZE)
    blue, white = (0, 0x72 / 255, 0xB2 / 255), (1, 1, 1)
    assert np.allclose(pixels[0, 0, :3], blue, atol=0.01)  # up to the corner
    for x, y in ((12, 7), (16.5, 14), (25, 25)):  # on its levels, in the units of its view box
        assert np.allclose(pixels[round(y * SIZE / 32), round(x * SIZE / 32), :3], white, atol=0.01)
    assert np.allclose(pixels[SIZE // 4, 3 * SIZE // 4, :3], blue, atol=0.01)
    assert made == icon(FAVICON)
    assert not plt.get_fignums()


def test_a_favicon_without_a_path_is_refused() -> None:
    with pytest.raises(ValueError, match="no square with a path"):
        icon('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
