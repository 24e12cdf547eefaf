from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError

from lrdoc.sphinxext.site import root
from lrdoc.sphinxext.site.policy import META

ROOT = Path(__file__).parents[3] / "docs" / "_root"


def test_pages_get_the_policy_and_other_files_stay_as_they_are(tmp_path: Path) -> None:
    root.write(ROOT, tmp_path)
    for source in ROOT.iterdir():
        written = (tmp_path / source.name).read_text("utf-8")
        if source.suffix == ".html":
            filled = source.read_text("utf-8").replace("{{ content_security_policy }}", META).replace("{{ base }}", "")
            assert written == filled
            assert META in written
        else:
            assert written == source.read_text("utf-8")


def _site(folder: Path) -> Path:
    """Return a site of three pages in two languages, one of which says nothing by itself."""
    for language in ("en", "zh"):
        for page in ("index", "search", "reference/step_lr", "_static/some"):
            path = folder / language / f"{page}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return folder


def test_where_the_place_is_known_every_page_is_listed_with_its_other_languages(tmp_path: Path) -> None:
    site = _site(tmp_path)
    root.write(ROOT, site, "https://example.org/docs/")
    urls = ElementTree.fromstring((site / "sitemap.xml").read_text("utf-8"))
    listed = {url[0].text: {link.get("hreflang"): link.get("href") for link in url[1:]} for url in urls}
    here = "https://example.org/docs"
    home = {"en": f"{here}/en/index.html", "zh-CN": f"{here}/zh/index.html", "x-default": f"{here}/index.html"}
    step = {tag: f"{here}/{tag[:2]}/reference/step_lr.html" for tag in ("en", "zh-CN")}
    step["x-default"] = step["en"]
    assert listed == {home["en"]: home, home["zh-CN"]: home, step["en"]: step, step["zh-CN"]: step}
    assert f"Sitemap: {here}/sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")


def test_elsewhere_there_is_no_list(tmp_path: Path) -> None:
    root.write(ROOT, _site(tmp_path))
    assert not (tmp_path / "sitemap.xml").exists()
    assert not (tmp_path / "robots.txt").exists()


def test_a_wrong_address_at_any_depth_leads_back_into_the_site(tmp_path: Path) -> None:
    root.write(ROOT, _site(tmp_path), "https://example.org/docs")
    page = BeautifulSoup((tmp_path / "404.html").read_text("utf-8"), "html.parser")
    leads = [str(tag.get("href")) for tag in page.select("[href]")]
    assert {"https://example.org/docs/en/index.html", "https://example.org/docs/zh/search.html"} <= set(leads)
    assert all(address.startswith("https://example.org/docs/") for address in leads)


def test_files_are_written_with_the_time_of_now(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    for name in ("index.html", "root.js"):
        (tmp_path / "source" / name).write_text("", "utf-8")
        os.utime(tmp_path / "source" / name, (0, 0))
    root.write(tmp_path / "source", tmp_path / "site")
    assert all(path.stat().st_mtime > 0 for path in (tmp_path / "site").iterdir())


def test_a_misspelt_name_in_a_page_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("<head>{{ policy }}</head>", "utf-8")
    with pytest.raises(UndefinedError, match="policy"):
        root.write(tmp_path, tmp_path / "site")
