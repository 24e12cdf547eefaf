"""Learning rates, and trainings, as figures with a text alternative; what readers' scripts import as ``lrdoc.figure``."""

from lrdoc.figure.comparison import differences, overlaid
from lrdoc.figure.curves import LearningRateFigure, compare, curve, plateau, sweep, thumbnail
from lrdoc.figure.training import Course, courses

__all__ = [
    "Course",
    "LearningRateFigure",
    "compare",
    "courses",
    "curve",
    "differences",
    "overlaid",
    "plateau",
    "sweep",
    "thumbnail",
]
