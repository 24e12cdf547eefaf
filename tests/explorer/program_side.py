"""What CPython with real OneFlow makes of random programs: a JSON list of them on stdin, a JSON list of answers on stdout."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from typing import Any

from tests.explorer.oneflow_side import plain, printed


def run(case: dict[str, Any]) -> dict[str, Any]:
    """Return ``lrs``, per param group the learning rates before an exception if there is one, and ``error``, as Python prints it."""
    lrs: list[list[Any]] = []
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        exec(case["code"], names)  # the tests' own
        scheduler = names["scheduler"]
        groups = scheduler.optimizer.param_groups
        lrs = [[plain(group["lr"])] for group in groups]
        for _ in range(case["steps"] - 1):
            scheduler.step()
            for found, group in zip(lrs, groups, strict=True):
                found.append(plain(group["lr"]))
    except Exception as error:
        return {"lrs": lrs, "error": printed(error)}
    return {"lrs": lrs, "error": None}


def main() -> None:
    """Answer what stands on stdin."""
    sys.argv = ["program"]
    with contextlib.redirect_stdout(io.StringIO()):
        answers = [run(case) for case in json.load(sys.stdin)]
    print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
    os._exit(0)  # OneFlow's own end takes long
