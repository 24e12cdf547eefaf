"""Learning rates as figures with a text alternative; what readers' scripts import as ``lrdoc.figure``."""

from lrdoc.figure.curves import LearningRateFigure, compare, curve, plateau, sweep, thumbnail

__all__ = ["LearningRateFigure", "compare", "curve", "plateau", "sweep", "thumbnail"]
