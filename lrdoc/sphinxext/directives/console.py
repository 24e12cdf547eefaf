"""``{console}``: a console session that the build runs, with what the commands really printed below each; ``{script}``: a file for such sessions."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from lrdoc.running import session
from lrdoc.running.piece import Piece
from lrdoc.running.worker import Outcome
from lrdoc.sphinxext.placeholders import RefutedError, measured, measured_inline, renderer, result

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


_PRACTICE = "lrdoc.practice"


def piece(commands: Sequence[str], files: Mapping[str, str] = MappingProxyType({})) -> Piece:
    """Return the piece that runs the commands in a folder of their own, which holds the ``files``, text by name; with files of their own, commands are not taken to run ``lrdoc.practice`` unless they name it."""
    all_commands = [*(_writing(name, text) for name, text in files.items()), *commands]
    code = f"from lrdoc.running import session\nresult = session.run({all_commands!r})"
    if files:
        code += f"[{len(files)}:]"
    practice = not files or any(_PRACTICE in command for command in commands)
    return Piece(code, ("lrdoc.running.session", *([_PRACTICE] if practice else [])), alone=True)


def _writing(name: str, text: str) -> str:
    """Return the command that writes a file."""
    return shlex.join(["python", "-c", f"open({name!r}, 'w').write({text!r})"])


class Script(SphinxDirective):
    """Show a file of Python, named by the argument, which the sessions after it on the page find in their folder."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        code = "\n".join(self.content).strip("\n")
        _scripts(self.env)[self.arguments[0]] = f"{code}\n"
        block = nodes.literal_block(code, code, language="python", classes=["lr-code"])
        self.set_source_info(block)
        return [block]


def _scripts(env: BuildEnvironment) -> dict[str, str]:
    found: dict[str, str] = env.temp_data.setdefault("lrdoc_scripts", {})
    return found


class Console(SphinxDirective):
    """Show commands, each a line that starts with ``$``, and their output; the session begins in a folder that is empty but for the files of each ``{script}`` before it on the page that a command names.

    ``status``: the exit status of the last command; all others, and it where not given, must end with 0.
    ``shows``: lines of which each must be part of the output: what the sentences around the session claim.
    """

    has_content = True
    option_spec: ClassVar = {"status": directives.nonnegative_int, "shows": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        try:
            commands = session.commands("\n".join(self.content))
        except ValueError as error:
            raise self.error(str(error)) from error
        claims = [line.strip() for line in self.options.get("shows", "").splitlines() if line.strip()]
        node = measured(
            renderer="console",
            pieces=[piece(commands, self._named(commands))],
            lines=_as_written(list(self.content)),
            status=self.options.get("status", 0),
            shows=claims,
        )
        self.set_source_info(node)
        return [node]

    def _named(self, commands: Sequence[str]) -> dict[str, str]:
        words = {word for command in commands for word in shlex.split(command)}
        return {name: text for name, text in _scripts(self.env).items() if name in words}


def _as_written(content: Sequence[str]) -> list[str]:
    """Return each command as the page writes it, on one or more lines."""
    text = "\n".join(content).strip()
    return [f"{session.PROMPT}{part.strip()}" for part in f"\n{text}".split(f"\n{session.PROMPT}")[1:]]


@renderer
def console(node: measured | measured_inline, outcomes: Sequence[Outcome]) -> list[nodes.Node]:
    """Return the session; raise ``RefutedError`` if it went otherwise than the page says."""
    runs = result(outcomes[0])
    for number, (status, output) in enumerate(runs, start=1):
        expected = node["status"] if number == len(runs) else 0
        if status != expected:
            raise RefutedError(f"command {number} was to end with status {expected}; it ended with {status}: {output}")
    everything = "\n".join(output for _status, output in runs)
    for claim in node["shows"]:
        if claim not in everything:
            raise RefutedError(f"the output was to hold {claim!r}; it is: {everything}")
    return [
        block for line, (_status, output) in zip(node["lines"], runs, strict=True) for block in _blocks(line, output)
    ]


def _blocks(line: str, output: str) -> list[nodes.Node]:
    command = nodes.literal_block(line, line, language="console", classes=["lr-code"])
    if not output.strip():
        return [command]
    return [command, nodes.literal_block(output, output, language="text", classes=["lr-output"])]


def setup(app: Sphinx) -> None:
    app.add_directive("console", Console)
    app.add_directive("script", Script)
