"""Every scheduler that is described, by its snake_case name."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from lrdoc import schedulers
from lrdoc.describe.entry import Entry


@functools.cache
def entries() -> Mapping[str, Entry]:
    """Return the ``ENTRY`` of each module in ``lrdoc/schedulers/``, by the module's name, in the order of the names."""
    names = sorted(module.name for module in pkgutil.iter_modules(schedulers.__path__))
    return {name: importlib.import_module(f"{schedulers.__name__}.{name}").ENTRY for name in names}


def get(name: str) -> Entry:
    """Return the entry called ``name``; raise ``ValueError`` with the known names if there is none."""
    known = entries()
    if name not in known:
        raise ValueError(f"unknown scheduler {name!r}; known: {', '.join(known)}")
    return known[name]
