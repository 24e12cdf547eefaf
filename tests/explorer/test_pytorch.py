"""PyTorch code, read as OneFlow's, beside what PyTorch was recorded to do: where the curves differ, a note says so, or OneFlow's error is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from lrdoc.checks.recorder import BASE_LR, metric
from lrdoc.explorer import generate, originals
from tests.explorer.test_proof import apart
from tests.explorer.test_scripts import ENGINE, NODE, ROOT, answered

CLASSES = originals.CLASSES.replace("BASE", "LRScheduler")
HEAD = "from torch.optim import SGD\nfrom torch.optim.lr_scheduler import *\nfrom torch.optim.swa_utils import SWALR\nfrom transformers.optimization import *\nfrom timm.scheduler import *\n"
OPTIMIZER = f"optimizer = SGD(model.parameters(), lr={BASE_LR})\n"

Answer = dict[str, Any]


def records() -> Iterator[tuple[str, Answer]]:
    """Yield every recorded call of PyTorch, with what it came to."""
    for path in sorted((ROOT / "docs" / "pytorch").glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))["recordings"].items()
    recorded = json.loads(originals.RECORD.read_text(encoding="utf-8"))["recordings"]
    yield from ((call, {"lrs": lrs}) for call, lrs in recorded.items())


RECORDS = dict(records())


@pytest.fixture(scope="module")
def engine() -> dict[str, Answer]:
    """Return what the engine makes of every recorded call."""
    generate.write()
    metrics = [metric(step) for step in range(60)]
    cases = [
        {"code": f"{HEAD}{CLASSES}{OPTIMIZER}s = {call}", "steps": len(record["lrs"]) or 40, "metrics": metrics}
        for call, record in RECORDS.items()
    ]
    return dict(zip(RECORDS, answered([str(NODE), str(ENGINE)], cases), strict=True))


@pytest.mark.parametrize("call", RECORDS)
def test_where_pytorch_has_another_curve_a_note_tells_the_step(engine: dict[str, Answer], call: str) -> None:
    said = engine[call]
    if "verbose=" in call:  # PyTorch took it away, OneFlow has it: nothing to tell whoever has older code
        assert RECORDS[call]["error"] == "TypeError"
        assert said["errors"] == []
        assert [note["key"] for note in said["notes"]] == ["torchRead"]
        return
    notes = {note["key"]: note["message"] for note in said["notes"]}
    told = notes.keys() & {"torchArgument", "torchFails", "torchMayDiffer"}
    first = differing(said, RECORDS[call])
    if not said["errors"] and not told:
        assert ("torchDiffers" in notes) is (first is not None)
        assert first is None or f"from step {first} on" in notes["torchDiffers"]


def test_few_curves_are_told_to_differ_without_a_step(engine: dict[str, Answer]) -> None:
    refused = [call for call, said in engine.items() if said["errors"]]
    told = {call: [note["key"] for note in said["notes"]] for call, said in engine.items() if call not in refused}
    vague = [call for call, keys in told.items() if "torchMayDiffer" in keys]
    assert len(refused) < len(RECORDS) / 5
    assert all(call.startswith("ChainedScheduler") for call in vague)


def differing(said: Answer, record: Answer) -> int | None:
    """Return the first step at which the engine has another learning rate than PyTorch."""
    drawn = said["curves"][0]["lr"] if said["curves"] else []
    steps = (
        at
        for at, pair in enumerate(zip(record["lrs"], drawn, strict=False))
        if apart(*pair) > 1e-9 and abs(pair[0] - pair[1]) > 1e-15
    )
    first = next(steps, None)
    return len(record["lrs"]) if first is None and record.get("error") else first
