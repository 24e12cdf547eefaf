"""What real OneFlow makes of whole scripts: a JSON list of them on stdin, a JSON list of answers on stdout.

A script runs as it stands, ``torch.optim`` being ``oneflow.optim`` with the names of PyTorch's arguments, and with what is ported.
What has no part in a learning rate, such as models and data, is a ``Thing``: it has every attribute, can be called, and holds nothing.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import importlib
import inspect
import math
import os
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import oneflow as flow
from oneflow.optim import lr_scheduler

from lrdoc.explorer import ported, pytorch
from tests.explorer.oneflow_side import answer, plain, printed

REAL = ("argparse", "bisect", "collections", "dataclasses", "functools", "itertools", "math", "numpy", "os", "random")
REAL += ("sys", "types", "typing")
"""The modules that a script imports as they are."""
PARTS = ("backbone.weight", "backbone.bias", "head.weight", "head.bias")
"""The names of a model's parameters."""


def parameter() -> Any:
    """Return a new parameter, which no other param group holds."""
    return flow.nn.Parameter(flow.zeros(1))


class Thing:
    """Something that the script does not define; an answer stands in for what its path names."""

    def __init__(self, path: str = "", answers: dict[str, Any] | None = None) -> None:
        self.__dict__["path"] = path
        self.__dict__["answers"] = answers or {}

    def _at(self, path: str) -> Any:
        return self.answers[path] if path in self.answers else Thing(path, self.answers)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "parameters":
            return lambda: iter([parameter()])
        if name == "named_parameters":
            return lambda: [(part, parameter()) for part in PARTS]
        return self._at(f"{self.path}.{name}" if self.path else name)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._at(f"{self.path}()")

    def __getitem__(self, key: Any) -> Any:
        return self._at(f"{self.path}[{key!r}]")

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return int(self.answers[f"len({self.path})"])

    def __bool__(self) -> bool:
        return False

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (Thing,)

    def __ge__(self, _other: object) -> bool:
        return True  # optimizers check their arguments

    def __format__(self, _format: str) -> str:
        return self.path

    def __enter__(self) -> Thing:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Library(Thing):
    """The script's ``oneflow``: real optimizers and schedulers, and things."""

    optim: Any = flow.optim


def of_pytorch(cls: Any) -> Any:
    """Return a scheduler's class that calls ``last_step`` as PyTorch does."""

    def init(self: Any, *given: Any, last_epoch: int = -1, **named: Any) -> None:
        cls.__init__(self, *given, **({} if last_epoch == -1 else {"last_step": last_epoch}), **named)

    return type(cls.__name__, (cls,), {"__init__": init})


class PolynomialLR(lr_scheduler.PolynomialLR):  # type: ignore[misc]
    """PolynomialLR with PyTorch's arguments."""

    def __init__(self, optimizer: Any, total_iters: int = 5, power: float = 1.0, last_epoch: int = -1) -> None:
        super().__init__(optimizer, total_iters, 0.0, power, last_step=last_epoch)


def of_timm(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes a scheduler that is told its steps, as timm's are; steps of the other kind do nothing."""

    @functools.wraps(make)
    def made(*given: Any, **named: Any) -> Any:
        bound = inspect.signature(make).bind(*given, **named)
        scheduler = make(*given, **named)
        steps = scheduler.step
        in_epochs = bound.arguments.get("t_in_epochs", True)

        def step(epoch: int | None = None, metric: object = None) -> None:
            if in_epochs or epoch is None:  # the recorder gives no number
                steps()

        def step_update(num_updates: int, metric: object = None) -> None:
            if not in_epochs:
                steps()

        scheduler.step, scheduler.step_update = step, step_update
        return scheduler

    return made


PORTED = {name: value for name, value in vars(ported).items() if name in pytorch.public()}
PORTED |= {name: of_timm(value) for name, value in PORTED.items() if name.endswith("LRScheduler")}
SCHEDULERS = {name: value for name, value in vars(lr_scheduler).items() if isinstance(value, type)}
TORCH_SCHEDULERS = {name: of_pytorch(value) for name, value in SCHEDULERS.items() if not name.startswith("_")}
TORCH_SCHEDULERS |= {**PORTED, "PolynomialLR": PolynomialLR}
TORCH_SCHEDULERS |= {"LRScheduler": ported.PyTorchScheduler, "_LRScheduler": ported.PyTorchScheduler}


class Averaging(Thing):
    """The script's ``torch.optim.swa_utils``."""

    SWALR = staticmethod(ported.SWALR)


class Torch(Library):
    """The script's ``torch``."""

    optim = SimpleNamespace(
        **vars(flow.optim) | {"lr_scheduler": SimpleNamespace(**TORCH_SCHEDULERS), "swa_utils": Averaging("swa_utils")}
    )


class Other(Thing):
    """The script's ``transformers`` or ``timm``: its schedulers, and things."""

    def __getattr__(self, name: str) -> Any:
        found = PORTED[name] if name in PORTED else super().__getattr__(name)
        return Other(found.path, found.answers) if isinstance(found, Thing) else found


class Names(dict[str, Any]):
    """The builtins of a script, and every name that it uses without defining it."""

    def __init__(self, case: dict[str, Any]) -> None:
        super().__init__(vars(builtins))
        self["__import__"] = self._import
        self._answers = case.get("answers", {})
        oneflow, torch = Library("", self._answers), Torch("", self._answers)
        is_torch = "torch" in case["code"]
        self._known: dict[str, Any] = {**SCHEDULERS, **(TORCH_SCHEDULERS if is_torch else PORTED)}
        self._known |= {"math": math, "oneflow": oneflow, "flow": oneflow, "torch": torch}
        self._known |= {name: Other("", self._answers) for name in ("transformers", "timm")}
        optim = (torch if is_torch else oneflow).optim
        self._known |= {"optim": optim, "lr_scheduler": optim.lr_scheduler}
        self._known |= {"optimizer": flow.optim.SGD([parameter()], lr=case["lr"])}

    def __missing__(self, name: str) -> Any:
        if name in self._answers:
            return self._answers[name]
        return self._known[name] if name in self._known else Thing(name, self._answers)

    def _import(self, name: str, _globals: object, _locals: object, wanted: Any = (), _level: int = 0) -> Any:
        root, *path = name.split(".")
        if root in REAL:
            return importlib.import_module(name) if wanted else importlib.import_module(root)
        found = self._known.get(root, Thing("" if wanted else root, self._answers))
        for part in path if wanted else ():
            found = getattr(found, part)
        return found


class Recorder:
    """The learning rates of all param groups, per scheduler, after its constructor and after each of its steps."""

    def __init__(self, metrics: list[float]) -> None:
        self.made: list[Any] = []
        self.rates: dict[int, list[list[Any]]] = {}
        self._metrics = metrics

    def add(self, scheduler: Any) -> None:
        """Take in a scheduler whose constructor is done."""
        self.made.append(scheduler)
        self.rates[id(scheduler)] = [held(scheduler)]
        step = scheduler.step

        def stepped(*given: Any) -> None:
            self._begin(scheduler)
            metric = any(isinstance(one, Thing) for one in given)
            step(*([self.metric(scheduler)] if metric else given))
            self.rates[id(scheduler)].append(held(scheduler))

        scheduler.step = stepped

    def _begin(self, scheduler: Any) -> None:
        """Note the learning rates that the training begins with: those set by hand after the constructor, where no other scheduler of the optimizer was made after it."""
        rates = self.rates[id(scheduler)]
        if len(rates) == 1 and sum(one.optimizer is scheduler.optimizer for one in self.outer()) == 1:
            rates[0] = held(scheduler)

    def outer(self) -> list[Any]:
        """Return the schedulers that are part of no other."""
        held = [value for made in self.made for value in vars(made).values()]
        inner = {id(one) for value in held for one in (value if isinstance(value, (list, tuple)) else [value])}
        return [one for one in self.made if id(one) not in inner]

    def metric(self, scheduler: Any) -> float:
        """Return what a scheduler is given at its next step; the last metric repeats."""
        return self._metrics[min(len(self.rates[id(scheduler)]), len(self._metrics)) - 1]

    def curves(self, steps: int) -> Iterator[dict[str, Any]]:
        """Yield the curves of the outer schedulers, each stepped as if it were alone."""
        for scheduler in self.outer():
            yield self._curve(scheduler, steps)

    def _curve(self, scheduler: Any, steps: int) -> dict[str, Any]:
        rates, error = self.rates[id(scheduler)], None
        self._begin(scheduler)
        for group, lr in zip(scheduler.optimizer.param_groups, rates[-1], strict=False):
            group["lr"] = lr
        given = isinstance(scheduler, lr_scheduler.ReduceLROnPlateau)
        try:
            while len(rates) < steps:
                scheduler.step(*([self.metric(scheduler)] if given else []))
        except Exception as raised:
            error = printed(raised)
        count = max(map(len, rates))
        later = held(scheduler)
        complete = [row + later[len(row) :] for row in rates[:steps]]
        groups = [[plain(row[at]) for row in complete] for at in range(max(count, len(later)))]
        return {"class": type(scheduler).__name__, "groups": groups, "error": error}


def held(scheduler: Any) -> list[Any]:
    """Return the learning rates of the param groups now."""
    return [group["lr"] for group in scheduler.optimizer.param_groups]


@contextlib.contextmanager
def recorded(metrics: list[float]) -> Iterator[Recorder]:
    """Record every scheduler that is made within; training itself changes nothing."""
    recorder = Recorder(metrics)
    classes = (lr_scheduler._LRScheduler, lr_scheduler.ReduceLROnPlateau)
    before = [cls.__init__ for cls in classes]
    optimizing = flow.optim.Optimizer.__init__
    for cls, init in zip(classes, before, strict=False):
        cls.__init__ = recording(init, recorder)
    flow.optim.Optimizer.__init__ = idle(optimizing)
    try:
        yield recorder
    finally:
        flow.optim.Optimizer.__init__ = optimizing
        for cls, init in zip(classes, before, strict=False):
            cls.__init__ = init


def recording(init: Callable[..., None], recorder: Recorder) -> Callable[..., None]:
    """Return a constructor that ends with the recorder taking its object in."""

    def made(self: Any, *given: Any, **named: Any) -> None:
        init(self, *given, **named)
        recorder.add(self)

    return made


def idle(init: Callable[..., None]) -> Callable[..., None]:
    """Return the constructor of an optimizer whose ``step`` and ``zero_grad`` do nothing."""

    def made(self: Any, *given: Any, **named: Any) -> None:
        init(self, *given, **named)
        self.step = self.zero_grad = lambda *_given, **_named: None

    return made


def run(case: dict[str, Any]) -> dict[str, Any]:
    """Return what becomes of a script: ``curves``, one per outermost scheduler with the rates of each group, and ``error``, which the script itself raises.

    One that is to run ``alone`` has OneFlow and nothing else.
    """
    error = None
    with recorded(case.get("metrics", [])) as recorder:
        scope = {"__name__": "__main__", "__builtins__": builtins if case.get("alone") else Names(case)}
        try:
            exec(compile(case["code"], "script.py", "exec"), scope)  # the tests' own
            exec(compile(case.get("then", ""), "then", "exec"), scope)
        except Exception as raised:
            error = printed(raised)
        return {"curves": list(recorder.curves(case["steps"])), "error": error}


def main() -> None:
    """Answer what stands on stdin."""
    sys.argv[1:] = []  # scripts read it
    answer(run, sys.stdin.read())


if __name__ == "__main__":
    main()
    os._exit(0)  # OneFlow's own end takes long
