from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from lrdoc.sphinxext.site.search import sections

PAGE = """
A page
======

First words.

gamma
   The factor.

Inner
-----

+-----+-----+
| one | two |
+-----+-----+

.. math:: x^2
"""


@pytest.fixture(scope="module")
def page() -> nodes.document:
    doctree: nodes.document = publish_doctree(PAGE, settings_overrides={"doctitle_xform": False})
    return doctree


def test_each_section_is_a_place_of_its_own(page: nodes.document) -> None:
    assert [(found["anchor"], found["title"]) for found in sections(page)] == [("", "A page"), ("inner", "Inner")]


def test_the_text_of_a_section_is_its_own_alone(page: nodes.document) -> None:
    assert [found["text"] for found in sections(page)] == ["First words. gamma The factor.", "one two"]


def test_the_terms_that_a_section_defines_are_known_as_such(page: nodes.document) -> None:
    assert [found["defines"] for found in sections(page)] == ["gamma", ""]
