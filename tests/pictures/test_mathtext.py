from __future__ import annotations

import pytest
from matplotlib.mathtext import MathTextParser

from lrdoc import register
from lrdoc.pictures.brief import brief
from lrdoc.pictures.mathtext import Line, Piece, lines


def math(text: str) -> Piece:
    return Piece(text, is_math=True)


def test_each_line_and_each_branch_is_a_line() -> None:
    latex = r"\begin{aligned} a &= \begin{cases} x & \text{if } y < z \\[0.4em] 1 & \text{otherwise} \end{cases} \\[0.8em] b &= c \end{aligned}"
    assert lines(latex) == [
        Line([math("a =")], [math("x"), Piece("if ", is_math=False), math("y < z")]),
        Line([], [math("1"), Piece("otherwise", is_math=False)]),
        Line([math("b =")], [math("c")]),
    ]


@pytest.mark.parametrize("name", [name for name, entry in register.entries().items() if entry.closed_form])
def test_matplotlib_typesets_every_formula_in_full_and_in_brief(name: str) -> None:
    entry = register.get(name)
    assert entry.closed_form is not None
    parser = MathTextParser("path")
    for form in (entry.closed_form, brief(entry)):
        latex = form.latex("如果", "否则").replace(r"\texttt", r"\mathtt")
        found = lines(latex)
        assert len(found) > 0
        for line in found:
            for piece in (*line.left, *line.right):
                assert not piece.is_math or parser.parse(piece.typeset)
                assert piece.is_math or piece.text.strip() in ("如果", "否则")


def test_a_fraction_has_its_full_size_unless_it_stands_in_one() -> None:
    (line,) = lines(
        r"\begin{aligned} a &= \frac{\frac{x}{y}}{\frac{z}{2}} + b^{\frac{1}{2}} + \frac{x}{y} \end{aligned}"
    )
    assert line.right == [math(r"\dfrac{\frac{x}{y}}{\frac{z}{2}} + b^{\dfrac{1}{2}} + \dfrac{x}{y}")]


def test_a_quotient_that_is_rounded_down_stays_on_its_line() -> None:
    (line,) = lines(
        r"\begin{aligned} a &= b^{\left\lfloor{\frac{\mathtt{step}}{\mathtt{T\_0}}}\right\rfloor} \end{aligned}"
    )
    assert line.right == [math(r"b^{\lfloor \mathtt{step} / \mathtt{T\_0} \rfloor}")]


@pytest.mark.parametrize("latex", ["x", r"\begin{cases} 1 & 2 \end{cases}"])
def test_anything_but_an_aligned_environment_is_refused(latex: str) -> None:
    with pytest.raises(ValueError, match="not an aligned environment"):
        lines(latex)
