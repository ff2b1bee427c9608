"""Reasons and notes everybody reads hold no personal data."""

import pytest
from tests.cast import NOW

from lumbung.core.base.errors import Refused
from lumbung.modules.open_data.actions import agreeing, data_lists, withdrawing, workflow
from lumbung.modules.open_data.models import Amendment, Draft, Release
from lumbung.modules.open_data.queries import data_lists as lists
from lumbung.modules.open_data.tests import bringing, planning, publishing

pytestmark = pytest.mark.django_db
TOLD = "Atas permintaan Siti, hubungi 081234567890."


def test_no_withdrawal_tells_whom_it_is_about(people, tmp_path):
    release = publishing.published(people, tmp_path)
    told = {"reason": TOLD, "by": people.viewer("walidata.ntb"), "now": NOW}
    with pytest.raises(Refused, match="personal-data-for-the-public"):
        withdrawing.withdraw_release(release=release, **told)
    with pytest.raises(Refused, match="personal-data-for-the-public"):
        withdrawing.withdraw_dataset(dataset=release.dataset, **told)
    assert Release.objects.get().withdrawn_at is None


def test_no_note_of_a_release_holds_personal_data(people, tmp_path):
    draft, by = bringing.ready(people, tmp_path), people.viewer("produsen.ntb")
    with pytest.raises(Refused, match="personal-data-for-the-public"):
        workflow.submit(draft=draft, seen=draft.version, note=TOLD, release_on=None, by=by, now=NOW)
    assert Draft.objects.get().state == "draft"


def test_no_reason_beside_a_row_of_the_list_holds_personal_data(people):
    data_list, forum = planning.opened(people), people.viewer("forum.data.ntb")
    row = planning.proposed(people, data_list)
    with pytest.raises(Refused, match="personal-data-for-the-public"):
        data_lists.leave_out_row(row=row, reason=TOLD, by=forum, now=NOW)
    planning.agreed(people, data_list)
    with pytest.raises(Refused, match="personal-data-for-the-public"):
        agreeing.drop_by_amendment(row=lists.row_at(data_list, 1), reason=TOLD, by=forum, now=NOW)
    assert not Amendment.objects.exists()
