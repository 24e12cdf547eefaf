"""LambdaLR: the base learning rate times any function of the step."""

from oneflow.optim.lr_scheduler import LambdaLR

from lrdoc.describe.domain import Function, Lambda
from lrdoc.describe.entry import Entry, Preset
from lrdoc.describe.formula import ClosedForm, applied, base_lr, parameter, step

FUNCTIONS = (
    "lambda step: 0.95 ** step",
    "lambda step: min((step + 1) / 10, 1.0)",
    "lambda step: min((step + 1) ** -0.5, (step + 1) * 10 ** -1.5)",
    "lambda step: 1 / (1 + 0.1 * step)",
)

ENTRY = Entry(
    cls=LambdaLR,
    family="driven",
    domains={"lr_lambda": Function(FUNCTIONS)},
    closed_form=ClosedForm(base_lr * applied(parameter("lr_lambda"), step)),
    presets=(Preset({"lr_lambda": Lambda(FUNCTIONS[0])}, steps=40),),
    sweeps={"lr_lambda": tuple(map(Lambda, FUNCTIONS))},
)
