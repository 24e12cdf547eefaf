"""What a reader downloads runs where there are OneFlow, NumPy, matplotlib and the package that it tells to install, and nothing else."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from sphinx_gallery.gen_gallery import DEFAULT_GALLERY_CONF
from sphinx_gallery.notebook import jupyter_notebook

from lrdoc.sphinxext.site.downloads import Block, for_readers, showing
from lrdoc.sphinxext.site.standalone import installing, requirement, without_alt

ROOT = Path(__file__).parents[3]
GALLERY = {path.stem.removeprefix("plot_"): path for path in sorted((ROOT / "gallery").glob("plot_*.py"))}
REPOSITORY = "https://github.com/someone/lrdoc/"
LOADED_BY_ONEFLOW = ("nvidia-cudnn-cu11", "nvidia-cublas-cu11")
COUNT_FIGURES = "\nfrom matplotlib import pyplot\nprint(len(pyplot.get_fignums()), 'figures')\n"


def needed(requirements: Iterable[str]) -> Iterator[Distribution]:
    """Yield the installed distributions that meet requirements, and what these require; extras are not asked for."""
    for line in requirements:
        asked = Requirement(line)
        if asked.marker is None or asked.marker.evaluate({"extra": ""}):
            found = distribution(asked.name)
            yield found
            yield from needed(found.requires or [])


def link(found: Distribution, folder: Path) -> None:
    """Make what a distribution installed importable from a folder, without a copy."""
    for top in {Path(file).parts[0] for file in found.files or [] if ".." not in Path(file).parts}:
        if not (folder / top).exists():
            (folder / top).symlink_to(found.locate_file(top))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment that holds this package, installed from its wheel, and what the wheel requires."""
    folder = tmp_path_factory.mktemp("reader")
    build = f"from flit_core.buildapi import build_wheel; print(build_wheel({str(folder)!r}))"
    built = subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, text=True, check=True)
    wheel = folder / built.stdout.split()[-1]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(packages)
    (metadata,) = packages.glob("lrdoc-*.dist-info")
    for found in needed([*(Distribution.at(metadata).requires or []), *LOADED_BY_ONEFLOW]):
        link(found, packages)
    return folder / "venv" / "bin" / "python"


def run(python: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code where nothing leads to the checkout."""
    # OneFlow may hang when Python ends.
    code = f"{code}\nimport os, sys\nsys.stdout.flush()\nos._exit(0)\n"
    env = {"PATH": os.defpath, "HOME": str(python.parents[1]), "MPLBACKEND": "agg"}
    return subprocess.run(
        [python, "-I", "-W", "ignore", "-c", code],
        cwd=python.parents[1],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def downloaded(name: str) -> list[Block]:
    return for_readers(GALLERY[name], str, REPOSITORY)


def cells(name: str) -> str:
    """Return the code of a notebook."""
    notebook = jupyter_notebook([tuple(block) for block in downloaded(name)], DEFAULT_GALLERY_CONF, str(ROOT))
    return "\n\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


def test_a_script_runs_where_only_what_it_tells_to_install_is(reader: Path) -> None:
    ran = run(reader, showing(downloaded("reduce_lr_on_plateau")) + COUNT_FIGURES)
    assert (ran.returncode, ran.stdout) == (0, "10 figures\n"), ran.stderr


def test_a_notebook_runs_where_only_what_it_tells_to_install_is(reader: Path) -> None:
    ran = run(reader, cells("lambda_lr") + COUNT_FIGURES)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith("6 figures\n")


def test_all_recipes_can_be_called_there(reader: Path) -> None:
    for_all = "\n".join(cells(name) for name in GALLERY if "recipes." in GALLERY[name].read_text(encoding="utf-8"))
    ran = run(reader, for_all + COUNT_FIGURES)
    assert ran.returncode == 0, ran.stderr


def test_nothing_else_is_there(reader: Path) -> None:
    ran = run(reader, "import importlib.util as u\nprint([n for n in ('sympy', 'sphinx', 'scipy') if u.find_spec(n)])")
    assert ran.stdout == "[]\n"


def test_a_reader_changes_a_value_without_having_to_describe_the_figure_anew(reader: Path) -> None:
    changed = cells("step_lr").replace("gamma=0.5", "gamma=0.7")
    ran = run(reader, changed + COUNT_FIGURES)
    assert (ran.returncode, ran.stdout) == (0, "3 figures\n"), ran.stderr


@pytest.mark.parametrize("name", GALLERY)
def test_no_text_alternative_is_left_in_what_readers_get(name: str) -> None:
    tree = ast.parse(showing(downloaded(name)))
    assert not [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "alt" and isinstance(node.value, ast.Constant)
    ]


@pytest.mark.parametrize("name", GALLERY)
def test_the_head_tells_the_line_that_installs_what_it_imports(name: str) -> None:
    (line,) = [
        line
        for line in (ast.get_docstring(ast.parse(showing(downloaded(name)))) or "").splitlines()
        if "pip install" in line
    ]
    needs = "lrdoc.practice" in GALLERY[name].read_text(encoding="utf-8")
    package = "git+https://github.com/someone/lrdoc"
    assert f"``pip install {f'{chr(34)}lrdoc[practice] @ {package}{chr(34)}' if needs else package}``" in line


def test_without_a_repository_a_checkout_is_installed() -> None:
    assert installing("from lrdoc import trace", "").startswith(
        "It runs where OneFlow is installed; ``pip install .``, in a checkout"
    )
    assert requirement("", "practice") == '".[practice]"'


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ('f(x, alt="one" "two", log=True)\n', "f(x, log=True)\n"),
        ('f(x, alt="one")\n', "f(x)\n"),
        ('f("é", alt=f"{x}")\n', 'f("é")\n'),
        ('f(\n    x,\n    alt="one "\n    "two",\n)\n', "f(\n    x,\n)\n"),
        ('f(\n    alt="one",\n    log=True,\n)\nf(alt="x")\n', "f(\n    log=True,\n)\nf()\n"),
        ("f(x, alt=alt)\n", "f(x, alt=alt)\n"),
        ('f(x, alt="one"\n', 'f(x, alt="one"\n'),
    ],
)
def test_an_alternative_is_cut_and_nothing_else(code: str, left: str) -> None:
    assert without_alt(code) == left
