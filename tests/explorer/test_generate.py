from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from lrdoc import register
from lrdoc.describe.domain import Kind
from lrdoc.explorer import generate
from lrdoc.running.node import NODE

ROOT = Path(__file__).parents[2]


def described() -> dict[str, dict[str, Any]]:
    """Return what the engine is told of each scheduler, by its name."""
    text = generate.modules()["schedulers.ts"]
    found = re.search(r"= (\[.*\]);\n$", text, re.DOTALL)
    assert found is not None
    return {scheduler["name"]: scheduler for scheduler in json.loads(found.group(1))}


def test_every_scheduler_is_described_with_the_parameters_that_shape_its_curve() -> None:
    known = described()
    assert list(known) == list(register.entries())
    for name, found in register.entries().items():
        assert [parameter["name"] for parameter in known[name]["parameters"]] == list(found.domains)


def test_a_parameter_has_the_kind_and_the_range_of_its_domain() -> None:
    (gamma,) = [one for one in described()["step_lr"]["parameters"] if one["name"] == "gamma"]
    domain = register.get("step_lr").domains["gamma"]
    assert (gamma["kind"], gamma["range"]) == (domain.kind.value, str(domain))
    assert (gamma["minimum"], gamma["open"]) == (0.0, True)
    assert "maximum" not in gamma


def test_the_kinds_of_typescript_are_those_of_python() -> None:
    named = re.findall(r'\| "(\w+)"', generate.modules()["kinds.ts"])
    assert named == [kind.value for kind in Kind]


def test_presets_are_code() -> None:
    assert described()["step_lr"]["presets"][0]["code"] == "StepLR(optimizer, step_size=10, gamma=0.5)"


def test_every_field_is_read(tmp_path: Path) -> None:
    # Without the declarations of the fields, TypeScript refuses every place that reads one.
    generate.write()
    explorer = tmp_path / "lrdoc" / "explorer"
    shutil.copytree(ROOT / "lrdoc" / "explorer", explorer, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "package.json").write_text((ROOT / "package.json").read_text())
    (tmp_path / "tsconfig.json").write_text((ROOT / "tsconfig.json").read_text())
    types = explorer / "engine" / "types.ts"
    types.write_text(_without_fields(types.read_text(encoding="utf-8")), encoding="utf-8")
    tsc = [str(NODE), "node_modules/typescript/bin/tsc"]
    said = subprocess.run(tsc, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert set(re.findall(r"Property '(\w+)' does not exist", said)) >= _fields(list(described().values()))


def _without_fields(types: str) -> str:
    """Return types.ts with other names for the fields of what is generated."""
    blocks = r"(?s)interface (Numeric|Offered|Ranged|Preset|Scheduler)\b.*?\n}"
    return re.sub(blocks, lambda block: re.sub(r"(\w+\??: )", r"hidden_\1", block.group()), types)


def _fields(value: Any) -> set[str]:
    """Return the names of all fields of a JSON value."""
    if isinstance(value, list):
        return set().union(*map(_fields, value))
    return set(value).union(*map(_fields, value.values())) if isinstance(value, dict) else set()


def test_modules_that_are_as_they_should_be_are_left_alone(tmp_path: Path) -> None:
    generate.write(tmp_path)
    written = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert set(written) == set(generate.modules())
    (tmp_path / "forms.ts").write_text("// something else\n")
    generate.write(tmp_path)
    assert (tmp_path / "forms.ts").read_text() == generate.modules()["forms.ts"]
    assert (tmp_path / "oneflow.ts").stat().st_mtime_ns == written["oneflow.ts"]
