"""PyTorch's learning rates for the comparison sections, recorded from the real PyTorch.

PyTorch is as large a download as OneFlow itself, so the site's build does not install it.
It reads ``docs/pytorch.json``, which ``nox -s pytorch`` writes by running every PyTorch call that the pages compare, and which CI records anew and compares.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

RECORD = Path("docs/pytorch.json")
_COMPARED = re.compile(r"^:torch: (.+)$", re.MULTILINE)


def calls(pages: Path) -> list[str]:
    """Return the PyTorch constructor calls that the pages compare, sorted."""
    return sorted(
        {call for page in pages.rglob("*.md") for call in _COMPARED.findall(page.read_text(encoding="utf-8"))}
    )


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


def record(pages: Path) -> dict[str, Any]:
    """Return the PyTorch version and, by call, ``STEPS`` learning rates from a base learning rate of 0.1."""
    import torch

    return {"version": torch.__version__, "lrs": {call: trace(call, STEPS, 0.1) for call in calls(pages)}}


def recorded() -> dict[str, Any]:
    """Return what ``record`` last returned."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8")))


def main(check: bool) -> None:
    """Write the record, or, to check it, end with an error if it is not what PyTorch gives now."""
    found = record(Path("docs"))
    if not check:
        RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    elif found != recorded():
        sys.exit(f"{RECORD} is not what PyTorch {found['version']} gives: run nox -s pytorch and commit it")


if __name__ == "__main__":
    main(check="--check" in sys.argv)
