"""Records: what constructor calls come to in PyTorch and in an earlier OneFlow, which the pages compare with.

Neither fits beside the OneFlow that the site describes: PyTorch is as large again, and two OneFlows exclude each other.
So the build reads a record, one file per page and source, which ``nox -s records`` writes by running every call in an environment of its own, and which CI compares anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path

from lrdoc.checks.recorder import Recording


@dataclass(frozen=True)
class Record:
    """What is recorded for a page: the version of the package, and the recordings by call."""

    version: str = ""
    recordings: Mapping[str, Recording] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A ``package`` whose schedulers are recorded in the folder ``name`` of the docs: ``steps`` of each of the calls that ``calls`` finds in a page.

    ``name`` is also the group of pyproject.toml that holds what its environment needs.
    """

    name: str
    package: str
    steps: int
    calls: Callable[[Path], list[str]]

    def path(self, docs: Path, page: str) -> Path:
        """Return the file that holds the record of a page."""
        return docs / self.name / f"{page}.json"

    def read(self, docs: Path, page: str) -> Record:
        """Return the record of a page, an empty one where there is no file."""
        path = self.path(docs, page)
        return Record(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Record()

    def write(self, docs: Path, page: str, record: Record) -> None:
        """Write the record of a page, one line per call; one without recordings has no file."""
        path = self.path(docs, page)
        if not record.recordings:
            path.unlink(missing_ok=True)
            return
        lines = ",\n".join(f"  {json.dumps(call)}: {json.dumps(made)}" for call, made in record.recordings.items())
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f'{{\n "version": {json.dumps(record.version)},\n "recordings": {{\n{lines}\n }}\n}}\n', encoding="utf-8"
        )

    def wanted(self, docs: Path) -> dict[str, list[str]]:
        """Return, by page, the calls that it compares; pages that compare none are left out."""
        pages = (path for path in sorted(docs.rglob("*.md")) if path.relative_to(docs).parts[0] != "_build")
        return {page.stem: calls for page in pages if (calls := self.calls(page))}

    def recorded(self, docs: Path) -> list[str]:
        """Return the pages that have a record."""
        return sorted(path.stem for path in (docs / self.name).glob("*.json"))

    def missing(self, docs: Path) -> dict[str, list[str]]:
        """Return, by page, the calls that it compares and that are not recorded; pages that lack none are left out."""
        lacking = {
            page: [call for call in calls if call not in self.read(docs, page).recordings]
            for page, calls in self.wanted(docs).items()
        }
        return {page: calls for page, calls in lacking.items() if calls}

    def count(self, docs: Path) -> int:
        """Return how many calls are recorded, over all pages."""
        return sum(len(self.read(docs, page).recordings) for page in self.recorded(docs))

    def version(self, docs: Path) -> str:
        """Return the version that was recorded, or all of them where records differ in it."""
        return ", ".join(sorted({self.read(docs, page).version for page in self.recorded(docs)}))


def command(sources: Sequence[str], pages: Sequence[str]) -> str:
    """Return what to run to record pages anew."""
    return " ".join(["nox -s records --", *sources, *pages])


def differing_steps(one: Recording, other: Recording, tolerance: float = 1e-9) -> list[int]:
    """Return the steps at which two recordings differ: in their learning rates by more than ``tolerance``, relatively, or because one of them has ended."""
    lrs, others = one["lrs"], other["lrs"]
    apart = [
        step
        for step, pair in enumerate(zip(lrs, others, strict=False))
        if not isclose(*pair, rel_tol=tolerance, abs_tol=1e-15)
    ]
    return apart + list(range(*sorted((len(lrs), len(others)))))


def ending(recording: Recording) -> str | None:
    """Return how a call ended before its time, as in ``ValueError at construction`` or ``ZeroDivisionError at step 4``."""
    return f"{recording['error']} at {recording['when']}" if "error" in recording else None


def agree(one: Recording, other: Recording) -> bool:
    """Tell whether two recordings say the same, but for the last digits of a float."""
    endings = ({**recording, "lrs": []} for recording in (one, other))
    return not differing_steps(one, other, 1e-12) and next(endings) == next(endings)
