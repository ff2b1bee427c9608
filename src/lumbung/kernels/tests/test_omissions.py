"""A text with parts left out says nothing its writer did not write."""

import pytest

from lumbung.kernels.omissions import only_omits

SENT = "Permasalahan perlu menyebut aduan Pak Budi, 0812 3450 9876, yang tidak dijawab."


@pytest.mark.parametrize(
    "shown",
    [
        SENT,
        "Permasalahan perlu menyebut aduan Pak •••, •••, yang tidak dijawab.",
        "Permasalahan perlu\n menyebut aduan […] yang tidak dijawab.",
        "••• yang tidak dijawab.",
        "Permasalahan perlu menyebut aduan […]",
        "•••",
    ],
)
def test_parts_may_be_left_out_where_a_mark_stands(shown):
    assert only_omits(SENT, shown)


@pytest.mark.parametrize(
    "shown",
    [
        "Permasalahan sudah baik dan tidak perlu diubah.",
        "Permasalahan perlu menyebut aduan yang tidak dijawab.",
        "Permasalahan perlu menyebut aduan ••• yang dijawab.",
        "••• yang tidak dijawab. ••• Permasalahan perlu",
        "Permasalahan ••• dan baik ••• dijawab.",
        "••• Permasalahan perlu menyebut aduan Pak Budi, 0812 3450 9876, yang tidak dijawab. Permasalahan •••",
        "",
    ],
)
def test_nothing_is_put_in_changed_moved_or_left_out_unmarked(shown):
    assert not only_omits(SENT, shown)


def test_a_piece_is_not_used_twice():
    assert not only_omits("satu dua", "satu dua ••• dua")
