from __future__ import annotations

import shlex
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest
from packaging.requirements import Requirement

Build = Callable[..., Any]


def line(page: Any) -> list[str]:
    """Return the words of the only command."""
    (shown,) = page.soup.select("pre")
    return shlex.split(shown.get_text())


def test_the_line_for_oneflow_names_the_versions_that_the_site_runs(build: Build) -> None:
    page = build("```{install} oneflow\n```")
    assert page.warnings == ""
    pip, install, *packages = line(page)
    assert (pip, install) == ("pip", "install")
    asked = [Requirement(package) for package in packages]
    assert [one.name for one in asked] == ["oneflow", "nvidia-cudnn-cu11", "nvidia-cublas-cu11", "numpy"]
    assert all(version(one.name) in one.specifier for one in asked)


@pytest.mark.parametrize(
    ("repository", "package", "told"),
    [("https://github.com/someone/lrdoc/", "git+https://github.com/someone/lrdoc", False), ("", ".", True)],
)
def test_the_line_for_lrdoc_takes_it_from_where_its_sources_are(
    build: Build, repository: str, package: str, told: bool
) -> None:
    page = build("```{install} lrdoc\n```", lrdoc_repository_url=repository)
    assert line(page) == ["pip", "install", package]
    assert ("in a checkout" in page.text) is told


def test_an_unknown_name_is_refused_with_those_that_there_are(build: Build) -> None:
    assert "nothing to install is called 'torch'; known: oneflow, lrdoc" in build("```{install} torch\n```").warnings
