"""The catalogs of the translation: complete, in step with their sources, true to them, and in the glossary's terms."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from lrdoc.translation import catalogs, review
from lrdoc.translation.templates import wanted
from lrdoc.translation.words import CATALOG, SHARED

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MESSAGES = DOCS / "locale" / catalogs.LANGUAGE / "LC_MESSAGES"
GETTEXT = DOCS / "_build" / "gettext"
ADVICE = 'run "nox -s catalogs", then translate'


@pytest.fixture(scope="module")
def templates(site: Path) -> dict[str, Catalog]:
    """Return every message of the sources as they are now."""
    shutil.rmtree(GETTEXT, ignore_errors=True)
    build = [sys.executable, "-m", "sphinx", "-b", "gettext", "-q", "-D", "plot_gallery=0", "-c", "docs"]
    folders = ["-d", "docs/_build/doctrees/gettext", "docs", str(GETTEXT)]
    subprocess.run([*build, *folders], cwd=ROOT, check=True)
    return wanted(GETTEXT, DOCS / "gallery")


@pytest.fixture(scope="module")
def translations() -> dict[str, Catalog]:
    return catalogs.catalogs(MESSAGES)


def ids(catalog: Catalog) -> set[str]:
    return {str(message.id) for message in catalogs.translatable(catalog)}


def test_every_page_and_nothing_else_has_a_catalog(
    templates: dict[str, Catalog], translations: dict[str, Catalog]
) -> None:
    missing, orphans = templates.keys() - translations.keys(), translations.keys() - templates.keys()
    assert not missing, f"{ADVICE}: {sorted(missing)}"
    assert not orphans, f'run "nox -s catalogs", which removes what is left of pages that are gone: {sorted(orphans)}'


def test_every_message_of_the_sources_and_no_other_is_in_its_catalog(
    templates: dict[str, Catalog], translations: dict[str, Catalog]
) -> None:
    both = templates.keys() & translations.keys()
    stale = [
        f"{domain}: {what}: {message}"
        for domain in sorted(both)
        for what, messages in (
            ("new", ids(templates[domain]) - ids(translations[domain])),
            ("gone", ids(translations[domain]) - ids(templates[domain])),
        )
        for message in sorted(messages)
    ]
    assert not stale, f"{ADVICE}:\n" + "\n".join(stale)


def test_every_message_is_translated_true_to_its_source_and_in_the_terms_of_the_glossary(
    translations: dict[str, Catalog],
) -> None:
    terms = review.glossary(DOCS / "locale" / "glossary.toml")
    found = [
        f"{domain}.po: {message}\n    {problem}"
        for domain, catalog in translations.items()
        for message, problem in review.problems(catalog, terms)
    ]
    assert not found, f"{len(found)} problems:\n" + "\n".join(found)


def test_a_message_stands_in_one_catalog_alone(translations: dict[str, Catalog]) -> None:
    holders: dict[str, list[str]] = {}
    for domain, catalog in translations.items():
        for message in ids(catalog):
            holders.setdefault(message, []).append(domain)
    repeated = [
        f"{message}\n    in {', '.join(domains)}; it belongs in {CATALOG if CATALOG in domains else SHARED}"
        for message, domains in holders.items()
        if len(domains) > 1
    ]
    assert not repeated, 'run "nox -s catalogs":\n' + "\n".join(repeated)


@pytest.mark.parametrize("path", sorted(MESSAGES.rglob("*.po")), ids=lambda path: str(path.relative_to(MESSAGES)))
def test_a_catalog_is_written_as_the_command_writes_it(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == catalogs.text(catalogs.read(path)), 'run "nox -s catalogs"'
