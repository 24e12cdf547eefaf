"""``{recipe}`` and ``{recipe-links}``: the code of a recipe, which is its function's own source, and where to go on with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lrdoc import recipes
from lrdoc.describe.guide import Example
from lrdoc.describe.recipe import Recipe
from lrdoc.describe.schedule import Schedule
from lrdoc.recipes.code import code
from lrdoc.sphinxext.links import page_link
from lrdoc.sphinxext.sentences import ends_full_width, paragraph

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **recipes.REGISTER,
    **{
        function.__name__: function for function in (recipes.in_graph, recipes.layerwise_groups, recipes.plateau_warmup)
    },
}
"""What can be shown."""

TRAININGS: Mapping[str, tuple[str, bool]] = {"swalr": ("swa_lr=0.02, anneal_steps=5", True)}
"""The parameters, and whether to step once for each epoch, of the command of each recipe whose figure shows a longer training in epochs than the command is."""

_WIDTH = 84
"""The longest line of a command, where it can be broken."""


class RecipeCode(SphinxDirective):
    """Show a function of ``lrdoc.recipes``, and how it is called: as in its first preset, or as in the content."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        (name,) = self.arguments
        if name not in FUNCTIONS:
            raise self.error(f"unknown recipe {name!r}; known: {', '.join(FUNCTIONS)}")
        call = "\n".join(self.content) or _call(recipes.get(name))
        text = _with_call(FUNCTIONS[name], call)
        block = nodes.literal_block(text, text, language="python", classes=["lr-code"])
        self.set_source_info(block)
        return [block]


class RecipeLinks(SphinxDirective):
    """Show a link that opens a recipe in the playground, the command that trains with it, and where it comes from; of a page with examples of its own, a link for each of them, and its own command."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        (name,) = self.arguments
        if guide := recipes.guides().get(name):
            opening = self._opening({one.label: _state(one) for one in guide.examples})
            return [opening, *self._training(f"--lr 0.1 --recipe {name}", guide.parameters, guide.per_epoch, name)]
        recipe = recipes.get(name)
        preset = recipe.presets[0]
        text = _with_call(recipe.cls, _call(recipe))
        state = {"code": f"{text}\n", "lr": f"{preset.base_lr:g}", "steps": str(preset.steps)}
        opening = self._opening({_call(recipe).splitlines()[-1]: state})
        given = ", ".join(f"{name}={value!r}" for name, value in preset.arguments.items() if name != recipe.length)
        how = TRAININGS.get(name, (given, recipe.length == "epochs"))
        training = self._training(f"--lr {preset.base_lr:g} --recipe {name}", *how, name)
        return [opening, *training, *self._sources(recipe)]

    def _training(self, recipe: str, parameters: str, per_epoch: bool, output: str) -> list[nodes.Node]:
        """Return the command that trains with a recipe, on the data set that needs no download: ten epochs of ten iterations."""
        first = "python -m lrdoc.practice --tiny --model small --epochs 10 --batch-size 16"
        per = "--step-per epoch" if per_epoch else ""
        given = f'--parameters "{parameters}"' if parameters else ""
        one_line = " ".join(filter(None, [recipe, given, per]))
        second = [one_line] if len(one_line) <= _WIDTH else [" ".join(filter(None, [recipe, per])), given]
        command = "$ " + " \\\n    ".join([first, *second, f"--output {output}"])
        block = nodes.literal_block(command, command, language="console", classes=["lr-code"])
        return [paragraph(self, "recipe_practice"), block]

    def _opening(self, states: Mapping[str, Mapping[str, str]]) -> nodes.Node:
        """Return the paragraph of the links that open the playground in these states, by what the links say."""
        opening = paragraph(self, "recipe_playground")
        for at, (shown, state) in enumerate(states.items()):
            link = page_link("playground", nodes.literal("", shown), state=f"#explore?{urlencode(state)}")
            opening += [nodes.Text(" · ") if at else _gap(opening), link]
        return opening

    def _sources(self, recipe: Recipe) -> list[nodes.Node]:
        if not recipe.sources:
            return []
        found = paragraph(self, "recipe_sources")
        for address in recipe.sources:
            found += [_gap(found), nodes.reference("", address.removeprefix("https://"), refuri=address)]
        return [found]


def _gap(sentence: nodes.Node) -> nodes.Text:
    """Return what stands between a sentence and what it leads to."""
    return nodes.Text("" if ends_full_width(sentence) else " ")


def _state(example: Example) -> dict[str, str]:
    """Return what opens the playground with an example, in the words of the explorer's links."""
    names = {f"name.{name}": f"{value:g}" for name, value in example.names.items()}
    metric = {} if example.metrics is None else {"metric": ",".join(f"{one:g}" for one in example.metrics)}
    return {"code": f"{example.code}\n", "steps": str(example.steps), **names, **metric}


def _with_call(function: Callable[..., Any], call: str) -> str:
    """Return the code of a function and a call of it, with what the call needs."""
    text = code(function)
    if "flow." in call:
        text = text.replace("from oneflow", "import oneflow as flow\nfrom oneflow", 1)
    return f"{text}\n\n{call}"


def _call(recipe: Recipe) -> str:
    preset = recipe.presets[0]
    return f"optimizer = flow.optim.SGD(model.parameters(), lr={preset.base_lr:g})\nscheduler = {Schedule.preset(recipe).code()}"


def setup(app: Sphinx) -> None:
    app.add_directive("recipe", RecipeCode)
    app.add_directive("recipe-links", RecipeLinks)
