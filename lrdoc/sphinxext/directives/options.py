"""``{options}``: what the training program takes, read from its own parser."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc.practice import options as program
from lrdoc.sphinxext.shown import table_of
from lrdoc.translation.words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PLACE_OF_NAMES = "%(names)s"
_SHOWN_APART = ("%(default)s", _PLACE_OF_NAMES)
"""What a help text has in a clause of its own, and the table beside the name of the option."""


_CODE = re.compile(r"(?<![\w-])--[a-z][a-z-]*|(?<!\w)'[^']*'(?!\w)")
"""What a help text has of a command line: an option, or a value in its quotes."""


class Options(SphinxDirective):
    """Show a table for each group of options: what to write, with its default, and its meaning.

    With the argument ``compare``, those of a comparison that a training does not take, or takes otherwise.
    Titles and meanings are messages of the page, so that they are translated like its sentences.
    """

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(program.__file__)  # the page is read anew when it changes
        found = groups(program.command_line())
        if self.arguments == [program.COMPARE]:
            found = differing(groups(program.comparison_command_line()), found)
        elif self.arguments:
            raise self.error(f"the program has no command {self.arguments[0]}; it has {program.COMPARE}")
        return [self._table(parser, title, actions) for parser, title, actions in found]

    def _table(self, parser: argparse.ArgumentParser, title: str, actions: list[argparse.Action]) -> nodes.Node:
        heads = [self._message(f"{title[:1].upper()}{title[1:]}"), _own(str(_("Meaning")))]
        rows = [[_own("", *_shown(action)), self._message(with_code(meaning(parser, action)))] for action in actions]
        return table_of(heads, rows, classes=["lr-options"])

    def _message(self, text: str) -> nodes.paragraph:
        """Return a text of the program as a paragraph that is translated on this page."""
        if not text:
            return _own("")
        (paragraph,) = self.parse_text_to_nodes(text)
        assert isinstance(paragraph, nodes.paragraph)
        return paragraph


def _own(text: str, *children: nodes.Node) -> nodes.paragraph:
    return nodes.paragraph("", text, *children, translatable=False)


def _shown(action: argparse.Action) -> list[nodes.Node]:
    """Return what to write, and the default, as the parameters of schedulers have it; then the names that are known."""
    value = default(action)
    names = vars(action)["names"].split(", ") if _PLACE_OF_NAMES in (action.help or "") else []
    return [
        nodes.literal("", written(action)),
        *([nodes.Text(" "), nodes.literal("", f"= {value}")] if value else []),
        *(
            node
            for at, name in enumerate(names)
            for node in (nodes.Text(", " if at else str(_(": "))), nodes.literal("", name))
        ),
    ]


Groups: TypeAlias = Iterator[tuple[argparse.ArgumentParser, str, list[argparse.Action]]]
"""Groups of options, each with its parser and title."""


def differing(found: Groups, others: Groups) -> Groups:
    """Yield what ``found`` has and ``others`` don't have alike: the same option, default and meaning."""
    known = {_told(parser, action) for parser, _title, actions in others for action in actions}
    for parser, title, actions in found:
        if own := [action for action in actions if _told(parser, action) not in known]:
            yield parser, title, own


def _told(parser: argparse.ArgumentParser, action: argparse.Action) -> tuple[str, str, str]:
    return written(action), default(action), meaning(parser, action)


def groups(parser: argparse.ArgumentParser) -> Groups:
    """Yield the groups that have options, each with its parser and title; those of subcommands after those of the program."""
    inner: list[argparse.ArgumentParser] = []
    for group in parser._action_groups:
        own = []
        for action in group._group_actions:
            if isinstance(action, argparse._SubParsersAction):
                inner += dict.fromkeys(action.choices.values())
            elif not isinstance(action, argparse._HelpAction) and action.help is not argparse.SUPPRESS:
                own.append(action)
        if own:
            yield parser, group.title or "", own
    for one in inner:
        yield from ((one, f"`{one.prog.split()[-1]}`: {title}", own) for _parser, title, own in groups(one))


def written(action: argparse.Action) -> str:
    """Return what stands on a command line: ``--lr LR``, ``--mode {eager,graph}``, ``--resume``, or the name of an argument without dashes."""
    values = (
        f"{{{','.join(map(str, action.choices))}}}" if action.choices else str(action.metavar or action.dest.upper())
    )
    if not action.option_strings:
        return str(action.metavar or action.dest)
    name = ", ".join(action.option_strings)
    return name if action.nargs == 0 else f"{name} {action.metavar or values}"


def default(action: argparse.Action) -> str:
    """Return the value that an option has where it is not given, as one writes it; nothing where it is off, or is found out by the program."""
    value = action.default
    if value is None or value is False or value == argparse.SUPPRESS:
        return ""
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def meaning(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    """Return an option's help without the clauses that give its default and the known names, which are shown beside its name."""
    clauses = [clause for clause in (action.help or "").split("; ") if not any(map(clause.__contains__, _SHOWN_APART))]
    return "; ".join(clauses) % {**vars(action), "prog": parser.prog}


def with_code(text: str) -> str:
    """Return a help text with what is to be written as it stands marked as code: as prose, a page would change its dashes and quotes."""
    return _CODE.sub(r"`\g<0>`", text)


def setup(app: Sphinx) -> None:
    app.add_directive("options", Options)
