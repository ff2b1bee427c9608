"""A stage with everything there is left; take any one item away, and it is named, alone."""

from collections.abc import Callable

import pytest
from tests.cast import NOW, Cast

from lumbung.core.base import clock
from lumbung.modules.action_plan import states
from lumbung.modules.action_plan.models import (
    Attendance,
    DraftVersion,
    Endorsement,
    Freeze,
    Idea,
    LegalProduct,
    Material,
    Meeting,
    Seat,
    StageDate,
)
from lumbung.modules.action_plan.queries import stages as standings
from lumbung.modules.action_plan.tests import enacted, talk
from lumbung.modules.action_plan.tests import stage as here

pytestmark = pytest.mark.django_db
SEATS = (
    ("ntb-bappeda", "government", "member"),
    ("somasi-ntb", "civil_society", "member"),
    ("fitra-ntb", "civil_society", "monitor"),
)


def orientation(_people: Cast) -> None:
    here.held_meeting("orientation")


def secretariat(_people: Cast) -> None:
    decree = here.decree("secretariat")
    Seat.objects.filter(member=here.member()).update(decree=decree)
    seat = here.seat("ntb-bappeda", "government", "secretariat")
    Seat.objects.filter(pk=seat.pk).update(decree=decree)


def working_team(_people: Cast) -> None:
    for institution, sector, duty in SEATS:
        here.seat(institution, sector, duty)


def drafting_workshop(people: Cast) -> None:
    here.held_meeting("drafting_workshop")
    talk.idea(people)


def plan_workshop(people: Cast) -> None:
    enacted.frozen(people)
    here.held_meeting("plan_workshop")


def enactment(people: Cast) -> None:
    here.decree("enactment")
    made = enacted.enacted(people)
    Endorsement.objects.create(
        freeze=made.freeze,
        institution="Komunitas Warga",
        sector="community",
        manner="paper",
        on=NOW.date(),
        entered_at=NOW,
        entered_by=people.account("sekretariat.ntb"),
        member=here.member(),
    )


def without(model: type, **found: object) -> Callable[[], object]:
    return lambda: model.objects.filter(**found).delete()  # type: ignore[attr-defined]


def without_papers() -> None:
    """The decree is registered and its signed paper is not here."""
    LegalProduct.objects.update(document=None)


def emptied() -> None:
    """The draft of the commitment lost its milestones, as nothing of the house would let it once it is frozen."""
    version = DraftVersion.objects.get(draft__slug="jalan-terbuka")
    DraftVersion.objects.filter(pk=version.pk).update(body=version.body | {"milestones": []})


TAKEN_AWAY = [
    (orientation, without(StageDate, stage="public_test"), {"roadmap_published.public_test"}),
    (orientation, without(Attendance), {"meeting_documented"}),
    (orientation, without(Material), {"meeting_documented"}),
    (secretariat, without_papers, {"decree_registered.secretariat.document"}),
    (secretariat, without(Seat, duty="secretariat"), {"members_public.secretariat"}),
    (secretariat, lambda: Seat.objects.filter(duty="secretariat").update(decree=None), {"members_public.decree"}),
    *(
        (working_team, without(Seat, organisation=SEATS[at][0]), {code})
        for at, code in enumerate(
            ("government_and_civil_seats.government", "government_and_civil_seats.outside", "monitor_named")
        )
    ),
    (drafting_workshop, lambda: Meeting.objects.update(invited_at=NOW), {"notice_shared_before"}),
    (drafting_workshop, without(Idea), {"ideas_numbered"}),
    (plan_workshop, without(Freeze), {"draft_frozen"}),
    (plan_workshop, emptied, {"commitments_complete"}),
    (
        plan_workshop,
        lambda: Meeting.objects.update(state="cancelled", cancelled_reason="Gempa."),
        {"meeting_documented"},
    ),
    (enactment, without(Endorsement), {"endorsed_by_non_government.ntb"}),
    (enactment, without_papers, {"decree_registered.enactment.document"}),
]


def missing(stage: str) -> list[str]:
    found = states.templates()["province-eight"].stage(stage)
    return [each.code for each in standings.missing_of(here.plan(), here.member(), found, today=clock.local_day(NOW))]


@pytest.mark.parametrize(("complete", "take_away", "named"), TAKEN_AWAY)
def test_each_item_taken_from_a_complete_stage_is_named_and_nothing_else(
    people: Cast, complete: Callable[[Cast], None], take_away: Callable[[], object], named: set[str]
):
    complete(people)
    assert missing(complete.__name__) == []
    take_away()
    found = missing(complete.__name__)
    assert found
    assert {next((name for name in named if code.startswith(name)), code) for code in found} == named
