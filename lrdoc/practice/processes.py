"""This process among those that ``oneflow.distributed.launch`` started; a single one gets its own values back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import oneflow as flow
from numpy.typing import NDArray


def share() -> tuple[int, int]:
    """Return the rank of this process and how many there are."""
    return flow.env.get_rank(), flow.env.get_world_size()


def is_first() -> bool:
    """Tell whether this process is the one that writes and prints."""
    return bool(flow.env.get_rank() == 0)


def parallel(model: Any) -> Any:
    """Return the model, its gradients averaged over all processes if there are several."""
    return flow.nn.parallel.DistributedDataParallel(model) if share()[1] > 1 else model


def total(values: Sequence[float], device: str) -> NDArray[np.float64]:
    """Return the sums of the values over all processes."""
    if share()[1] == 1:
        return np.asarray(values, dtype=np.float64)
    summed = flow.tensor(np.asarray(values, dtype=np.float32)).to(device)
    flow.comm.all_reduce(summed)
    result: NDArray[np.float64] = summed.numpy().astype(np.float64)
    return result


def any_is(true: bool, device: str) -> bool:
    """Tell whether it is true in any of the processes."""
    return true if share()[1] == 1 else bool(total([float(true)], device)[0])


def check_equal(value: float, name: str, device: str) -> None:
    """Raise ``RuntimeError`` in every process if one of them does not hold the number that the first holds."""
    if share()[1] == 1:
        return
    first = flow.tensor(np.array([value])).to(device)
    flow.comm.broadcast(first, 0)
    apart = total([float(first.numpy()[0] != value)], device)[0]
    if apart:
        raise RuntimeError(f"{name} differs from that of process 0 in {apart:.0f} processes; here it is {value!r}")
