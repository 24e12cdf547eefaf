"""``python -m lrdoc.practice``."""

from __future__ import annotations

import os
import sys

from lrdoc.practice import rendezvous
from lrdoc.practice.refusal import RefusalError


def _end(status: int, alone: bool) -> None:
    """End the process; Python's own end is skipped where OneFlow 0.9.0, which closes its session there, would hang."""
    sys.stdout.flush()
    sys.stderr.flush()
    # It sometimes hangs after a graph, and always where one of several processes has failed: it and the others wait for each other.
    if alone or status == 1:
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    try:
        rendezvous.wait()  # before OneFlow is imported
    except RefusalError as refusal:
        sys.exit(f"error: {refusal}")
    os.environ["MPLBACKEND"] = "svg"  # the plots are files: no window is opened

    from lrdoc.practice.processes import share
    from lrdoc.practice.program import main

    rendezvous.met()
    _end(main(), alone=share()[1] == 1)
