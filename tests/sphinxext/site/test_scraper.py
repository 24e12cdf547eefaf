"""A whole small gallery, built by Sphinx, as readers get it."""

import io
import re
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from lrdoc.figure import svg
from lrdoc.sphinxext.site.scraper import reset

EXTENSIONS = ",".join(
    [
        "sphinx_gallery.gen_gallery",
        "lrdoc.sphinxext.figure_image",
        "lrdoc.sphinxext.directives.figure",
        "lrdoc.sphinxext.site.thumbnails",
    ]
)
CONF = f"""
extensions = "{EXTENSIONS}".split(",")
html_theme = "furo"
project = "tiny"
locale_dirs = ["locale"]
gettext_compact = False
sphinx_gallery_conf = {{
    "examples_dirs": ["../gallery"],
    "gallery_dirs": ["gallery"],
    "image_scrapers": ("lrdoc.sphinxext.site.scraper.scraper",),
    "reset_modules": ("lrdoc.sphinxext.site.scraper.reset",),
    "capture_repr": (),
    "min_reported_time": 1e9,
    "write_computation_times": False,
    "download_all_examples": False,
    "show_signature": False,
}}
"""
INDEX = """
Home
====

.. lr-figure:: /gallery/images/sphx_glr_plot_tiny_001.svg

.. lr-figure:: /gallery/images/thumb/sphx_glr_plot_tiny_thumb.svg
   :decorative:

.. toctree::

   gallery/index
"""
SCRIPT = '''"""
Tiny
====

It goes down.
"""

from lrdoc import figure

figure.curve([0.1, 0.1, 0.05], alt="It goes: down, & <once>, at step 2.")

# %%
# Then a figure of another kind.

import matplotlib.pyplot as plt

drawn, axes = plt.subplots()
axes.plot([1, 2, 3])
drawn.set_label("A line that rises from 1 to 3.")
'''
ALT = "It goes: down, &amp; &lt;once&gt;, at step 2."
TRANSLATION = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "It goes: down, & <once>, at step 2."
msgstr "第 2 步时下降。"
"""


def write_project(root: Path, script: str = SCRIPT) -> Path:
    docs = root / "docs"
    (root / "gallery").mkdir()
    (root / "gallery" / "README.rst").write_text("Gallery\n=======\n")
    (root / "gallery" / "plot_tiny.py").write_text(script)
    thumbnails = docs / "gallery" / "images" / "thumb"
    thumbnails.mkdir(parents=True)
    (thumbnails / "sphx_glr_plot_tiny_thumb.png").touch()  # as a build without scripts leaves one
    (docs / "conf.py").write_text(CONF)
    (docs / "index.rst").write_text(INDEX)
    return docs


def build(docs: Path, builder: str = "html", **settings: str) -> Path:
    """Build as the command line would, without warnings; return the folder."""
    out = docs / "_build" / builder / settings.get("language", "en")
    warnings = io.StringIO()
    with patch_docutils(docs), docutils_namespace():
        Sphinx(docs, docs, out, out / ".doctrees", builder, settings, status=None, warning=warnings).build()
    assert warnings.getvalue() == ""
    return out


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def html(docs: Path) -> Path:
    return build(docs)


def images(page: Path) -> list[str]:
    return [tag for tag in re.findall(r"<img[^>]*>", page.read_text("utf-8")) if "sphx_glr" in tag]


def test_a_figure_is_shown_once_for_each_theme(html: Path) -> None:
    light, dark = images(html / "gallery" / "plot_tiny.html")[:2]
    assert 'class="only-light"' in light
    assert 'class="only-dark"' in dark
    assert 'src="../_images/sphx_glr_plot_tiny_001.svg"' in light
    assert 'src="../_images/sphx_glr_plot_tiny_001_dark.svg"' in dark
    assert all((html / "_images" / f"sphx_glr_plot_tiny_001{end}.svg").is_file() for end in ("", "_dark"))


def test_every_image_is_described_has_its_room_and_waits_to_be_seen(html: Path) -> None:
    for tag in images(html / "gallery" / "plot_tiny.html")[:2]:
        assert f'alt="{ALT}"' in tag
        assert 'width="504"' in tag
        assert 'height="264"' in tag
        assert 'loading="lazy"' in tag
        assert "style=" not in tag


def test_another_page_shows_the_same_figure_by_its_path(html: Path) -> None:
    page = images(html / "index.html")
    assert [f'alt="{ALT}"' in tag for tag in page] == [True, True, False, False]


@pytest.mark.parametrize(("page", "first"), [("index.html", 2), ("gallery/index.html", 0)])
def test_a_thumbnail_is_shown_once_for_each_theme_and_has_an_empty_alt(html: Path, page: str, first: int) -> None:
    light, dark = images(html / page)[first:]
    assert 'alt=""' in light
    assert 'alt=""' in dark
    assert 'class="only-light' in light
    assert 'class="only-dark' in dark
    assert "sphx_glr_plot_tiny_thumb.svg" in light
    assert "sphx_glr_plot_tiny_thumb_dark.svg" in dark
    assert all((html / "_images" / f"sphx_glr_plot_tiny_thumb{end}.svg").is_file() for end in ("", "_dark"))


def test_a_card_of_the_gallery_is_a_link_to_its_example_alone(html: Path) -> None:
    index = (html / "gallery" / "index.html").read_text("utf-8")
    (card,) = re.findall(r'<div class="sphx-glr-thumbcontainer".*?sphx-glr-thumbnail-title', index, re.DOTALL)
    assert re.findall(r'href="([^"]*)"', card) == ["plot_tiny.html"]


def test_a_thumbnail_is_the_bare_curve(docs: Path, html: Path) -> None:
    thumb = docs / "gallery" / "images" / "thumb" / "sphx_glr_plot_tiny_thumb.svg"
    assert svg.size_of(thumb) == (160, 100)
    assert "<text" not in thumb.read_text("utf-8")


def test_a_figure_drawn_with_matplotlib_alone_has_the_same_style(docs: Path, html: Path) -> None:
    dark = (docs / "gallery" / "images" / "sphx_glr_plot_tiny_002_dark.svg").read_text("utf-8")
    assert "#56b4e9" in dark
    assert "A line that rises from 1 to 3." in images(html / "gallery" / "plot_tiny.html")[2]


def test_the_text_alternative_is_translated_once_for_all_pages(docs: Path, html: Path) -> None:
    templates = [path.read_text("utf-8") for path in build(docs, "gettext").rglob("*.pot")]
    assert not [text for text in templates if "It goes: down" in text]
    catalog = docs / "locale" / "zh_CN" / "LC_MESSAGES" / "figures.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(TRANSLATION, "utf-8")
    translated = build(docs, language="zh_CN", extensions=f"{EXTENSIONS},lrdoc.sphinxext.site.languages")
    for page in ("index", "gallery/plot_tiny"):
        assert all('alt="第 2 步时下降。"' in tag for tag in images(translated / f"{page}.html")[:2])


def test_two_builds_give_the_same_files(docs: Path, html: Path, tmp_path: Path) -> None:
    again = write_project(tmp_path)
    build(again)
    files = sorted((docs / "gallery").rglob("*.svg"))
    assert len(files) == 7  # two figures and a thumbnail in two themes, and sphinx-gallery's copy of the light one
    for path in files:
        assert path.read_bytes() == (again / path.relative_to(docs)).read_bytes()


@pytest.mark.parametrize(
    ("last_lines", "advice"),
    [
        ("plt.figure()", "set_label"),
        ("plt.plot([1, 2], c='#777777')\nplt.gcf().set_label('A grey line, rising.')", "C0 to C4"),
        (
            "from lrdoc import figure\nfigure.sweep({'a=1': [1], 'a=2': [1]}, alt='{panels} levels, one with a=1.')",
            "does not say what is seen with a=2",
        ),
    ],
)
def test_a_figure_not_fit_for_everyone_ends_the_build(tmp_path: Path, last_lines: str, advice: str) -> None:
    script = f'"""\nTiny\n====\n"""\nimport matplotlib.pyplot as plt\n\n{last_lines}\n'
    with pytest.raises(ExtensionError, match=rf"plot_tiny\.py: .*{advice}"):
        build(write_project(tmp_path, script))
    assert plt.get_fignums() == []
    assert not list(tmp_path.rglob("*_001*.svg"))


def test_a_count_of_panels_that_is_not_theirs_ends_the_build(tmp_path: Path) -> None:
    last = "from lrdoc import figure\nfigure.sweep({'a=1': [1], 'a=2': [1]}, alt='Three levels, with a=1 and a=2.')"
    with pytest.raises(ExtensionError, match=r"(?s)plot_tiny\.py.*says 'Three', but the figure has 2"):
        build(write_project(tmp_path, f'"""\nTiny\n====\n"""\n\n{last}\n'))


def test_a_missing_figure_is_reported_where_it_is_wanted(tmp_path: Path) -> None:
    docs = write_project(tmp_path)
    (docs / "index.rst").write_text(INDEX.replace("tiny_001", "tinny_001"))
    with pytest.raises(
        AssertionError, match=r"index.rst:5: ERROR: no figure at gallery/images/sphx_glr_plot_tinny_001.svg"
    ):
        build(docs)


def test_each_script_begins_with_the_style_of_the_site() -> None:
    plt.rcParams["lines.linewidth"] = 99
    plt.figure()
    with mpl.rc_context():
        reset({}, None)
        assert plt.rcParams["lines.linewidth"] == 1.8
        assert plt.rcParams["svg.hashsalt"] == "lrdoc"
    assert plt.get_fignums() == []
    plt.rcdefaults()
