"""The hooks that sphinx-gallery calls while it runs a script: `scraper` after each code block, `reset` before each script.

Every figure is written for both themes and shown by the ``lr-figure`` directive.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from sphinx.errors import ExtensionError

from lrdoc.figure import LearningRateFigure, alt, svg, thumbnail


def scraper(_block: object, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """Write the open figures of a code block and return the reStructuredText that shows them.

    Raises ``ExtensionError`` for a figure that can't be shown to everyone; sphinx-gallery then reports the script as failed and ends the build.
    """
    source = Path(gallery_conf["src_dir"])
    figures = [plt.figure(number) for number in plt.get_fignums()]
    try:
        return "".join(_scrape_one(figure, block_vars, source) for figure in figures)
    except ValueError as error:
        raise ExtensionError(f"{block_vars['src_file']}: {error}") from error
    finally:
        plt.close("all")


def _scrape_one(figure: Figure, block_vars: dict[str, Any], source: Path) -> str:
    _check_that_all_is_described(figure)
    path, _ = svg.save(figure, Path(next(block_vars["image_path_iterator"])).with_suffix(".svg"))
    if isinstance(figure, LearningRateFigure):
        _offer_thumbnail(figure, path, block_vars["file_conf"], source)
    return f"\n.. lr-figure:: /{path.relative_to(source).as_posix()}\n\n"


def _check_that_all_is_described(figure: Figure) -> None:
    if isinstance(figure, LearningRateFigure):
        text = svg.wording(figure).text()
        if left := alt.unnamed(text, figure.labels):
            raise ValueError(f"the text alternative does not say what is seen with {', '.join(left)}: {text!r}")


def _offer_thumbnail(figure: LearningRateFigure, path: Path, file_conf: dict[str, Any], source: Path) -> None:
    # The file's own "# sphinx_gallery_thumbnail_path = ..." is kept in the same dictionary and goes first.
    if not file_conf.keys() & {"thumbnail_path", "thumbnail_number"}:
        target = path.with_name(f"{path.stem.rpartition('_')[0]}_thumb.svg")
        light, dark = svg.save(thumbnail(*figure.curves, alt=svg.wording(figure).text()), target)
        # sphinx-gallery copies the file that it is told of into this folder, and shows the copy.
        shown = path.with_name("thumb")
        # sphinx-gallery's own picture, from a build that ran no script, would be shown in place of this one.
        (shown / f"{light.stem}.png").unlink(missing_ok=True)
        shown.mkdir(exist_ok=True)
        dark.replace(shown / dark.name)
        file_conf["thumbnail_path"] = light.relative_to(source).as_posix()


def reset(_gallery_conf: dict[str, Any], _fname: str | None) -> None:
    """Give every script the site's style, also for the figures it draws without `lrdoc.figure`.

    It takes the place of sphinx-gallery's own ``"matplotlib"`` reset, which would leave matplotlib's style.
    """
    plt.close("all")
    plt.rcdefaults()
    plt.style.use(svg.STYLE)
