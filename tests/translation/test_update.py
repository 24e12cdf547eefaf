from __future__ import annotations

from collections.abc import Mapping

import pytest
from babel.messages.catalog import Catalog

from lrdoc.translation import catalogs
from lrdoc.translation.update import Change, report, update, updated
from tests.translation.conftest import Folders
from tests.translation.making import catalog, strings, template


def translate(folders: Folders, domain: str, messages: Mapping[str, str]) -> None:
    path = folders.messages / f"{domain}.po"
    found = catalogs.read(path)
    for message, string in messages.items():
        found[message].string = string
    path.write_text(catalogs.text(found), "utf-8")


def read(folders: Folders, domain: str) -> dict[str, tuple[str, bool]]:
    return strings(catalogs.read(folders.messages / f"{domain}.po"))


def test_a_new_message_comes_without_a_translation() -> None:
    assert strings(updated(template("one", "two"), catalog({"one": "一"}), {})) == {
        "one": ("一", False),
        "two": ("", False),
    }


def test_a_message_that_is_gone_leaves_nothing() -> None:
    assert "gone" not in catalogs.text(updated(template("one"), catalog({"one": "一", "gone": "没了"}), {}))


def test_a_changed_message_keeps_its_translation_as_fuzzy() -> None:
    changed = updated(template("It goes up at once."), catalog({"It goes up at last.": "上升"}), {})
    assert strings(changed) == {"It goes up at once.": ("上升", True)}


def test_a_message_that_has_moved_brings_its_translation() -> None:
    assert strings(updated(template("one"), Catalog(), {"one": "一"})) == {"one": ("一", False)}


def test_a_message_that_a_second_page_takes_up_moves_to_the_shared_catalog_and_back(folders: Folders) -> None:
    dict(update(*folders))
    translate(folders, "index", {"It goes down.": "下降。"})
    folders.say("reference/page", "It goes down.")
    dict(update(*folders))
    assert read(folders, "shared") == {"It goes down.": ("下降。", False)}
    assert "It goes down." not in read(folders, "index")
    folders.say("index", "Something else entirely")
    dict(update(*folders))
    assert not (folders.messages / "shared.po").exists()
    assert read(folders, "reference/page") == {"It goes down.": ("下降。", False)}


def test_a_message_that_was_changed_on_every_page_is_fuzzy_once(folders: Folders) -> None:
    dict(update(*folders))
    translate(folders, "shared", {"Caveats": "注意事项"})
    for page in ("index", "reference/page"):
        folders.say(page, "Caveat")
    assert dict(update(*folders))["shared"] == Change(added=1, removed=1, untranslated=0, fuzzy=1)
    assert read(folders, "shared") == {"Caveat": ("注意事项", True)}


def test_a_message_that_was_changed_while_it_moved_keeps_its_translation_as_fuzzy(folders: Folders) -> None:
    dict(update(*folders))
    translate(folders, "index", {"It goes down.": "下降。"})
    folders.say("index", "Caveats")
    folders.say("reference/page", "It goes down!", "Caveats")
    dict(update(*folders))
    assert read(folders, "reference/page")["It goes down!"] == ("下降。", True)


def test_the_catalog_of_a_page_that_is_gone_goes_too(folders: Folders) -> None:
    for suffix in (".po", ".mo"):
        (folders.messages / f"gone{suffix}").write_text("", "utf-8")
    dict(update(*folders))
    assert not list(folders.messages.glob("gone.*"))


def test_without_templates_no_catalog_is_lost(folders: Folders) -> None:
    dict(update(*folders))
    before = sorted(folders.messages.rglob("*.po"))
    with pytest.raises(FileNotFoundError, match="build them first"):
        dict(update(folders.gettext / "elsewhere", folders.gallery, folders.messages))
    assert sorted(folders.messages.rglob("*.po")) == before


def test_nothing_is_written_where_nothing_has_changed(folders: Folders) -> None:
    dict(update(*folders))
    before = {path: path.stat().st_mtime_ns for path in folders.messages.rglob("*.po")}
    changes = dict(update(*folders))
    assert not any(change.added or change.removed for change in changes.values())
    assert before == {path: path.stat().st_mtime_ns for path in folders.messages.rglob("*.po")}


def test_without_drawn_figures_their_catalog_stays_as_it_is(folders: Folders) -> None:
    dict(update(*folders))
    translate(folders, "figures", {"A line that falls.": "一条下降的线。"})
    for drawn in ("plot_a.py.md5", "images/a_001.svg"):
        (folders.gallery / drawn).unlink()
    assert "figures" not in dict(update(*folders))
    assert read(folders, "figures") == {"A line that falls.": ("一条下降的线。", False)}


def test_the_report_names_each_catalog_that_changed_or_wants_a_translator() -> None:
    changes = {"index": Change(2, 1, 1, 1), "shared": Change(0, 0), "practice": Change(0, 0, 0, 1)}
    assert report(changes, ["plot_a.py"]).splitlines() == [
        "index.po: 2 added, 1 removed, 1 to translate, 1 fuzzy: to look at",
        "practice.po: 1 fuzzy: to look at",
        'figures.po was left alone: the figures of plot_a.py are not drawn, or not as they are now; "nox -s docs" draws them',
        "3 messages wait for a translator",
    ]
    assert report({"index": Change(0, 0)}, []) == "no message waits for a translator"
