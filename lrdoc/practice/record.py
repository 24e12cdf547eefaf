"""What a training was: ``options.json`` in its output folder, for people and programs."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lrdoc.practice import processes
from lrdoc.practice.mistakes import Finding
from lrdoc.practice.options import Options
from lrdoc.practice.plan import Plan
from lrdoc.practice.refusal import naming

PROGRAM = "lrdoc.practice"


def write(folder: Path, options: Options, plan: Plan, findings: Sequence[Finding]) -> None:
    """Write it whole or not at all."""
    count = processes.share()[1]
    content = {
        "program": PROGRAM,
        "command": options.command(count),
        "schedule": plan.whole.code(),
        **({"layers": {layer.name: layer.base_lr for layer in plan.layers}} if plan.layers else {}),
        "iterations": plan.iterations,
        "iterations_per_epoch": plan.iterations_per_epoch,
        "steps": plan.steps,
        "processes": count,
        "warnings": list(map(str, findings)),
        "options": {key: _plain(value) for key, value in asdict(options).items() if key != "arguments"},
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("oneflow", "flowvision", "numpy")},
    }
    unfinished = folder / ".unfinished-options.json"
    target = folder / "options.json"
    with naming(target):
        unfinished.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    unfinished.replace(target)


def foreign(folder: Path, names: Sequence[str], mark: str = "options.json") -> Path | None:
    """Return a file in ``folder`` that has one of the names of this program's files, and that another program has written.

    ``mark`` is the file that tells, by its ``program``, that the others are this program's.
    """
    if _is_ours(folder / mark):
        return None
    return next((folder / name for name in (mark, *names) if (folder / name).exists()), None)


def _is_ours(path: Path) -> bool:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("program") == PROGRAM


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value
