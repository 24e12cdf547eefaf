"""What constructor calls come to in PyTorch and in an earlier OneFlow, recorded from the real ones.

Neither fits beside the OneFlow that the site describes: PyTorch is as large again, and two OneFlows exclude each other.
So the build reads a record, one file per page, which ``nox -s records`` writes by running every call in an environment of its own, and which CI compares anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import isclose
from pathlib import Path
from typing import Any, TypeAlias

Run: TypeAlias = dict[str, Any]
"""What came of a call: ``lrs``, and, if it raised, ``error``, ``message`` and ``when``, as ``check.attempt`` returns them."""

Record: TypeAlias = dict[str, Any]
"""``version``, and ``runs``: one ``Run`` by call."""


@dataclass(frozen=True)
class Source:
    """A package whose schedulers are recorded in ``docs/<folder>``: ``steps`` of each of the calls that ``calls`` finds for a page."""

    folder: str
    package: str
    steps: int
    calls: Callable[[Path], list[str]]

    def path(self, docs: Path, page: str) -> Path:
        """Return the file that holds the record of a page."""
        return docs / self.folder / f"{page}.json"

    def read(self, docs: Path, page: str) -> Record:
        """Return the record of a page, one without runs where there is no file."""
        path = self.path(docs, page)
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {"version": "", "runs": {}}

    def count(self, docs: Path) -> int:
        """Return how many calls are recorded, over all pages."""
        return sum(len(self.read(docs, path.stem)["runs"]) for path in (docs / self.folder).glob("*.json"))

    def version(self, docs: Path) -> str:
        """Return the version that was recorded, or all of them where records differ in it."""
        pages = sorted(path.stem for path in (docs / self.folder).glob("*.json"))
        return ", ".join(sorted({self.read(docs, page)["version"] for page in pages}))


def attempt(package: str, call: str, steps: int) -> Run:
    """Run a constructor call, written for an optimizer called ``optimizer``, in the installed ``package``, from a base learning rate of 0.1."""
    framework, schedulers = import_module(package), import_module(f"{package}.optim.lr_scheduler")
    optimizer = framework.optim.SGD([framework.nn.Parameter(framework.zeros(1))], lr=0.1)
    lrs: list[float] = []
    when = "construction"
    try:
        scheduler = eval(call, {**vars(schedulers), "optimizer": optimizer})  # the project's own pages
        measuring = isinstance(scheduler, schedulers.ReduceLROnPlateau)
        for at in range(steps):
            lrs.append(float(optimizer.param_groups[0]["lr"]))
            when = f"step {at + 1}"
            optimizer.step()  # PyTorch warns without it
            scheduler.step(*([metric(at)] if measuring else []))
    except Exception as error:
        return {"lrs": lrs, "error": type(error).__name__, "message": str(error), "when": when}
    return {"lrs": lrs}


def metric(at: int) -> float:
    """Return the metric that ``ReduceLROnPlateau`` is given at step ``at``: it improves for ten steps, then never again."""
    return max(1 - at / 10, 0.1)


def differing(one: Run, other: Run, tolerance: float = 1e-9) -> list[int]:
    """Return the steps at which two runs differ: in their learning rates by more than ``tolerance``, relatively, or because one of them has ended."""
    lrs, others = one["lrs"], other["lrs"]
    apart = [
        at
        for at, pair in enumerate(zip(lrs, others, strict=False))
        if not isclose(*pair, rel_tol=tolerance, abs_tol=1e-15)
    ]
    return apart + list(range(*sorted((len(lrs), len(others)))))


def ending(run: Run) -> str | None:
    """Return how a run ended before its time, as in ``ValueError at construction`` or ``ZeroDivisionError at step 4``."""
    return f"{run['error']} at {run['when']}" if "error" in run else None


def take(source: Source, page: Path) -> Record:
    """Return the record of a page as the installed package gives it."""
    version = import_module(source.package).__version__.partition("+")[
        0
    ]  # what follows says for which hardware it was built
    return {
        "version": version,
        "runs": {call: attempt(source.package, call, source.steps) for call in source.calls(page)},
    }


def agree(one: Record, other: Record) -> bool:
    """Tell whether two records hold the same calls that come to the same, but for the last digits of a float."""
    runs, others = one["runs"], other["runs"]
    return runs.keys() == others.keys() and all(
        not differing(run, others[call], 1e-12) and run | {"lrs": []} == others[call] | {"lrs": []}
        for call, run in runs.items()
    )


def main(source: Source, arguments: Sequence[str]) -> None:
    """Write the records, or, with ``--check``, end with an error if one is not what the installed package gives."""
    docs = Path("docs")
    for page in (page for page in sorted(docs.rglob("*.md")) if source.calls(page)):
        found = take(source, page)
        if "--check" not in arguments:
            _write(source.path(docs, page.stem), found)
        elif not agree(found, source.read(docs, page.stem)):
            sys.exit(
                f"{source.path(docs, page.stem)} is not what {source.package} {found['version']} gives: run nox -s records and commit it"
            )


def _write(path: Path, record: Record) -> None:
    """Write a record with one line per call."""
    runs = ",\n".join(f"  {json.dumps(call)}: {json.dumps(run)}" for call, run in record["runs"].items())
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f'{{\n "version": {json.dumps(record["version"])},\n "runs": {{\n{runs}\n }}\n}}\n', encoding="utf-8"
    )
