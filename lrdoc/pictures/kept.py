"""Keep what was drawn, by what it was drawn from, so that a rebuild draws nothing again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from lrdoc.running.provenance import digest

_DRAWN_BY = ("matplotlib", "fonttools", "pillow", "pylopdf-fonts-zh-cn")
"""The packages of Python whose version may change a picture."""


def kept(
    folder: Path, content: str, suffixes: tuple[str, ...], draw: Callable[[], Mapping[str, bytes]]
) -> dict[str, bytes]:
    """Return files by their suffixes: those that ``folder`` keeps of this content, or else what ``draw`` returns, which is kept from then on.

    ``content`` says all that the files show; how that is drawn is told by the modules of ``lrdoc.pictures`` and the versions of what they draw with.
    """
    versions = " ".join(f"{name}={version(name)}" for name in _DRAWN_BY)
    name = hashlib.sha256(f"{digest(content, 'lrdoc.pictures')} {versions}".encode()).hexdigest()
    paths = {suffix: folder / f"{name}{suffix}" for suffix in suffixes}
    if not all(path.exists() for path in paths.values()):
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, made in draw().items():
            paths[suffix].write_bytes(made)
    return {suffix: path.read_bytes() for suffix, path in paths.items()}
