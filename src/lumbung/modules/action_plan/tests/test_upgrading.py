"""An installation of before is brought up to date once: monitors get their part where nothing is in doubt."""

import pytest
from django.test import Client
from tests.cast import NOW

from lumbung.core.base.errors import NotPermitted
from lumbung.core.log import verification
from lumbung.core.search.models import IndexRow
from lumbung.modules.action_plan import permissions
from lumbung.modules.action_plan.actions import monitor_parts
from lumbung.modules.action_plan.jobs import upgrading
from lumbung.modules.action_plan.models import Partner, Plan
from lumbung.modules.action_plan.queries import monitor_parts as known
from lumbung.modules.action_plan.tests import talk

pytestmark = pytest.mark.django_db


def test_of_a_plan_of_several_governments_the_desk_asks_and_the_chair_says_whose_part(people):
    plan = Plan.objects.get(pk="ntb-ksb-2021-2023")
    partner = plan.partners.filter(role="monitor").first()
    Partner.objects.filter(pk=partner.pk).update(member=None)
    assert monitor_parts.name_what_is_plain(now=NOW) == 0
    client = Client()
    client.force_login(people.account("ketua.ksb"))
    desk = client.get(f"/ksb/rencana-aksi/kelola/{plan.pk}/pemantauan/").content.decode()
    assert f"pemantauan/{partner.pk}/ksb/" in desk
    assert f"pemantauan/{partner.pk}/ntb/" not in desk
    ksb, unnamed = plan.members.get(organisation_id="ksb"), known.unnamed_by_id(plan, partner.pk)
    with pytest.raises(NotPermitted):
        monitor_parts.name_part(partner=unnamed, member=ksb, by=people.viewer("ketua.ntb"), now=NOW)
    monitor_parts.name_part(partner=unnamed, member=ksb, by=people.viewer("ketua.ksb"), now=NOW)
    assert partner.organisation_id in permissions.monitors_of(plan, ksb)
    assert verification.verify().faults == []


def test_a_plan_of_one_government_leaves_no_doubt_and_everything_of_before_is_found(people):
    idea = talk.idea(people)
    plan = Plan.objects.get(pk=idea.plan_id)
    plan.members.exclude(organisation_id="ntb").delete()
    partner = Partner.objects.create(plan=plan, organisation_id="fitra-ntb", role="monitor", position=1)
    IndexRow.objects.all().delete()
    upgrading.bring_up_to_date()
    partner.refresh_from_db()
    assert partner.member.organisation_id == "ntb"
    assert {"idea", "commitment"} <= set(IndexRow.objects.values_list("kind", flat=True))
