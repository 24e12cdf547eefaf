"""The words of the explorer and the playground; ``lrdoc/explorer/view`` asks for them by key.

They go through the message catalog ``lrdoc``, like the words that directives add.
What stands in braces is filled in by the view.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from lrdoc.explorer import messages
from lrdoc.translation.words import _

SHAPES: Mapping[str, object] = {
    "cosine": _("falls along half a cosine"),
    "linear": _("falls in a line"),
    "stable": _("stays, and falls at the end"),
    "steps": _("falls at the epochs below"),
    "one_cycle": _("falls far below its start (1cycle)"),
    "constant": _("stays"),
    "endless": _("falls without an end (inverse square root)"),
}
"""What the chooser offers to happen after the warmup; ``lrdoc/explorer/view/training.ts`` has the same keys."""

STRINGS: Mapping[str, object] = {
    "example": _("Example"),
    "exampleOwn": _("your own"),
    "chart": _("Learning rate by step"),
    "readStep": _("step"),
    "readLr": _("lr"),
    "heard": _("step {step}: {values}"),
    "baseLr": _("base learning rate"),
    "steps": _("length of the training"),
    "training": _("Training"),
    "asked": _("What the code does not say"),
    "askedAt": _("line {line}"),
    "askedDefault": _("line {line}; {value} unless you set another value"),
    "askedAbove": _("{message}: set it above the curve"),
    "noteLink": _("Read more"),
    "code": _("Code"),
    "copyCode": _("Copy code"),
    "copied": _("Copied"),
    "notCopied": _("Not copied: the browser forbids it"),
    "play": _("Play"),
    "stop": _("Stop"),
    "pin": _("Pin curve"),
    "pinned": _("pinned"),
    "pinnedAs": _("pinned {number}"),
    "unpin": _("Remove {label}"),
    "compared": _("The curves and their parameters"),
    "comparedCurve": _("curve"),
    "comparedClass": _("scheduler"),
    "log": _("Log scale"),
    "hold": _("Hold axes"),
    "zoomOut": _("Show all steps"),
    "zoomedTo": _("Show all steps; steps {from} to {to} are shown now"),
    "reset": _("Reset"),
    "undoReset": _("Undo reset"),
    "copyLink": _("Copy link"),
    "copyEmbed": _("Copy embed"),
    "embedOpen": _("Open the page"),
    "save": _("Save"),
    "saveAs": _("Save as {kind}"),
    "filesTheme": _("Colours of pictures that are saved"),
    "files_page": _("as here"),
    "files_light": _("light"),
    "files_dark": _("dark"),
    "savedAll": _("{name} holds all {steps} steps."),
    "savedSome": _("{name} holds {held} of the {steps} steps, evenly spaced."),
    "savedExtremes": _("{name} shows {steps} steps: of those that share a pixel, the least and the largest."),
    "stale": _("The code gives no curve now. This is the last one that it gave."),
    "told": _("Line {line}: {message}"),
    "quoted": _("{message}: {code}"),
    "wayOut": _(
        "Leave out what is not understood if the learning rate does not depend on it, or write its value in its place."
    ),
    "openThere": _("Open in the playground"),
    "problemAtStep": _("Line {line}, at step {step}: {message}"),
    "atStep": _("At step {step}: {message}"),
    "unreadable": _("This can't be read as a value."),
    "itemsExpected": _("A list with commas between its items is expected."),
    "listExpected": _("Numbers with commas between them are expected."),
    "summaryEnds": _("Starts at {start}, is highest at step {at} with {peak}, and ends at {end} at step {last}."),
    "summaryOf": _("{label}: {words}"),
    "summaryJoin": _("{before} {after}"),
    "summaryAnd": _(", "),
    "summaryConstant": _("It never changes."),
    "summaryJumps": _("It changes at step {steps} and at no other."),
    "summary_constant": _("It stays the same from step {from} to {to}."),
    "summary_rising": _("It rises from step {from} to {to}."),
    "summary_falling": _("It falls from step {from} to {to}."),
    "summaryMany": _("It changes {count} times, first at step {first} and last at step {last}."),
    "metric": _("Metric"),
    "metricPreset": _("series"),
    "metricNumbers": _("numbers, the last one repeats"),
    "metricDraw": _("Draw the metric above the curve with the pointer, choose a series, or type numbers."),
    "metricCount": _("Between 1 and {most} numbers are expected."),
    "metric_falls": _("falls, then levels out"),
    "metric_noisy": _("falls with noise"),
    "metric_stairs": _("falls in stairs"),
    "metric_rises": _("rises, as an accuracy does"),
    "metric_flat": _("never changes"),
    "metric_own": _("typed or drawn"),
    "stepsRange": _("The number of steps must be an integer between 1 and {most}."),
    "codeTooLong": _("The code is longer than {most} characters."),
    "boxInteger": _("An integer from {least} to {most} is expected."),
    "boxNumber": _("A number from {least} to {most} is expected."),
    "linkTooLong": _("The link is too long, so the example is shown in its place."),
    "linkLr": _("The base learning rate in the link is not a number."),
    "linkMetric": _("The metric in the link is not a list of numbers."),
    "linkNames": _("The link gives values to names in a way that can't be read."),
}
"""The English texts by their keys; each turns into the language of the build when it is made a ``str``."""

CHOOSER: Mapping[str, object] = {
    "chooserLength": _("How long is the training?"),
    "chooser_epochs": _("Epochs"),
    "chooser_images": _("Images in the training set"),
    "chooser_batchSize": _("Batch size of one process"),
    "chooser_processes": _("Processes (GPUs)"),
    "chooser_accumulation": _("Batches per update (accumulation)"),
    "chooserMode": _("Mode"),
    "chooserMode_eager": _("eager"),
    "chooserMode_graph": _("nn.Graph"),
    "chooserDropLast": _("Leave out the last batch of an epoch if it is smaller (always in nn.Graph)"),
    "chooserSchedule": _("What is the learning rate to do?"),
    "chooser_lr": _("Learning rate at the top"),
    "chooser_warmup": _("Warmup"),
    "chooserUnit": _("Warmup counted in"),
    "chooserUnit_updates": _("updates"),
    "chooserUnit_epochs": _("epochs"),
    "chooserUnit_percent": _("percent"),
    "chooserShape": _("After the warmup"),
    **{f"chooserShape_{shape}": words for shape, words in SHAPES.items()},
    "chooser_end": _("Left at the end, in %"),
    "chooser_decay": _("Length of the fall, in % of the training"),
    "chooserMilestones": _("Falls to a tenth after these epochs"),
    "chooserEpochs": _("Epochs in increasing order, with commas between them, are expected."),
    "chooserTotal": _("{total} calls of scheduler.step(): {epochs} epochs × {updates} updates. Warmup: {warmup}."),
    "chooserTotalGraph": _(
        "{total} calls of the graph, each a step of the scheduler: {epochs} epochs × {updates} updates. Warmup: {warmup}."
    ),
    "chooserNothing": _("There is no update: the images of a process do not fill a batch."),
    "chooserUndrawn": _("This curve is drawn up to {most} steps; the code below holds for any number."),
    "chooserRecipe": _("The function in this code, what it is equal to and its traps: {recipe}"),
}
"""The texts that the chooser has besides, of the same kind."""

PLAYGROUND: Mapping[str, object] = {
    "exampleCompare": _("Three schedulers compared"),
    "exampleEpochs": _("Warmup and decay counted in epochs"),
    "exampleNoam": _("Noam, as a function of the step"),
    "examplePlateau": _("Two patiences on one metric"),
    "ported": _("As OneFlow code"),
    "portedCopy": _("Copy the OneFlow code"),
    "notPorted": _("This code gives no curve, or holds something that can't be written for OneFlow."),
}
"""The texts that the playground has besides, of the same kind."""


def texts() -> dict[str, str]:
    """Return all texts, and what the engine says in other words than its own, in the language of the build, by their keys."""
    return _built(STRINGS) | _built(CHOOSER) | _built(PLAYGROUND) | _said()


def scripts() -> dict[str, str]:
    """Return the JavaScript files, by their names, that bring the texts to a page: to one with explorers alone, to one with the chooser, and to the playground."""
    without = _built(STRINGS) | _said()
    more: dict[str, Mapping[str, object]] = {"explorer": {}, "chooser": CHOOSER, "playground": PLAYGROUND}
    return {f"{name}-strings.js": _script(without | _built(own)) for name, own in more.items()}


def _built(written: Mapping[str, object]) -> dict[str, str]:
    return {key: str(text) for key, text in written.items()}


def _said() -> dict[str, str]:
    """Return what the engine says in other words than the English that it brings itself."""
    translated = messages.translated().items()
    return {f"say_{key}": message for key, message in translated if message != messages.MESSAGES[key]}


def _script(texts: Mapping[str, str]) -> str:
    return f"window.lrdocStrings = {json.dumps(texts, ensure_ascii=False, indent=0)};\n"
