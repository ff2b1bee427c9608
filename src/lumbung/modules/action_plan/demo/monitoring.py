"""One story of good practice with live figures. No report and no assessment of the real plan is made up."""

from collections.abc import Callable
from datetime import datetime

from lumbung.core.access.viewers import Viewer
from lumbung.modules.action_plan.actions.practices import PracticeFacts, publish_practice
from lumbung.modules.action_plan.demo.plan import FOLLOWS
from lumbung.modules.action_plan.models import Commitment, GoodPractice

SLUG = "janji-jawaban"
TEXT_ID = (
    "NTB Care berjalan sejak 2018 dengan janji jawaban 1 jam untuk laporan mendesak, 24 jam untuk laporan penting, dan"
    " 48 jam untuk laporan biasa (lombokjournal.com, 16 Oktober 2018).\n"
    "Di situs contoh ini {reports.promise_kept_share} laporan dijawab dalam waktu yang dijanjikan, dan"
    " {reports.on_time_share} selesai dalam batas waktu. Angkanya berasal dari laporan contoh, bukan dari NTB Care"
    " sebenarnya.\n"
    "Yang dapat ditiru: janji dicatat pada setiap laporan saat diterima, sehingga siapa pun dapat menghitungnya lagi."
)
TEXT_EN = (
    "NTB Care has run since 2018 with a promised answer in 1 hour for urgent, 24 hours for important and 48 hours for"
    " ordinary reports (lombokjournal.com, 16 October 2018).\n"
    "On this demonstration site {reports.promise_kept_share} of reports were answered as promised, and"
    " {reports.on_time_share} were finished by their due date. The figures come from sample reports, not from the real"
    " NTB Care.\n"
    "What others can copy: the promise is written on each report when it arrives, so that anybody can count it again."
)


def tell(viewer_of: Callable[[str], Viewer], now: datetime) -> None:
    """Publish the story, once."""
    commitment = Commitment.objects.select_related("member__organisation").filter(plan=FOLLOWS, pk="ntb-care").first()
    if commitment is None or GoodPractice.objects.filter(slug=SLUG).exists():
        return
    facts = PracticeFacts(
        slug=SLUG,
        commitment=commitment,
        title_id="Janji jawaban 1, 24, dan 48 jam (contoh)",
        title_en="A promised answer in 1, 24 or 48 hours (sample)",
        text_id=TEXT_ID,
        text_en=TEXT_EN,
    )
    publish_practice(member=commitment.member, facts=facts, by=viewer_of("sekretariat.ntb"), now=now)
