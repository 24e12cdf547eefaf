"""Formulas, rendered by KaTeX while the site is built.

The page gets HTML for the eye and MathML for screen readers; no script runs in the browser, and a formula that KaTeX does not understand fails the build.
Rendered formulas are kept in .cache/katex, for the next build and for the other languages.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from lrdoc.running.node import NODE, version
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

LOGGER = logging.getLogger(__name__)
SERVER = Path(__file__).with_name("katex.mjs")
MARK = 'class="katex"'  # on every rendered formula, and nowhere else


class FormulaError(ValueError):
    """A formula that KaTeX does not understand."""


class Katex:
    """Renders TeX; starts one Node process, and only when a formula is not in the cache."""

    def __init__(self, package: Path, cache: Path) -> None:
        self._package = package
        self._cache = cache
        self._process: subprocess.Popen[str] | None = None

    def render(self, tex: str, *, display: bool) -> str:
        """Return the formula's HTML and MathML."""
        key = json.dumps([self._version, tex, display])
        kept = self._cache / f"{hashlib.sha256(key.encode()).hexdigest()}.html"
        if kept.exists():
            return kept.read_text(encoding="utf-8")
        html = self._ask(tex, display)
        self._cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(html, encoding="utf-8")
        return html

    def copy_assets(self, target: Path) -> None:
        """Copy KaTeX's stylesheet and fonts to the folder ``target``."""
        if not self._package.exists():
            raise ExtensionError(f'KaTeX is not in {self._package}: run "nox -s environment", which installs it')
        css = (self._package / "dist" / "katex.min.css").read_text(encoding="utf-8")
        (target / "fonts").mkdir(parents=True, exist_ok=True)
        (target / "katex.css").write_text(stylesheet(css), encoding="utf-8")
        for font in (self._package / "dist" / "fonts").glob("*.woff2"):
            shutil.copy(font, target / "fonts")

    def close(self) -> None:
        """End the Node process, if there is one."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    @cached_property
    def _version(self) -> str:
        return version(self._package)

    def _ask(self, tex: str, display: bool) -> str:
        self._process = self._process or self._start()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "Node ended; its messages are above"}')
        if "error" in answer:
            raise FormulaError(f"{answer['error']} in {tex!r}")
        return str(answer["html"])

    def _start(self) -> subprocess.Popen[str]:
        command = [str(NODE), str(SERVER), str(self._package / "dist" / "katex.mjs")]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")


class MathRenderer:
    """What Sphinx calls to have its math nodes written."""

    def __init__(self, katex: Katex) -> None:
        self._katex = katex

    def start(self, app: Sphinx) -> None:
        """Put KaTeX's stylesheet and fonts on the site."""
        if app.builder.format == "html":
            self._katex.copy_assets(Path(app.outdir) / "_static" / "katex")

    def finish(self, _app: Sphinx, _exception: Exception | None) -> None:
        """End what the build started."""
        self._katex.close()

    def inline(self, translator: HTML5Translator, node: nodes.math) -> NoReturn:
        """Write an inline formula."""
        translator.body += [translator.starttag(node, "span", "", CLASS="math"), self._html(node, display=False)]
        translator.body.append("</span>")
        raise nodes.SkipNode

    def block(self, translator: HTML5Translator, node: nodes.math_block) -> NoReturn:
        """Write a formula on lines of its own, with its number if it has one."""
        translator.body.append(translator.starttag(node, "div", "", CLASS="math"))
        if node["number"]:
            translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
            translator.add_permalink_ref(node, _("Link to this equation"))
            translator.body.append("</span>")
        translator.body += [self._html(node, display=True), "</div>\n"]
        raise nodes.SkipNode

    def _html(self, node: nodes.math | nodes.math_block, *, display: bool) -> str:
        try:
            return self._katex.render(node.astext().strip(), display=display)
        except FormulaError as error:
            LOGGER.warning("%s", error, location=node, type="lrdoc", subtype="math")
            return ""


def link_stylesheet(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Link KaTeX's stylesheet from the pages that hold a formula; the others do without it."""
    if MARK in context.get("body", ""):
        app.add_css_file("katex/katex.css")


def stylesheet(css: str) -> str:
    """Leave out the older font formats, which no browser in use asks for, and draw with the fonts at hand until KaTeX's have come: a page that is printed does not wait for them."""
    only_woff2 = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)', "", css)
    return only_woff2.replace("font-display:block", "font-display:swap")


def setup(app: Sphinx) -> dict[str, Any]:
    """Make KaTeX the renderer of every math node."""
    root = Path(app.confdir).parent
    renderer = MathRenderer(Katex(root / "node_modules" / "katex", root / ".cache" / "katex"))
    app.add_html_math_renderer("katex", (renderer.inline, None), (renderer.block, None))
    app.connect("builder-inited", renderer.start)
    app.connect("html-page-context", link_stylesheet)
    app.connect("build-finished", renderer.finish)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
