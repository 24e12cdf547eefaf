"""Draw a curve step by step, beside the code that makes it, as files that move: APNG and GIF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray
from PIL import Image

from lrdoc.figure.svg import BACKGROUND, STYLE, closing

WIDTH, HEIGHT = 960, 400
"""In pixels."""
LARGEST = 300_000
"""The most bytes of a file."""
STILL, STEP = 2000, 120
"""How long the first frame is seen, which is the whole curve, and each of the others, in milliseconds."""

_DPI = 96
_COLOURS = 32
_CODE: dict[str, Any] = {"family": "DejaVu Sans Mono", "size": 9.5, "va": "top"}


@dataclass(frozen=True)
class Content:
    """What an animation shows: the lines of code, and the learning rates, one for each step; ``metrics`` where these decide."""

    name: str
    code: Sequence[str]
    lrs: Sequence[float]
    metrics: Sequence[float] | None = None


def animation(content: Content) -> dict[str, bytes]:
    """Return the files of an animation by the end of their names, ``_animated.png`` (APNG) and ``_animated.gif``, the same for the same content each time.

    The first frame is the whole curve: it is what a program shows that does not move pictures, and what is printed.
    """
    first, *others = _reduced(_frames(content))
    length = [STILL, *(STEP for _frame in others)]
    return {
        "_animated.png": _file(first, others, format="PNG", duration=length, loop=0),
        "_animated.gif": _file(first, others, format="GIF", duration=length, loop=0, optimize=False),
    }


def _file(first: Image.Image, others: list[Image.Image], **options: Any) -> bytes:
    buffer = io.BytesIO()
    first.save(buffer, save_all=True, append_images=others, **options)
    return buffer.getvalue()


def _reduced(frames: Iterator[NDArray[np.uint8]]) -> list[Image.Image]:
    """Return the frames in a few colours of the first, which has all that the others have."""
    first = next(frames)
    palette = _palette(first)
    nearest = _nearest(palette)
    return [_indexed(frame, palette, nearest) for frame in (first, *frames)]


def _palette(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the colours that stand for all of a frame, of shape ``(_COLOURS, 3)``; that of its corner, the background, is among them as it is."""
    image = Image.fromarray(frame, "RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    colours = np.array(image.getpalette(), dtype=np.uint8).reshape(-1, 3)
    colours[image.getpixel((0, 0))] = frame[0, 0]
    return colours


def _nearest(palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the index of the nearest colour by the first five bits of red, green and blue: for each pixel by itself the search would take longer than the drawing."""
    levels = np.linspace(0, 255, 32)
    cube = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1)
    distances = ((cube[..., np.newaxis, :] - palette.astype(float)) ** 2).sum(axis=-1)
    nearest: NDArray[np.uint8] = distances.argmin(axis=-1).astype(np.uint8)
    return nearest


def _indexed(frame: NDArray[np.uint8], palette: NDArray[np.uint8], nearest: NDArray[np.uint8]) -> Image.Image:
    red, green, blue = np.moveaxis(frame >> 3, -1, 0)
    image = Image.fromarray(nearest[red, green, blue], "P")
    image.putpalette(palette.ravel().tolist())
    return image


def _frames(content: Content) -> Iterator[NDArray[np.uint8]]:
    """Yield the whole curve, and then the curve up to each step; of shape ``(HEIGHT, WIDTH, 3)``."""
    size, colour = (WIDTH / _DPI, HEIGHT / _DPI), BACKGROUND["light"]
    with plt.style.context(STYLE), closing(plt.figure(figsize=size, dpi=_DPI, facecolor=colour)) as figure:
        stage = _Stage(figure, content)
        yield stage.frame(len(content.lrs) - 1)
        for step in range(len(content.lrs)):
            yield stage.frame(step)


def _canvas(figure: Figure) -> Any:
    """Return what a figure is drawn on; matplotlib declares no types of it."""
    return FigureCanvasAgg(figure)


class _Stage:
    """The figure, of which what does not move is drawn once."""

    def __init__(self, figure: Figure, content: Content) -> None:
        self._canvas = _canvas(figure)
        self._curves = self._panels(figure, content)
        figure.text(0.03, 0.94, content.name, size=15, weight="bold", va="top")
        figure.text(0.03, 0.8, "\n".join(content.code), linespacing=1.5, **_CODE)
        self._said = figure.text(0.97, 0.955, "", **_CODE, ha="right", weight="bold", color="C1")
        self._lrs = content.lrs
        moving = [self._said, *(line for curve in self._curves for line in curve.lines)]
        for artist in moving:
            artist.set_animated(True)
        self._canvas.draw()
        self._still = self._canvas.copy_from_bbox(figure.bbox)

    @staticmethod
    def _panels(figure: Figure, content: Content) -> list[_Curve]:
        left, width = 0.53, 0.44
        if content.metrics is None:
            return [_Curve(figure.add_axes((left, 0.09, width, 0.77)), "lr", content.lrs, "C0")]
        top = figure.add_axes((left, 0.58, width, 0.3))
        bottom = figure.add_axes((left, 0.13, width, 0.32), sharex=top)
        return [_Curve(bottom, "lr", content.lrs, "C0"), _Curve(top, "metrics", content.metrics, "C4")]

    def frame(self, step: int) -> NDArray[np.uint8]:
        self._canvas.restore_region(self._still)
        self._said.set_text(f"step {step:3}    lr = {self._lrs[step]:.4g}")
        for curve in self._curves:
            curve.draw(step)
        self._canvas.figure.draw_artist(self._said)
        return np.asarray(self._canvas.buffer_rgba())[..., :3].copy()


class _Curve:
    """A curve that is drawn up to a step, in axes that have room for all of it."""

    def __init__(self, axes: Axes, name: str, values: Sequence[float], colour: str) -> None:
        self._axes, self._values = axes, np.asarray(values, dtype=float)
        steps = len(values)
        axes.set_title(name, style="italic")
        axes.set_xlim(-0.015 * steps, 1.015 * steps)
        axes.set_ylim(min(0, 1.07 * self._values.min()), 1.07 * self._values.max())
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 2.5, 5, 10]))
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value:.10g}"))
        (self._path,) = axes.plot([], [], color=colour, linewidth=2.2, clip_on=False)
        (self._now,) = axes.plot([], [], color="C1", marker="o", markersize=7, linestyle="", clip_on=False)
        self.lines = [self._path, self._now]

    def draw(self, step: int) -> None:
        """Draw each level up to ``step``, on which there is a dot."""
        until = np.arange(step + 2)
        self._path.set_data(np.repeat(until, 2)[1:-1], np.repeat(self._values[: step + 1], 2))
        self._now.set_data([step], [self._values[step]])
        for line in self.lines:
            self._axes.draw_artist(line)
