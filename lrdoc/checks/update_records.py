"""``nox -s records``: record pages anew, or, with ``--check``, compare their records with what the packages give now."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import tomli

from lrdoc.checks.records import Record, Source, agree, command
from lrdoc.checks.sources import SOURCES

ROOT = Path(__file__).parents[2]
CHECK = "--check"


def environment(source: Source) -> list[str]:
    """Return the command that starts Python in an environment that holds the package of a source; uv makes it on first use."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = [word for package in project["dependency-groups"][source.name] for word in ("--with", package)]
    version = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    return [os.environ.get("UV", "uv"), "run", "--no-project", "--python", version, *packages, "python"]


def run(source: Source, calls: Sequence[str], python: Callable[[Source], list[str]] = environment) -> Record:
    """Return what calls come to in the package of a source, run in an environment of its own.

    ``python`` returns the command that starts Python there; where that fails, the program ends.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder) / "calls.json", Path(folder) / "record.json"
        asked.write_text(
            json.dumps({"package": source.package, "calls": calls, "steps": source.steps}), encoding="utf-8"
        )
        command = [*python(source), "-m", "lrdoc.checks.recorder", str(asked), str(answer)]
        if subprocess.run(command, cwd=ROOT, env=variables(folder), check=False).returncode:
            sys.exit(f"{source.package} could not be installed or run: the messages are above")
        return Record(**json.loads(answer.read_text(encoding="utf-8")))


OF_ONEFLOW = ("MASTER_ADDR", "MASTER_PORT", "WORLD_SIZE", "RANK", "LOCAL_RANK")
"""The environment variables that OneFlow sets when it is imported; another OneFlow fails at those of this process."""


def variables(logs: str) -> dict[str, str]:
    """Return the environment variables of the process that runs calls; it logs into the folder ``logs``."""
    own = {name: value for name, value in os.environ.items() if name not in OF_ONEFLOW}
    return {**own, "GLOG_log_dir": logs}  # OneFlow 0.8.0 logs into the working folder otherwise


Run: TypeAlias = Callable[[Source, Sequence[str]], Record]
"""A function that returns what calls come to in the package of a source."""


def main(
    arguments: Sequence[str],
    docs: Path = ROOT / "docs",
    sources: Mapping[str, Source] = SOURCES,
    run: Run = run,
) -> None:
    """Record pages anew: those that ``arguments`` name, of the sources that they name; all of either where none is named.

    With ``--check`` among the arguments nothing is written, and a record that is not what the package gives now ends the program with an error.
    So does a name that is neither a source's nor a page's; then nothing is run.
    """
    chosen = _requested([word for word in arguments if word != CHECK], docs, sources)
    problems: dict[tuple[str, str], list[str]] = {}
    for source, pages in chosen:
        for page, record in _record(source, pages, run).items():
            if CHECK in arguments:
                problems[source.name, page] = list(differences(source.read(docs, page), record))
            else:
                source.write(docs, page, record)
                print(f"{source.path(docs, page)}: {len(record.recordings)} calls of {source.package} {record.version}")
    _report({place: found for place, found in problems.items() if found})


Pages = Mapping[str, Sequence[str]]
"""Calls by page."""


def _requested(words: Sequence[str], docs: Path, sources: Mapping[str, Source]) -> list[tuple[Source, Pages]]:
    """Return the sources that are asked for, each with the calls of the pages that are asked for."""
    chosen = [source for name, source in sources.items() if name in words] or list(sources.values())
    known = [(source, _known(source, docs)) for source in chosen]
    named = [word for word in words if word not in sources]
    names = sorted({page for _source, pages in known for page in pages})
    if unknown := [word for word in named if word not in names]:
        sys.exit(
            f"no source and no page called {unknown[0]!r}.\nSources: {', '.join(sources)}\n"
            f"Pages of {' and '.join(source.name for source in chosen)}: {', '.join(names)}"
        )
    return [
        (source, {page: calls for page, calls in pages.items() if not named or page in named})
        for source, pages in known
    ]


def _known(source: Source, docs: Path) -> Pages:
    """Return the calls of every page that has some, and no calls for one that has a record all the same."""
    return {page: [] for page in source.recorded(docs)} | source.wanted(docs)


def _record(source: Source, pages: Pages, run: Run) -> dict[str, Record]:
    """Return, by page, the record that the package of a source gives now."""
    calls = list(dict.fromkeys(call for asked in pages.values() for call in asked))
    made = run(source, calls) if calls else Record()
    return {
        page: Record(made.version, {call: made.recordings[call] for call in asked}) for page, asked in pages.items()
    }


def differences(kept: Record, found: Record) -> Iterator[str]:
    """Yield in what a kept record differs from one that was made now: a line for each call."""
    for call, recording in found.recordings.items():
        if call not in kept.recordings:
            yield f"not recorded: {call}"
        elif not agree(recording, kept.recordings[call]):
            yield f"recorded as something else: {call}"
    for call in kept.recordings.keys() - found.recordings.keys():
        yield f"recorded, but the page does not compare it: {call}"


def _report(problems: Mapping[tuple[str, str], Sequence[str]]) -> None:
    """End with an error that names what differs, by source and page, and the command that records it anew."""
    for (source, page), found in problems.items():
        for problem in found:
            print(f"docs/{source}/{page}.json: {problem}")
    if problems:
        sources, pages = (list(dict.fromkeys(names)) for names in zip(*problems, strict=True))
        sys.exit(f"Run this, and commit what it writes: {command(sources, pages)}")


if __name__ == "__main__":
    main(sys.argv[1:])
