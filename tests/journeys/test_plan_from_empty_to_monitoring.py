"""A plan of the province goes from nothing through its eight stages to submission and monitoring, by everybody's hands.

Before each gate the desk names what is missing, and each sentence leads to the page on which it is brought.
"""

import pytest

from tests.journeys import planning_stages as stages
from tests.journeys.planning import Person, Worker
from tests.journeys.planning_text import SHORT
from tests.journeys.visitor import DESKTOP, PHONE

pytestmark = pytest.mark.journey
# Two minutes of a whole browser each: the gates themselves are proven one by one in test_requirements.
LOOKS = [
    # With pictures once: a story this long pays for each of them.
    pytest.param(screen, language, pictures, id=f"{name}-in-{tongue}", marks=pytest.mark.heavy)
    for name, screen in (("phone", PHONE), ("desktop", DESKTOP))
    for tongue, language in (("indonesian", "id"), ("english", "en"))
    for pictures in (name == "desktop" and language == "en",)
]


@pytest.mark.parametrize(("screen", "language", "pictures"), LOOKS)
def test_a_plan_goes_from_nothing_to_monitoring(visitor, turning, screen, language, pictures):
    look = {"screen": screen, "language": language, "pictures": pictures, "seen": set()}

    def window(name):
        return visitor(at=turning, name=f"rad-{name}", **look)

    def worker(account):
        return Worker(window(account.split(".")[0]), turning, account)

    citizen, office, forum = Person(window("warga"), turning), worker("sekretariat.ntb"), worker("oms.ntb")
    chair, governor, monitor = worker("ketua.ntb"), worker("gubernur.ntb"), worker("pemantau.ksb")

    stages.orientation(office)
    stages.secretariat(office, citizen)
    stages.working_team(office, chair)
    stages.drafting_workshop(office, citizen)
    stages.plan_workshop(office)
    stages.public_test(office, citizen)
    stages.enactment(office, forum, governor)
    stages.submission(office, worker("nasional"))
    stages.implementation(office, monitor, worker("komitmen.ntb"), head := worker("kepala.komitmen.ntb"))
    stages.monitoring(office, monitor, head)

    citizen.opens("/ntb/rencana-aksi/")
    citizen.who.sees_heading(citizen.title)
    citizen.who.follows(SHORT)
    citizen.who.reads("Jadwal ditempel di 40 kantor desa")
