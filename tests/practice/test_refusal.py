from __future__ import annotations

import re
from pathlib import Path

import pytest

from lrdoc.practice.refusal import naming, of_file


def error_of(path: Path) -> OSError:
    with pytest.raises(OSError, match=re.escape(str(path))) as caught:
        path.write_text("")
    return caught.value


def test_a_file_that_can_not_be_used_is_told_without_the_words_of_python(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder, missing = tmp_path / "file" / "within", tmp_path / "missing" / "file"
    assert of_file(error_of(folder)) == f"{folder} can't be read or written: Not a directory"
    assert of_file(error_of(missing)) == f"{missing} can't be read or written: No such file or directory"
    assert of_file(error_of(tmp_path)) == f"{tmp_path} can't be read or written: Is a directory"


def test_an_error_without_a_file_is_told_by_its_reason() -> None:
    assert of_file(OSError(5, "Input/output error")) == "a file can't be read or written: Input/output error"
    assert of_file(OSError("lost")) == "a file can't be read or written: OSError: lost"


def test_a_full_disk_is_told_with_the_file_and_what_to_do() -> None:
    with (
        pytest.raises(OSError, match="No space") as caught,
        naming(Path("metrics.csv")),
        Path("/dev/full").open("w") as file,
    ):
        file.write("row")
    assert of_file(caught.value) == (
        "metrics.csv can't be read or written: No space left on device; make room there, and run it again"
    )


def test_an_error_with_a_file_keeps_its_name(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing") as caught, naming(Path("another")):
        (tmp_path / "missing" / "file").write_text("")
    assert "another" not in of_file(caught.value)
