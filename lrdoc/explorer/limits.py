"""What bounds the work of the explorer's engine; its TypeScript has the same numbers, which ``generate`` writes."""

from __future__ import annotations

MOST_STEPS = 1_000_000
"""The largest number of steps."""
MOST_IN_TURN = 100_000
"""The largest number of steps of a curve that is computed one step after another, as it has no closed form or calls a function of the code."""
