from __future__ import annotations

import ast
from pathlib import Path

import lrdoc
from lrdoc.translation import templates
from tests.translation.conftest import Folders
from tests.translation.making import strings

PACKAGE = Path(lrdoc.__file__).parent


def test_pages_figures_directives_and_theme_have_catalogs(folders: Folders) -> None:
    found = templates.wanted(folders.gettext, folders.gallery)
    assert found.keys() == {"index", "reference/page", "shared", "figures", "lrdoc", "sphinx"}
    assert strings(found["figures"]) == {"A line that falls.": ("", False)}
    assert "otherwise" in strings(found["lrdoc"])
    assert {"Skip to content", "Link to this heading"} <= strings(found["sphinx"]).keys()


def test_what_two_pages_say_is_in_the_shared_catalog_and_in_no_other(folders: Folders) -> None:
    found = templates.wanted(folders.gettext, folders.gallery)
    assert list(strings(found["shared"])) == ["Caveats"]
    assert list(strings(found["index"])) == ["It goes down."]


def test_what_a_directive_says_as_well_is_in_its_catalog_alone(folders: Folders) -> None:
    found = templates.wanted(folders.gettext, folders.gallery)
    assert "if" in strings(found["lrdoc"])
    assert list(strings(found["reference/page"])) == ["It goes up."]


def test_what_sphinx_translates_itself_is_left_to_it(folders: Folders) -> None:
    assert "Copyright" not in strings(templates.wanted(folders.gettext, folders.gallery)["sphinx"])


def test_scripts_without_a_digest_of_their_last_run_are_undrawn(folders: Folders) -> None:
    assert templates.undrawn(folders.gallery) == []
    (folders.gallery / "plot_b.py").touch()
    assert templates.undrawn(folders.gallery) == ["plot_b.py"]


def test_every_word_of_a_directive_is_found(folders: Folders) -> None:
    """Babel does not look into f-strings; what is called ``_`` there would stay English."""
    called = {
        node.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("_", "N_")
        and isinstance(node.args[0], ast.Constant)
    }
    assert called == strings(templates.wanted(folders.gettext, folders.gallery)["lrdoc"]).keys()
