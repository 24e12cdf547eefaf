"""What explorers show before their script has come: ``prerender.ts`` writes the elements that the script will make, in the words of a language.

The answer is kept in .cache/explorer beside the bundles, by what it is made from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from sphinx.errors import ExtensionError

from lrdoc.explorer import bundle, generate
from lrdoc.running import node

SOURCES = Path(__file__).parent
ROOT = SOURCES.parents[1]
FIGURE = "<!--figure-->"
"""Where the figure goes: the script's chart takes its place."""


def prerendered(words: Mapping[str, str]) -> dict[str, str]:
    """Return the HTML of each explorer, by the name of its scheduler, its recipe or its page, of the ``playground``, and of the ``chooser``, with ``FIGURE`` in it once.

    ``words`` are the texts by their keys.
    Raises ``ExtensionError`` where the view cannot be run.
    """
    generate.write()
    given = json.dumps(words, ensure_ascii=False)
    digest = hashlib.sha256(f"{bundle.digest(ROOT / 'node_modules')}\n{given}".encode()).hexdigest()
    kept = ROOT / ".cache" / "explorer" / digest
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(_run(given), encoding="utf-8")
    found: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _run(given: str) -> str:
    try:
        return node.run(SOURCES / "prerender.ts", given=given)
    except node.NodeError as error:
        raise ExtensionError(f"the explorers could not be written into their pages: {error}") from None
