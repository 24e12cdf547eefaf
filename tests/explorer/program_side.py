"""What CPython with real OneFlow makes of random programs: a JSON list of them on stdin, a JSON list of answers on stdout."""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any

from tests.explorer.oneflow_side import answer, plain, printed


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


class Thing:
    """Something that is given a list, and changes it when it is asked to."""

    def __init__(self, held: list[int]) -> None:
        self.held = held

    def change(self) -> None:
        """Change the list."""
        self.held.append(11)

    def __enter__(self) -> Thing:
        return self

    def __exit__(self, *_: object) -> None:
        self.change()


def elsewhere() -> ModuleType:
    """Return a module that the engine does not know."""
    module = ModuleType("elsewhere")
    members = {
        "Thing": Thing,
        "change": lambda values: values.append(13),
        "number": lambda value: value + 5,
        "flag": lambda: True,
        "some": lambda: [1, 2, 3],
    }
    vars(module).update(members)
    return module


def main() -> None:
    """Answer what stands on stdin."""
    sys.argv = ["program"]
    sys.modules["elsewhere"] = elsewhere()
    answer(run, sys.stdin.read())


if __name__ == "__main__":
    main()
    os._exit(0)  # OneFlow's own end takes long
