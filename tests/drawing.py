"""Random schedules for the tests: any scheduler, with any others inside it."""

from __future__ import annotations

import random

from lrdoc import register
from lrdoc.describe import sample
from lrdoc.describe.schedule import Schedule

NESTABLE = [name for name, entry in register.entries().items() if sample.nestable(entry)]
"""The schedulers that others can contain."""


def drawn(name: str, rng: random.Random, stretch: int = 1) -> Schedule:
    """Return a random valid schedule of the scheduler called ``name``; see ``sample.schedule``."""
    return sample.schedule(register.get(name), rng, stretch, inside=register.entries().values())
