from __future__ import annotations

from pathlib import Path

from lrdoc.sphinxext.site.inline import externalize, rewrite, stylesheet


def test_a_style_attribute_becomes_a_class_beside_those_already_there() -> None:
    page, rules = externalize('<span class="a b" style="height:1em;">x</span>')
    ((name, declarations),) = rules.items()
    assert page == f'<span class="a b {name}">x</span>'
    assert declarations == "height:1em"


def test_a_tag_without_a_class_gets_one() -> None:
    page, rules = externalize('<col style="width: 20%"/>')
    assert page == f'<col class="{next(iter(rules))}"/>'


def test_the_same_style_is_one_rule() -> None:
    _, rules = externalize('<i style="top:0"></i><b style="top:0;"></b>')
    assert len(rules) == 1


def test_text_that_looks_like_a_style_attribute_is_left_alone() -> None:
    text = "<code>&lt;i style=&quot;top:0&quot;&gt;</code>"
    assert externalize(text) == (text, {})


def test_rules_prevail_as_the_attributes_did() -> None:
    assert stylesheet({"i-0": "top:0;left:1em !important"}) == ".i-0{top:0!important;left:1em!important}\n"


def test_pages_that_a_later_build_leaves_alone_keep_their_rules(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    css = tmp_path / "_static" / "inline.css"
    (tmp_path / "a.html").write_text('<i style="top:0"></i>', encoding="utf-8")
    rewrite(tmp_path)
    first = css.read_text(encoding="utf-8")
    (tmp_path / "b.html").write_text('<i style="left:0"></i>', encoding="utf-8")
    rewrite(tmp_path)
    assert first in css.read_text(encoding="utf-8")
    (tmp_path / "b.html").unlink()
    rewrite(tmp_path)
    assert css.read_text(encoding="utf-8") == first


def test_a_style_is_written_as_css_reads_it_not_as_html_does() -> None:
    _page, rules = externalize('<p style="font-family: &quot;Noto Sans&quot;">x</p>')
    assert list(rules.values()) == ['font-family: "Noto Sans"']
