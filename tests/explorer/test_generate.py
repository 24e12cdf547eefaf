from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from lrdoc import register
from lrdoc.explorer import generate


def described() -> dict[str, dict[str, Any]]:
    """Return what the engine is told of each scheduler, by its name."""
    text = generate.modules()["schedulers.ts"]
    found = re.search(r"= (\[.*\]);\n$", text, re.DOTALL)
    assert found is not None
    return {scheduler["name"]: scheduler for scheduler in json.loads(found.group(1))}


def test_every_scheduler_is_described_with_its_installed_signature() -> None:
    known = described()
    assert list(known) == list(register.entries())
    for name, found in register.entries().items():
        parameters = {parameter["name"]: parameter for parameter in known[name]["parameters"]}
        assert list(parameters) == list(found.signature.parameters)
        for parameter in found.signature.parameters.values():
            default = parameters[parameter.name].get("default", parameter.empty)
            assert default == parameter.default


def test_a_range_is_that_of_the_domain() -> None:
    (gamma,) = [one for one in described()["step_lr"]["parameters"] if one["name"] == "gamma"]
    domain = register.get("step_lr").domains["gamma"]
    assert gamma["kind"] == "real"
    assert (gamma["minimum"], gamma["open"], gamma["range"]) == (0.0, True, str(domain))
    assert "maximum" not in gamma


def test_presets_and_sweeps_are_code() -> None:
    step_lr = described()["step_lr"]
    assert step_lr["presets"][0]["code"] == "StepLR(optimizer, step_size=10, gamma=0.5)"
    assert step_lr["sweeps"]["gamma"] == ["0.1", "0.5", "0.9", "1.1"]


def test_a_domain_without_a_control_is_refused() -> None:
    with pytest.raises(TypeError, match="no control"):
        generate._ranged(object())


def test_modules_that_are_as_they_should_be_are_left_alone(tmp_path: Path) -> None:
    generate.write(tmp_path)
    written = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert set(written) == set(generate.modules())
    (tmp_path / "forms.ts").write_text("// something else\n")
    generate.write(tmp_path)
    assert (tmp_path / "forms.ts").read_text() == generate.modules()["forms.ts"]
    assert (tmp_path / "oneflow.ts").stat().st_mtime_ns == written["oneflow.ts"]
