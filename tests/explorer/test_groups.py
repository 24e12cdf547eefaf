"""Param groups, and optimizers that code changes by hand, in short pieces of code: what the engine draws is what real OneFlow does, and so is what it writes for OneFlow."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from lrdoc.explorer import generate
from tests.explorer.test_scripts import ENGINE, NODE, answered, differences

PIECES = [
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
o.param_groups[0]['lr'] = 0.9
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
o.param_groups[1]['lr'] *= 10""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
for i, g in enumerate(o.param_groups):
  g['lr'] = 0.1 * (i + 1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
for g in o.param_groups:
  g['initial_lr'] = 0.7
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
for g in o.param_groups:
  g.setdefault('initial_lr', g['lr'])
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5, last_step=4)""",
    """import oneflow as flow
groups = [{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}]
groups[0]['lr'] = 0.3
o = flow.optim.SGD(groups, lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
groups = [{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}]
groups += [dict(params=m.c.parameters(), lr=2)]
o = flow.optim.SGD(groups, lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
groups = [{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}]
groups.extend([dict(params=m.c.parameters(), lr=2)])
o = flow.optim.SGD(groups, lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
groups = [{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}]
groups.insert(0, dict(params=m.c.parameters(), lr=2))
o = flow.optim.SGD(groups, lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
groups = [{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}]
o = flow.optim.SGD(groups, lr=0.1)
groups[0]['lr'] = 7
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}] + [dict(params=m.c.parameters())], lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
g1 = {'params': m.a.parameters()}
g1['lr'] = 0.4
o = flow.optim.SGD([g1, {**g1, 'params': m.b.parameters(), 'lr': 0.2}], lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
lrs = {'a': 0.1, 'b': 0.2}
o = flow.optim.SGD([{'params': getattr(m, k).parameters(), 'lr': v} for k, v in lrs.items()], lr=1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD(params=[{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
kw = dict(lr=0.1, momentum=0.9)
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], **kw)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], 0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD(tuple([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}]), 0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}])
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'lr': 0.1}])
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=-1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
o.add_param_group({'params': m.c.parameters()})
o.add_param_group({'params': m.d.parameters(), 'lr': 3})
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
w = flow.optim.lr_scheduler.WarmupLR(o, 0.1, 5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
w = flow.optim.lr_scheduler.WarmupLR(o, 0.1, 5, 'constant')""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
w = flow.optim.lr_scheduler.WarmupLR(flow.optim.lr_scheduler.CosineDecayLR(o, 9), 0.1, 5, warmup_prefix=True)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
w = flow.optim.lr_scheduler.WarmupLR(flow.optim.lr_scheduler.CosineDecayLR(o, 9), 0.1, 5, 'constant')""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.1}, {'params': m.b.parameters()}], lr=0.1)
w = flow.optim.lr_scheduler.WarmupLR(flow.optim.lr_scheduler.CosineDecayLR(o, 9), 0.1, 5)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
r = flow.optim.lr_scheduler.ReduceLROnPlateau(o, patience=1, min_lr=[0.2, 0.01])
o.add_param_group({'params': m.c.parameters(), 'lr': 3})""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
r = flow.optim.lr_scheduler.ReduceLROnPlateau(o, patience=1, min_lr=[0.2])""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3)
r = flow.optim.lr_scheduler.ReduceLROnPlateau(o, patience=1)""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
l = flow.optim.lr_scheduler.LambdaLR(o, lambda s: 1 / (5 - s))""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
l = flow.optim.lr_scheduler.LambdaLR(o, [lambda s, k=k: k ** s for k in (0.5, 0.9)])""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
l = flow.optim.lr_scheduler.LambdaLR(o, [lambda s: k ** s for k in (0.5, 0.9)])""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
print(len(o.param_groups))
l = flow.optim.lr_scheduler.LambdaLR(o, [lambda s: 0.9**s] * len(o.param_groups))""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
base = [g['lr'] for g in o.param_groups]
l = flow.optim.lr_scheduler.LambdaLR(o, lambda s: sum(base))""",
    """import oneflow as flow
class A(flow.optim.lr_scheduler._LRScheduler):
  def get_lr(self, base_lr, step):
    return max(self.base_lrs) / (step + 1)
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
a = A(o)""",
    """import oneflow as flow
o = flow.optim.Adam([p for p in m.parameters()], lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.Adam(list(m.parameters()), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
for _ in range(4):
  s.step()
t = flow.optim.lr_scheduler.ExponentialLR(o, 0.9)""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
o.param_groups[0]['lr'] = 5""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
o.param_groups[0]['initial_lr'] = 5""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
x = s.get_last_lr()[0]
t = flow.optim.lr_scheduler.LambdaLR(flow.optim.SGD(m.parameters(), lr=x), lambda s: x ** s)""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
s2 = s
schedulers = [s, s2]""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
o2 = o
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
t = flow.optim.lr_scheduler.ExponentialLR(o2, 0.9)""",
    """import torch
o = torch.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = torch.optim.lr_scheduler.OneCycleLR(o, max_lr=[0.1, 0.2], total_steps=50)""",
    """import torch
o = torch.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = torch.optim.lr_scheduler.OneCycleLR(o, max_lr=0.2, epochs=5, steps_per_epoch=4)""",
    """import torch
o = torch.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = torch.optim.lr_scheduler.CyclicLR(o, 0.0, [0.1, 0.3], 5, cycle_momentum=False)""",
    """import torch
o = torch.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = torch.optim.lr_scheduler.MultiplicativeLR(o, [lambda e: 0.9, lambda e: 0.8])""",
    """import torch
from torch.optim.swa_utils import SWALR
o = torch.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = SWALR(o, swa_lr=[0.3, 0.2])""",
    """import torch
from transformers import get_polynomial_decay_schedule_with_warmup as g
o = torch.optim.AdamW([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
s = g(o, 3, 30, power=2)""",
    """import torch
o = torch.optim.SGD(m.parameters(), 0.1)
w = torch.optim.lr_scheduler.LinearLR(o, 0.1, total_iters=4)
o2 = torch.optim.lr_scheduler.OneCycleLR(o, 0.3, total_steps=20)
s = torch.optim.lr_scheduler.SequentialLR(o, [w, o2], [4])""",
]
UNWRITABLE = [
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
a = flow.optim.lr_scheduler.ConstantLR(o, 0.5, 4)
o.add_param_group({'params': m.c.parameters(), 'lr': 3})
c = flow.optim.lr_scheduler.ChainedScheduler([a, flow.optim.lr_scheduler.ExponentialLR(o, 0.9)])""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
a = flow.optim.lr_scheduler.ConstantLR(o, 0.5, 4)
o.add_param_group({'params': m.c.parameters(), 'lr': 3})
c = flow.optim.lr_scheduler.SequentialLR(o, [a, flow.optim.lr_scheduler.ExponentialLR(o, 0.9)], [4])""",
    """import oneflow as flow
o = flow.optim.SGD([{'params': m.a.parameters(), 'lr': 0.5}, {'params': m.b.parameters()}], lr=0.1)
def f(g):
  return lambda s: g['lr'] if s else 1
l = flow.optim.lr_scheduler.LambdaLR(o, [f(g) for g in o.param_groups])""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
s.base_lrs = [5]""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
s.gamma = 0.9""",
    """import oneflow as flow
o = flow.optim.SGD(m.parameters(), lr=0.1)
s = flow.optim.lr_scheduler.StepLR(o, 3, 0.5)
s.last_step = 2""",
]
"""Pieces of code that set what no constructor call can tell: they are drawn, and not written for OneFlow."""

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[Answer, Answer, Answer]]:
    """Return, by piece, what real OneFlow makes of it, what the engine does, and what OneFlow makes of what the engine writes."""
    generate.write()
    oneflow = [sys.executable, "-m", "tests.explorer.script_side"]
    cases = [{"code": code, "lr": 0.1, "steps": 40, "metrics": [1.0]} for code in [*PIECES, *UNWRITABLE]]
    real, engine = answered(oneflow, cases), answered([str(NODE), str(ENGINE)], cases)
    written = [{**case, "code": said["oneflow"] or "", "alone": True} for case, said in zip(cases, engine, strict=True)]
    codes = [case["code"] for case in cases]
    return dict(zip(codes, zip(real, engine, answered(oneflow, written), strict=True), strict=True))


@pytest.mark.parametrize("code", [*PIECES, *UNWRITABLE])
def test_a_piece_is_drawn_as_oneflow_runs_it(answers: dict[str, tuple[Answer, Answer, Answer]], code: str) -> None:
    real, engine, _ = answers[code]
    raised = [real["error"], *(curve["error"] for curve in real["curves"])]
    assert engine["open"] == []
    assert engine["errors"] == [error for error in raised if error is not None]
    assert len(engine["curves"]) == sum(len(curve["groups"]) for curve in real["curves"])
    assert differences(real, engine) == []


@pytest.mark.parametrize("code", PIECES)
def test_what_is_written_for_oneflow_has_the_same_curves(
    answers: dict[str, tuple[Answer, Answer, Answer]], code: str
) -> None:
    _, engine, alone = answers[code]
    assert (engine["oneflow"] is not None) is bool(engine["curves"])
    assert differences(alone, engine) == [], engine["oneflow"]


@pytest.mark.parametrize("code", UNWRITABLE)
def test_what_no_call_can_tell_is_not_written(answers: dict[str, tuple[Answer, Answer, Answer]], code: str) -> None:
    _, engine, _ = answers[code]
    assert engine["curves"]
    assert engine["oneflow"] is None
