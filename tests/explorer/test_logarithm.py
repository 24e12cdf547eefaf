"""The engine's logarithm, in Node, whose own ``Math.log`` finds other restarts than OneFlow does, as some browsers' do."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path

from lrdoc.explorer import generate
from lrdoc.running.node import NODE

LOGARITHM = Path(generate.__file__).parent / "engine" / "python" / "logarithm.ts"
RESTARTS = [(mult, float(mult**k)) for mult in range(2, 201) for k in range(200) if mult**k < 2**1000]
"""``T_mult`` and the argument of the logarithm at every restart that a float can count to."""


def periods() -> list[int]:
    """Return the period that the engine finds each restart to begin."""
    script = f"""
        import {{ log }} from "{LOGARITHM}";
        import {{ readFileSync }} from "node:fs";
        const restarts = JSON.parse(readFileSync(0, "utf8"));
        console.log(JSON.stringify(restarts.map(([mult, at]) => Math.floor(log(at) / log(mult)))));
    """
    command = [str(NODE), "--input-type=module-typescript", "--eval", script]
    result = subprocess.run(command, input=json.dumps(RESTARTS), capture_output=True, text=True, check=True)
    found: list[int] = json.loads(result.stdout)
    return found


def test_every_restart_is_found_where_python_finds_it() -> None:
    assert periods() == [math.floor(math.log(at, mult)) for mult, at in RESTARTS]
