"""PyTorch's learning rates for the comparison sections, recorded from the real PyTorch.

PyTorch is as large a download as OneFlow itself, so the site's build does not install it.
It reads ``docs/pytorch/``, one file per page, which ``nox -s pytorch`` writes by running every PyTorch call that the pages compare, and which CI compares with PyTorch anew.
"""

from __future__ import annotations

import json
import re
import sys
from math import isclose
from pathlib import Path
from typing import Any

_COMPARED = re.compile(r"^:torch: (.+)$", re.MULTILINE)


def calls(page: Path) -> list[str]:
    """Return the PyTorch constructor calls that a page compares, sorted."""
    return sorted(set(_COMPARED.findall(page.read_text(encoding="utf-8"))))


def trace(call: str, steps: int, base_lr: float) -> list[float]:
    """Run a constructor call, written for an optimizer called ``optimizer``, in the installed PyTorch."""
    import torch  # not in the site's environment

    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=base_lr)
    names: dict[str, Any] = {**vars(torch.optim.lr_scheduler), "optimizer": optimizer}
    scheduler = eval(call, names)  # the project's own pages
    lrs = []
    for at in range(steps):
        lrs.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        scheduler.step(*([metric(at)] if "ReduceLROnPlateau" in call else []))
    return lrs


def metric(at: int) -> float:
    """Return the metric that both frameworks' ``ReduceLROnPlateau`` is given at step ``at``: it improves for ten steps, then never again."""
    return max(1 - at / 10, 0.1)


STEPS = 40


def record(page: Path) -> dict[str, Any]:
    """Return the PyTorch version and, by call of the page, ``STEPS`` learning rates from a base learning rate of 0.1."""
    import torch

    version = torch.__version__.partition("+")[0]  # what follows says for which hardware it was built
    return {"version": version, "lrs": {call: trace(call, STEPS, 0.1) for call in calls(page)}}


def path_of(docs: Path, name: str) -> Path:
    """Return the file that holds the record of the page called ``name``."""
    return docs / "pytorch" / f"{name}.json"


def read(path: Path) -> dict[str, Any]:
    """Return a record, an empty one where there is no file."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {"lrs": {}}


def agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two records hold the same calls with the same learning rates, but for the last digits of a float."""
    lrs, others = one["lrs"], other["lrs"]
    pairs = ((a, b) for call in lrs.keys() & others.keys() for a, b in zip(lrs[call], others[call], strict=True))
    return lrs.keys() == others.keys() and all(isclose(a, b, rel_tol=1e-12, abs_tol=1e-15) for a, b in pairs)


def main(check: bool) -> None:
    """Write the records, or, to check them, end with an error if one is not what PyTorch gives now."""
    docs = Path("docs")
    for page in (page for page in sorted(docs.rglob("*.md")) if calls(page)):
        target, found = path_of(docs, page.stem), record(page)
        if not check:
            target.parent.mkdir(exist_ok=True)
            target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        elif not agree(found, read(target)):
            sys.exit(f"{target} is not what PyTorch gives now: run nox -s pytorch and commit it")


if __name__ == "__main__":
    main(check="--check" in sys.argv)
