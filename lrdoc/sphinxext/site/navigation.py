"""Writes every page anew when the navigation beside it has changed.

Sphinx rewrites only the pages whose own source changed, so that after a page is added or renamed the sidebars of all the others would be out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def pages_to_rewrite(_app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return all pages if the sidebar differs from that of the last build."""
    navigation = [(name, title.astext(), env.toctree_includes.get(name)) for name, title in sorted(env.titles.items())]
    before = getattr(env, "lrdoc_navigation", None)
    env.lrdoc_navigation = navigation  # type: ignore[attr-defined]  # kept with the environment from build to build
    return [] if before == navigation else env.all_docs


def setup(app: Sphinx) -> dict[str, Any]:
    """Ask after every reading of the sources."""
    app.connect("env-updated", pages_to_rewrite)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
