"""``{cheat-sheet}`` and ``{picture}``: pictures to take away, shown and offered for download."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import register
from lrdoc.pictures import animation, sheet
from lrdoc.sphinxext.directives.figure import figure, first_figure
from lrdoc.sphinxext.directives.fold import folded, summary
from lrdoc.sphinxext.site import cheat_sheet
from lrdoc.sphinxext.site.languages import LANGUAGES
from lrdoc.sphinxext.site.pictures import FOLDER, SUFFIXES
from lrdoc.translation.words import N_, _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_KINDS = dict(
    zip(
        SUFFIXES,
        (N_("SVG"), N_("SVG for dark pages"), N_("PNG"), N_("Animation (APNG)"), N_("Animation (GIF)")),
        strict=True,
    )
)
"""What a scheduler's files are called."""


LAZY = 'loading="lazy"'
"""What has an image loaded when it comes into view."""


class CheatSheet(SphinxDirective):
    """Show the cheat sheet of the page's language, and offer it as PDF and SVG."""

    def run(self) -> list[nodes.Node]:
        folder = LANGUAGES[self.config.language].folder
        files = {suffix: cheat_sheet.name(folder, suffix) for suffix in (".pdf", ".svg", "_dark.svg")}
        names = (_("PDF, one page of A4"), _("SVG"), _("SVG for dark pages"))
        offered = _links(self, dict(zip(files.values(), map(str, names), strict=True)))
        pair = [
            _image(self, files[suffix], cheat_sheet.alt(), sheet.PIXELS, theme, loading)
            for suffix, theme, loading in (
                (".svg", "only-light", 'fetchpriority="high"'),  # the page is seen as soon as it is
                ("_dark.svg", "only-dark", LAZY),
            )
        ]
        return [offered, nodes.container("", *pair, classes=["lr-sheet"])]


class Picture(SphinxDirective):
    """Show the figure of the scheduler that is named, offer its files, and hold the animation ready below a line that opens it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        entry = register.get(self.arguments[0])
        images = figure(self, first_figure(entry.name))
        words = {"name": entry.cls.__name__}
        spoken = (
            str(
                _(
                    "The code that makes the %(name)s, and beside it its curve, which is drawn step by step as in the figure above, with the number of the step and the learning rate."
                )
            )
            % words
        )
        moving = _image(self, f"{entry.name}{SUFFIXES[3]}", spoken, (animation.WIDTH, animation.HEIGHT), "lr-animation")
        play = summary("", str(_("Play the animation")))
        offered = _links(self, {f"{entry.name}{suffix}": str(_(kind)) for suffix, kind in _KINDS.items()})
        return [*images, folded("", play, moving), offered]


def _address(directive: SphinxDirective, file: str) -> str:
    """Return where a file lies from the directive's page."""
    return f"{'../' * directive.env.docname.count('/')}{FOLDER}/{file}"


def _links(directive: SphinxDirective, files: dict[str, str]) -> nodes.paragraph:
    """Return a line of links to files, each by what it is called."""
    line = nodes.paragraph("", str(_("Download")) + str(_(": ")), translatable=False, classes=["lr-downloads"])
    for at, (file, called) in enumerate(files.items()):
        line += [
            nodes.Text(" · " if at else ""),
            nodes.reference("", called, refuri=_address(directive, file), internal=True),
        ]
    return line


def _image(
    directive: SphinxDirective, file: str, spoken: str, size: tuple[int, int], kind: str, loading: str = LAZY
) -> nodes.raw:
    """Return an image that is written when the build ends."""
    source, width, height = _address(directive, file), *size
    text = (
        f'<img class="{kind}" src="{source}" alt="{html.escape(spoken)}" width="{width}" height="{height}" {loading}>'
    )
    return nodes.raw("", text, format="html")


def setup(app: Sphinx) -> None:
    app.add_directive("cheat-sheet", CheatSheet)
    app.add_directive("picture", Picture)
