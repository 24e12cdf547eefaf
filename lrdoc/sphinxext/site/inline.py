"""Moves inline styles into a stylesheet, as the Content-Security-Policy of the pages (``policy``) forbids them.

KaTeX gives the parts of its formulas their places by ``style`` attributes; docutils, furo and Sphinx write some too.
Once the pages are written, each attribute becomes a class, named by a digest of what it says, and ``_static/inline.css`` holds the rules that the pages use.
"""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLESHEET = "inline.css"
TAG = re.compile(r"<[a-zA-Z][^<>]*? style=\"[^\"<>]*\"[^<>]*>")
STYLE = re.compile(r" style=\"([^\"]*)\"")
CLASS = re.compile(r"(?<= class=\")([^\"]*)(?=\")")
RULE = re.compile(r"^\.(i-[0-9a-f]{8})\{(.*)\}$", re.MULTILINE)
USED = re.compile(r"\bi-[0-9a-f]{8}\b")


def externalize(page: str) -> tuple[str, dict[str, str]]:
    """Return the page with classes for its style attributes, and what each class stands for."""
    rules: dict[str, str] = {}

    def move(tag: re.Match[str]) -> str:
        style = STYLE.search(tag[0])
        assert style is not None
        declarations = html.unescape(style[1]).strip().rstrip(";")
        name = f"i-{hashlib.sha256(declarations.encode()).hexdigest()[:8]}"
        rules[name] = declarations
        return _with_class(STYLE.sub("", tag[0], count=1), name)

    return TAG.sub(move, page), rules


def stylesheet(rules: dict[str, str]) -> str:
    """Return the rules as CSS; they prevail over others as the attributes did."""
    return "".join(f".{name}{{{_important(declarations)}}}\n" for name, declarations in sorted(rules.items()))


def rewrite(site: Path) -> None:
    """Externalize the styles of all pages below ``site``.

    Pages that this build left alone have their classes from an earlier one; the rules for them are in the stylesheet already.
    """
    css = site / "_static" / STYLESHEET
    rules = dict(RULE.findall(css.read_text(encoding="utf-8"))) if css.exists() else {}
    used: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        before = path.read_text(encoding="utf-8")
        after, found = externalize(before)
        if found:
            path.write_text(after, encoding="utf-8")
        rules |= found
        used |= set(USED.findall(after))
    css.write_text(stylesheet({name: rules[name] for name in used if name in rules}), encoding="utf-8")


def _with_class(tag: str, name: str) -> str:
    if CLASS.search(tag):
        return CLASS.sub(rf"\1 {name}", tag, count=1)
    end = -2 if tag.endswith("/>") else -1
    return f'{tag[:end].rstrip()} class="{name}"{tag[end:]}'


def _important(declarations: str) -> str:
    parts = (part.strip().removesuffix("!important").strip() for part in declarations.split(";"))
    return ";".join(f"{part}!important" for part in parts if part)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the site's pages once all are written."""
    if exception is None and app.builder.format == "html":
        rewrite(Path(app.outdir))


def setup(app: Sphinx) -> dict[str, Any]:
    """Link the stylesheet from every page, and write it at the end."""
    app.add_css_file(STYLESHEET)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
