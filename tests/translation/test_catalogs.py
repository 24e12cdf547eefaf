from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from lrdoc.translation import catalogs

PACKAGE = Path(catalogs.__file__).parent
POT = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "It goes down."\nmsgstr ""\n'


def catalog(**messages: str) -> Catalog:
    found = Catalog()
    for message, translated in messages.items():
        found.add(message, translated)
    return found


def template(*messages: str) -> Catalog:
    return catalog(**dict.fromkeys(messages, ""))


def strings(found: Catalog) -> dict[str, tuple[str, bool]]:
    return {str(one.id): (str(one.string or ""), one.fuzzy) for one in catalogs.translatable(found)}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    gettext, figures, messages = tmp_path / "gettext", tmp_path / "figures", tmp_path / "messages"
    for folder in (gettext / "reference", figures, messages):
        folder.mkdir(parents=True)
    for name in ("index", "reference/page"):
        (gettext / f"{name}.pot").write_text(POT, "utf-8")
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><desc>{}</desc></svg>'
    (figures / "a_001.svg").write_text(svg.format("A line that falls."), "utf-8")
    (figures / "a_001_dark.svg").write_text(svg.format("The same, dark."), "utf-8")
    return gettext, figures, messages


def test_a_new_message_comes_without_a_translation() -> None:
    assert strings(catalogs.updated(template("one", "two"), catalog(one="一"), {})) == {
        "one": ("一", False),
        "two": ("", False),
    }


def test_a_message_that_is_gone_leaves_nothing() -> None:
    assert "gone" not in catalogs.text(catalogs.updated(template("one"), catalog(one="一", gone="没了"), {}))


def test_a_changed_message_keeps_its_translation_as_fuzzy() -> None:
    changed = catalogs.updated(template("It goes up at once."), catalog(**{"It goes up at last.": "上升"}), {})
    assert strings(changed) == {"It goes up at once.": ("上升", True)}


def test_a_message_that_has_moved_brings_its_translation() -> None:
    assert strings(catalogs.updated(template("one"), Catalog(), {"one": "一"})) == {"one": ("一", False)}


def test_a_catalog_has_no_date_no_line_number_and_no_wrapped_line() -> None:
    long = "word " * 100
    found = catalog(**{long: "字" * 200})
    found[long].locations.append(("page.md", 7))
    text = catalogs.text(found)
    assert text.startswith(catalogs.HEADER)
    assert "Date" not in text
    assert "page.md" not in text
    assert f'msgid "{long}"\n' in text


def test_writing_what_was_read_changes_nothing(tmp_path: Path) -> None:
    text = catalogs.text(catalog(**{"100 % of it\n": "全部"}))
    (tmp_path / "a.po").write_text(text, "utf-8")
    assert catalogs.text(catalogs.read(tmp_path / "a.po")) == text


def test_pages_figures_directives_and_theme_have_catalogs(folders: tuple[Path, Path, Path]) -> None:
    gettext, figures, messages = folders
    catalogs.update(gettext, figures, messages)
    found = catalogs.catalogs(messages)
    assert found.keys() == {"index", "reference/page", "figures", "lrdoc", "sphinx"}
    assert strings(found["figures"]) == {"A line that falls.": ("", False)}
    assert "otherwise" in strings(found["lrdoc"])
    assert {"Skip to content", "Link to this heading"} <= strings(found["sphinx"]).keys()


def test_what_sphinx_translates_itself_is_left_to_it(folders: tuple[Path, Path, Path]) -> None:
    assert "Copyright" not in strings(catalogs.templates(*folders[:2])["sphinx"])


def test_the_catalog_of_a_page_that_is_gone_goes_too(folders: tuple[Path, Path, Path]) -> None:
    for suffix in (".po", ".mo"):
        (folders[2] / f"gone{suffix}").write_text("", "utf-8")
    catalogs.update(*folders)
    assert not list(folders[2].glob("gone.*"))


def test_without_templates_no_catalog_is_lost(folders: tuple[Path, Path, Path], tmp_path: Path) -> None:
    catalogs.update(*folders)
    before = sorted(folders[2].rglob("*.po"))
    with pytest.raises(FileNotFoundError, match="build them first"):
        catalogs.update(tmp_path / "elsewhere", *folders[1:])
    assert sorted(folders[2].rglob("*.po")) == before


def test_nothing_is_written_where_nothing_has_changed(folders: tuple[Path, Path, Path]) -> None:
    catalogs.update(*folders)
    before = {path: path.stat().st_mtime_ns for path in folders[2].rglob("*.po")}
    catalogs.update(*folders)
    assert before == {path: path.stat().st_mtime_ns for path in folders[2].rglob("*.po")}


def test_every_word_of_a_directive_is_found(folders: tuple[Path, Path, Path]) -> None:
    """Babel does not look into f-strings; what is called ``_`` there would stay English."""
    called = {
        node.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("_", "N_")
        and isinstance(node.args[0], ast.Constant)
    }
    assert called == strings(catalogs.templates(*folders[:2])["lrdoc"]).keys()
