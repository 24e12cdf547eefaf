"""``{signature}`` and ``{parameters}``: the constructor as it is installed; only the meanings are the page's own words."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import register
from lrdoc.describe.entry import HOUSEKEEPING, Entry
from lrdoc.sphinxext import described
from lrdoc.sphinxext.sentences import paragraph

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_MODULES = re.compile(r"\b(?:typing|oneflow(?:\.\w+)*)\.(?=\w)")


class Signature(SphinxDirective):
    """Show the signature of the installed class of the scheduler named in the argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        found = register.get(self.arguments[0])
        text = signature(found)
        node = nodes.literal_block(text, text, language="python", classes=["lr-signature"])
        self.set_source_info(node)
        _offer_to_other_sites(self, found, None, node)
        return [node]


def _offer_to_other_sites(directive: SphinxDirective, found: Entry, parameter: str | None, node: nodes.Element) -> None:
    """Write a class of OneFlow, or a parameter of it, into objects.inv, by which the pages of other projects link to what ``node`` becomes."""
    if found.cls.__module__.startswith("lrdoc."):
        return
    name, kind = f"oneflow.optim.lr_scheduler.{found.cls.__name__}", "class"
    if parameter:  # of which Sphinx has no kind; they are kept under these names
        name, kind = f"{name}.{parameter}", "attribute"
    node["ids"].append(f"py-{found.cls.__name__}" + (f".{parameter}" if parameter else ""))
    directive.env.get_domain("py").note_object(name, kind, node["ids"][-1], location=node)  # type: ignore[attr-defined]


def signature(found: Entry) -> str:
    """Return the constructor's signature, one parameter per line, with the bare names of types."""
    lines = [f"    {_MODULES.sub('', str(parameter))}," for parameter in found.signature.parameters.values()]
    return "\n".join([f"oneflow.optim.lr_scheduler.{found.cls.__name__}(", *lines, ")"])


class Parameters(SphinxDirective):
    """A definition list in the page says what each parameter means; this adds its valid range and default, and where the other parameters are told.

    The list must name every parameter of the installed class that is not every scheduler's (``optimizer``, ``last_step``, ``verbose``), and no other.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        found = described.get(self.arguments[0])
        parsed = self.parse_content_to_nodes()
        terms = {term.astext(): term for node in parsed for term in node.findall(nodes.term)}
        expected = [name for name in found.signature.parameters if name not in HOUSEKEEPING]
        if list(terms) != expected:
            raise self.error(
                f"{self.arguments[0]} takes {', '.join(expected)}, in this order; the list has {', '.join(terms)}"
            )
        for name, term in terms.items():
            term["translatable"] = False
            _offer_to_other_sites(self, found, name, term)
            if facts := _facts(found, name):
                term.parent.insert(1, nodes.classifier("", "", *facts, translatable=False))
        return [*parsed, *self._housekeeping(found)]

    def _housekeeping(self, found: Entry) -> list[nodes.Node]:
        """Return what is said of the parameters that every scheduler shares, for a class that has them."""
        if "last_step" not in found.signature.parameters:
            return []
        own = "optimizer" in found.signature.parameters
        return [paragraph(self, "housekeeping" if own else "housekeeping_without_optimizer")]


def _facts(found: Entry, name: str) -> list[nodes.Node]:
    """Return the valid range and the default, in symbols that need no translation."""
    domain = found.domains.get(name)
    default = found.signature.parameters[name].default
    facts = [nodes.literal("", str(domain))] if domain else []
    if default is not inspect.Parameter.empty:
        facts.append(nodes.literal("", f"= {default!r}"))
    return [part for fact in facts for part in (fact, nodes.Text(" "))]


def setup(app: Sphinx) -> None:
    app.add_directive("signature", Signature)
    app.add_directive("parameters", Parameters)
