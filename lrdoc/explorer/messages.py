"""What the explorer's engine says in its own words, beside what OneFlow and Python say.

The engine is generated with the English; a page shows the words of its language, which go through the message catalog ``lrdoc``.
What stands in braces is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping

from lrdoc.translation.words import N_, _

MESSAGES: Mapping[str, str] = {
    "notPython": N_("this is not Python"),
    "notUnderstood": N_("this is not understood"),
    "forPlayground": N_("only short code is read here; the playground reads this too"),
    "tabs": N_("this is not Python: tabs and blanks are mixed here, so that the depth of the line is not clear"),
    "noScheduler": N_("no scheduler was found in this code"),
    "noValue": N_("{name} has no value"),
    "foreign": N_("{name} is not OneFlow's"),
    "attribute": N_(".{name} is not understood here"),
    "operator": N_("the operator {sign} is not understood"),
    "unpacking": N_("unpacking with * or ** is not understood"),
    # How Python is read.
    "fullWidth": N_("Python does not take the character {character} ({code}) here; write {plain}"),
    "strangeCharacter": N_("Python does not take the character {character} ({code}) here"),
    "strangeSpace": N_("Python does not take the invisible character {code} here"),
    "changed": N_("what this may have changed is not known any more"),
    "stepped": N_("the learning rate after step() is not known here"),
    "changedLate": N_("what this uses changes after a step()"),
    "ends": N_("{name}() ends the program here: what follows is not run"),
    "exceptions": N_("this use of an exception is not understood"),
    "contexts": N_("what this context manager gives is not understood"),
    "generators": N_("functions with yield are not understood"),
    "decorators": N_("this decorator is not understood"),
    "bases": N_("what this class derives from is not understood"),
    "deciding": N_("a class with a method {name} of its own is not understood"),
    "whichOptimizer": N_("it is not known which optimizer {name} is"),
    "setOrder": N_("the order of a set is not known"),
    "format": N_("a format is not understood"),
    "slices": N_("slices are not understood"),
    "inTurn": N_(
        "each step is computed from the one before, or by a function of the code: of the {steps} steps the first {most} are shown"
    ),
    "assigning": N_("assigning to this is not understood"),
    "groups": N_("these param groups are not understood"),
    # Notes about optimizers and schedulers.
    "groupsUnknown": N_(
        "{name} may hold param groups with learning rates of their own; what is drawn is the rate of the optimizer"
    ),
    "rivals": N_(
        "{first} and {second} set the learning rates of the same optimizer: each is drawn as if it were alone, and in training each writes over what the other has set or, as ReduceLROnPlateau does, goes on from it"
    ),
    "shared": N_(
        "a function here uses what another scheduler changes: in which order the training steps them is not known"
    ),
    "lost": N_(
        "what {name}() sets is not known, so nothing after it is drawn: assign the values by their names instead"
    ),
    "patched": N_("a change of {name} itself is not carried out: derive a class from it instead"),
    "handed": N_("{name}() is not known here: it is taken to leave {object} as it is"),
    "handedAll": N_("what {name} holds is not known: its import * is taken to leave OneFlow's names as they are"),
    "returned": N_("a return outside of functions: this is read as a part of a function"),
    "resumed": N_("the loaded state is not used: what is drawn is a training from its beginning"),
    "metricsGiven": N_(
        "{name} is drawn with the metric above the curve, not with the values that the code gives it here"
    ),
    "byHand": N_("the training sets a learning rate by hand here, which is not drawn"),
    "groupsLater": N_("whether and when param groups are added here is not known: they are not drawn"),
    # Notes about code of other libraries.
    "torchRead": N_("this is PyTorch code: its schedulers and optimizers are read as OneFlow's"),
    "torchOwn": N_("{name} is written for PyTorch: its get_lr() is called as PyTorch calls it, which OneFlow does not"),
    "torchRenamed": N_("{parameter} of PyTorch's {name} is called {other} in OneFlow"),
    "torchSet": N_("OneFlow's {name} does as PyTorch's with {parameter}={value}, which is therefore set"),
    "torchArgument": N_("PyTorch's {name} has no {parameter}"),
    "torchFails": N_("in PyTorch, {name} raises an error with these arguments"),
    "torchLeftOut": N_("{parameter} is left out: OneFlow's {name} has none, and no learning rate depends on it"),
    "torchPorted": N_(
        "OneFlow 0.9.0 has no {name}: what is drawn is a LambdaLR with the same learning rates, and the OneFlow code has its source"
    ),
    "torchStandIn": N_("OneFlow 0.9.0 has no {name}: {other} stands in its place, as the learning rates are the same"),
    "timmEpochs": N_(
        "timm's {name} is told each step: what is drawn has one epoch a step, with step(epoch + 1) after epoch 0, 1, ...; in OneFlow, write step() there"
    ),
    "timmUpdates": N_(
        "timm's {name} is told each step: what is drawn has one update a step, with step_update(n) after the n-th; in OneFlow, write step() there"
    ),
    "timmLacks": N_("timm's {name} is not drawn; OneFlow's {other} can do its work"),
    "timmFactory": N_(
        "what timm's {name}() makes is not drawn: write the scheduler itself, such as CosineLRScheduler(optimizer, t_initial=50)"
    ),
    "torchDiffers": N_("in PyTorch, {name} has another learning rate with these arguments from step {step} on"),
    "torchMayDiffer": N_("in PyTorch, {name} may have other learning rates with these arguments"),
    "modelsStandIn": N_("the models in this code stand for yours"),
    "needsMetrics": N_("{name} needs metrics"),
    "complex": N_("the learning rate becomes {value}, a complex number"),
    "noNumber": N_("the learning rate becomes {value}, no number"),
    "takesLong": N_("this takes too long to compute"),
    "tooLarge": N_("this is too large to compute"),
    "callsDeep": N_("calls stand in each other more than {most} deep"),
    "levelsDeep": N_("this stands more than {most} levels deep"),
    "manyBits": N_("an integer here has more than {most} bits"),
    "manyDigits": N_("this number has more than {most} digits"),
    "manyCurves": N_("this makes more than {most} curves"),
    "manyOptimizers": N_("this makes more than {most} optimizers"),
    "manySchedulers": N_("this makes more than {most} schedulers"),
    "manyCharacters": N_("the code has more than {most} characters"),
    "isText": N_("the code must be a text"),
    "isSteps": N_("steps must be an integer from 1 to {most}"),
    "isLr": N_("lr must be a number"),
    "isMetrics": N_("metrics must be a list of numbers"),
    "isNames": N_("names must have numbers, texts, flags or lists of them as values"),
}
"""The English messages by their keys."""


def translated() -> dict[str, str]:
    """Return the messages in the language of the build, by their keys."""
    return {key: str(_(message)) for key, message in MESSAGES.items()}
