from __future__ import annotations

import pytest

from lrdoc.sphinxext import described


def test_schedulers_and_recipes_are_found_by_their_names() -> None:
    assert described.get("step_lr").cls.__name__ == "StepLR"
    assert described.get("noam").cls.__name__ == "noam"
    assert (described.page("step_lr"), described.page("noam")) == ("reference/step_lr", "recipes/noam")


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown scheduler 'nothing'"):
        described.get("nothing")
