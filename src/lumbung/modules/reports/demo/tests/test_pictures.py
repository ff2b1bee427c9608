"""The drawn pictures of the demonstration."""

import pytest

from lumbung.core.files import decoding
from lumbung.modules.reports.demo import pictures


@pytest.mark.parametrize("key", sorted(pictures.SCENES))
def test_each_scene_is_a_photo_like_any_other_and_differs_before_and_after(key):
    before, after = (pictures.draw(key, moment=moment, seed=3) for moment in ("before", "after"))
    assert before != after
    assert decoding.clean_photo(before).display.width == pictures.WIDTH


def test_the_same_seed_draws_the_same_picture():
    assert pictures.draw("road", moment="before", seed=5) == pictures.draw("road", moment="before", seed=5)
    assert pictures.draw("road", moment="before", seed=5) != pictures.draw("road", moment="before", seed=6)
