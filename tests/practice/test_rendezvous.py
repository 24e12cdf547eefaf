from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lrdoc.practice import rendezvous
from lrdoc.practice.refusal import RefusalError
from tests.practice.conftest import PATIENCE, free_port


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Be the second of two processes, whose first will listen at this port."""
    number = free_port()
    meeting = {"RANK": "1", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(number)}
    for name, value in meeting.items():
        monkeypatch.setenv(name, value)
    yield number
    rendezvous.met()


@pytest.mark.parametrize("rank", [None, "0", "-1"])
def test_the_first_process_and_a_single_one_do_not_wait(
    monkeypatch: pytest.MonkeyPatch, port: int, rank: str | None
) -> None:
    monkeypatch.delenv("RANK") if rank is None else monkeypatch.setenv("RANK", rank)
    monkeypatch.setattr(rendezvous.time, "sleep", lambda _: pytest.fail("waits"))
    rendezvous.wait()


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize("lacking", ["MASTER_ADDR", "MASTER_PORT", "WORLD_SIZE"])
def test_a_rank_alone_makes_no_process_one_of_several(monkeypatch: pytest.MonkeyPatch, lacking: str) -> None:
    monkeypatch.delenv(lacking)
    monkeypatch.setattr(rendezvous.time, "sleep", lambda _: pytest.fail("waits"))
    rendezvous.wait()


def test_a_process_waits_until_the_first_one_is_open(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    looked: list[socket.socket] = []

    def open_at_the_third_look(_pause: float) -> None:
        looked.append(socket.socket())
        if len(looked) == 3:
            looked[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            looked[-1].bind(("127.0.0.1", port))
            looked[-1].listen()

    monkeypatch.setattr(rendezvous.time, "sleep", open_at_the_third_look)
    rendezvous.wait()
    assert len(looked) == 3
    for each in looked:
        each.close()


def test_the_first_process_refuses_a_port_that_another_program_has(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv("RANK", "0")
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", port))
        stranger.listen()
        with pytest.raises(RefusalError, match=f"port {port}, .* is taken by another program"):
            rendezvous.wait()
    rendezvous.wait()


def test_a_process_whose_first_one_never_opens_goes_on(port: int) -> None:
    rendezvous.wait(patience=0.2)


LAUNCHER = """
import subprocess, sys

code = f"import time; from lrdoc.practice import rendezvous as r; {sys.argv[1]}; print(flush=True); time.sleep(3600)"
child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
child.stdout.readline()
print(child.pid)
"""


def _outlives_its_launcher(code: str, patience: float) -> bool:
    done = subprocess.run([sys.executable, "-c", LAUNCHER, code], capture_output=True, text=True, check=True)
    number = int(done.stdout)
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        if not _is_alive(number):
            return False
        time.sleep(0.02)
    os.kill(number, signal.SIGKILL)
    return True


def _is_alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # dead, and waited for by nobody


@pytest.mark.usefixtures("port")
def test_a_process_that_waits_ends_with_its_launcher_and_one_that_has_met_does_not() -> None:
    assert not _outlives_its_launcher("r.wait(0.1)", PATIENCE)
    assert _outlives_its_launcher("r.wait(0.1); r.met()", 1)


def test_nothing_of_oneflow_is_imported_before_the_wait() -> None:
    code = "import sys, lrdoc.practice.rendezvous; sys.exit('oneflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
