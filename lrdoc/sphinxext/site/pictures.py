"""Puts the pictures that readers take away on the site: the cheat sheet, and of each scheduler its figure and an animation."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.display import progress_message

from lrdoc import figure, register
from lrdoc.describe.entry import Entry
from lrdoc.describe.schedule import Schedule
from lrdoc.figure import svg
from lrdoc.pictures import animation
from lrdoc.pictures.code import training_loop
from lrdoc.pictures.kept import kept
from lrdoc.sphinxext.directives.figure import first_figure
from lrdoc.sphinxext.first_example import learning_rates
from lrdoc.sphinxext.placeholders import cache
from lrdoc.sphinxext.site import cheat_sheet
from lrdoc.sphinxext.site.languages import LANGUAGES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "_static/pictures"
"""Where the site has its pictures."""
SUFFIXES = (".svg", "_dark.svg", ".png", "_animated.png", "_animated.gif")
"""The ends of the names of a scheduler's files."""
_PNG_DPI = 192


def draw(app: Sphinx, exception: Exception | None) -> None:
    """Write all pictures, in the language of the build."""
    if exception is not None or app.builder.format != "html":
        return
    target = Path(app.outdir, FOLDER)
    target.mkdir(parents=True, exist_ok=True)
    folder = LANGUAGES[app.config.language].folder
    with progress_message("drawing the pictures to take away"):
        for suffix, made in cheat_sheet.draw(app, folder).items():
            (target / cheat_sheet.name(folder, suffix)).write_bytes(made)
        for name, entry in register.entries().items():
            for suffix, made in files(entry, Path(app.srcdir), cache(app)).items():
                (target / f"{name}{suffix}").write_bytes(made)


def files(entry: Entry, docs: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of a scheduler by the ends of their names; ``docs`` has its figure, which the gallery has drawn, and ``folder`` keeps what is drawn here."""
    light = figure_of(entry.name, docs)
    preset = entry.presets[0]
    lrs = learning_rates(entry)[:, 0].tolist()
    code = training_loop(Schedule.preset(entry).code(), preset.base_lr, metric=preset.metrics is not None)
    moving = animation.Content(entry.cls.__name__, code, lrs, preset.metrics)
    spoken = svg.wording_of(light).text()

    def drawn() -> dict[str, bytes]:
        return {".png": _png(moving, spoken), **animation.animation(moving)}

    found = kept(folder / "pictures", repr((moving, spoken)), SUFFIXES[2:], drawn)
    return {".svg": light.read_bytes(), "_dark.svg": svg.dark_path(light).read_bytes(), **found}


def figure_of(name: str, docs: Path) -> Path:
    """Return the first figure of a scheduler's gallery script."""
    return docs / first_figure(name).lstrip("/")


def _png(content: animation.Content, spoken: str) -> bytes:
    """Return the figure of the gallery anew, as pixels: what it shows is held to the same text alternative."""
    if content.metrics is None:
        shown = figure.curve(content.lrs, alt=spoken)
    else:
        shown = figure.plateau(content.metrics, content.lrs, alt=spoken)
    buffer = io.BytesIO()
    with svg.closing(shown):
        shown.savefig(buffer, dpi=_PNG_DPI, facecolor=svg.BACKGROUND["light"], metadata={"Software": None})
    return buffer.getvalue()


def setup(app: Sphinx) -> None:
    app.connect("build-finished", draw)
