from __future__ import annotations

from lrdoc.sphinxext.site.twins import markdown

HIGHLIGHTED = '<div class="highlight-python notranslate"><div class="highlight"><pre><span></span><span class="kn">a_b</span> = [1]\n</pre></div></div>'


def test_a_heading_a_link_and_code_keep_what_they_say() -> None:
    body = '<h1>One<a class="headerlink" href="#one">#</a></h1><p><code><span class="pre">a_b</span></code>, <a href="x.html">x</a></p>'
    assert markdown(body) == "# One\n\n`a_b`, [x](x.html)\n"


def test_a_block_of_code_is_named_by_its_language_and_nothing_in_it_is_escaped() -> None:
    assert markdown(HIGHLIGHTED) == "```python\na_b = [1]\n```\n"
    assert markdown(HIGHLIGHTED.replace("python", "none")) == "```\na_b = [1]\n```\n"


def test_a_formula_is_what_it_was_written_as() -> None:
    math = '<span class="katex"><span class="katex-mathml"><math><semantics><mi>a</mi><annotation encoding="application/x-tex">a_{1} </annotation></semantics></math></span><span class="katex-html">a1</span></span>'
    assert markdown(f"<p>If {math} falls</p>") == "If $a_{1}$ falls\n"
    assert markdown(f'<div class="math"><span class="katex-display">{math}</span></div>') == "$$a_{1}$$\n"


def test_a_figure_is_told_once_by_its_text_alternative() -> None:
    images = "".join(f'<img class="only-{theme}" alt="A line." src="{theme}.svg">' for theme in ("light", "dark"))
    assert markdown(f"<p>{images}</p>") == "![A line.](light.svg)\n"


def test_a_folded_part_is_there_below_the_line_that_opens_it() -> None:
    assert markdown("<details><summary>More</summary><p>It is so.</p></details>") == "**More**\n\nIt is so.\n"


def test_of_an_explorer_the_figure_and_the_code_remain() -> None:
    explorer = """<div class="lr-explorer"><p class="lr-without">No.</p><select><option>x</option></select>
        <div class="lr-charts"><img class="only-light" alt="A line." src="a.svg"></div>
        <button>Play</button><textarea class="lr-code">f(x_1)</textarea></div>"""
    assert markdown(explorer) == "![A line.](a.svg)\n\n```python\nf(x_1)\n```\n"
