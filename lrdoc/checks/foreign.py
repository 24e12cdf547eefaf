"""What is recorded of other packages, in an environment that holds them and neither OneFlow nor the rest of lrdoc's libraries."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def settle(
    path: Path, text: str, agree: Callable[[Any, Any], bool], arguments: list[str], source: str = "originals"
) -> None:
    """Write a record, JSON as ``text``, to ``path``; or, with ``--check``, end with an error where it does not ``agree`` with what is kept there.

    ``source`` is what ``nox -s records`` is given to write it.
    """
    if "--check" not in arguments:
        path.write_text(text, encoding="utf-8")
    elif not agree(json.loads(text), json.loads(path.read_text(encoding="utf-8"))):
        sys.exit(
            f"{path.name} is not what the packages give now: run nox -s records -- {source}, and commit what it writes"
        )
