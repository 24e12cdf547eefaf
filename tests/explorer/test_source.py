from __future__ import annotations

import ast
import inspect

import oneflow as flow
from oneflow.optim.lr_scheduler import SequentialLR, StepLR

from lrdoc import register
from lrdoc.explorer import source


def classes(text: str) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}


def test_every_scheduler_is_there_after_the_class_that_it_derives_from() -> None:
    found = classes(source.schedulers())
    assert {entry.cls.__name__ for entry in register.entries().values()} < set(found)
    seen = {"object"}
    for name, node in found.items():
        assert {ast.unparse(base) for base in node.bases} <= seen
        seen.add(name)


def test_the_code_of_a_method_is_the_installed_one() -> None:
    (get_lr,) = [node for node in classes(source.schedulers())["StepLR"].body if getattr(node, "name", "") == "get_lr"]
    installed = ast.parse(inspect.cleandoc("\n" + inspect.getsource(StepLR.get_lr))).body[0]
    assert ast.unparse(get_lr) == ast.unparse(installed)


def test_signatures_are_the_installed_ones() -> None:
    (init,) = [
        node for node in classes(source.schedulers())["SequentialLR"].body if getattr(node, "name", "") == "__init__"
    ]
    assert isinstance(init, ast.FunctionDef)
    assert [argument.arg for argument in init.args.args[1:]] == list(inspect.signature(SequentialLR).parameters)


def test_what_has_no_part_in_a_learning_rate_is_left_out() -> None:
    text = source.schedulers() + source.optimizers()
    assert '"""' not in text
    assert "state_dict" not in text
    assert "graph" not in text


def test_an_optimizer_checks_what_the_installed_one_checks() -> None:
    assert "assert lr >= 0.0, f'Invalid learning rate: {lr}'" in ast.unparse(classes(source.optimizers())["SGD"])
    assert set(classes(source.optimizers())) == {cls.__name__ for cls in source.optimizer_classes()}
    assert flow.optim.SGD in source.optimizer_classes()


def test_a_class_is_known_by_all_its_names() -> None:
    exported = source.exported()
    assert exported["WarmUpLR"] == exported["WarmupLR"] == "WarmupLR"
    assert source.qualified([StepLR]) == {"StepLR": "oneflow.nn.optimizer.step_lr.StepLR"}
