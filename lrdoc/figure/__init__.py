"""Learning rates, and trainings, as figures with a text alternative; what readers' scripts import as ``lrdoc.figure``."""

from lrdoc.figure.comparison import differences, overlaid
from lrdoc.figure.curves import LearningRateFigure, compare, curve, plateau, sweep, thumbnail
from lrdoc.figure.rates import loss_by_rate
from lrdoc.figure.training import Course, courses

__all__ = [
    "Course",
    "LearningRateFigure",
    "compare",
    "courses",
    "curve",
    "differences",
    "loss_by_rate",
    "overlaid",
    "plateau",
    "sweep",
    "thumbnail",
]
