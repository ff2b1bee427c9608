"""Every file for OGP of a plan with nine commitments, and finding a changed byte in it.

Run: python -m benchmarks.plan_files
Prints seconds; the peer is one PDF of one page made the same way in the same run. Limit: ten seconds for all files.
"""

import os
import sys
import tempfile
import time
from datetime import date, timedelta
from typing import Any

LIMIT_SECONDS = 10.0
MEMBERS = {"ntb": 3, "ksb": 6}
MILESTONES = 5
SENTENCE_ID = (
    "Warga di kecamatan yang jauh dari pusat pemerintahan belum mengetahui siapa yang menindaklanjuti laporannya. "
)
SENTENCE_EN = "Residents of districts far from the seat of government do not know who acts on what they report. "
HEADS = {"ntb": "gubernur.ntb", "ksb": "bupati.ksb"}


def text(sentences: int) -> dict[str, str]:
    """Words of a real length in both languages."""
    return {"id": (SENTENCE_ID * sentences).strip(), "en": (SENTENCE_EN * sentences).strip()}


def body() -> dict[str, Any]:
    """A commitment as long as those of 2021: about 1,800 words in both languages."""
    from lumbung.modules.action_plan import shape  # noqa: PLC0415

    texts = {field.key: text(8 if field.kind == "text" else 1) for field in shape.COMMITMENT if field.is_text}
    begin = date(2027, 1, 1)
    return (
        shape.empty_body("commitment")
        | texts
        | {
            key: {"id": "Jalan terbuka bagi semua", "en": "Open roads for all"}
            for key in ("short", "policy_area", "sector")
        }
        | {"title": text(1), "measure": text(1)}
        | {"values": ["public_accountability", "civic_participation"], "indicators": ["reports.on_time_share"]}
        | {
            "institutions": [
                {"code": "ntb-diskominfotik", "role": "lead"},
                {"code": "somasi-ntb", "role": "civil_society"},
            ]
        }
        | {"starts_on": "2027-01-01", "ends_on": "2029-12-31"}
        | {
            "milestones": [
                {
                    "number": number + 1,
                    **{key: text(1) for key in shape.MILESTONE_TEXTS},
                    "starts_on": (begin + timedelta(days=180 * number)).isoformat(),
                    "due_on": (begin + timedelta(days=180 * (number + 1))).isoformat(),
                    "owner": "ntb-diskominfotik",
                }
                for number in range(MILESTONES)
            ]
        }
    )


def build() -> Any:
    """The demonstration's plan with nine commitments, frozen and enacted by both members."""
    from django.core.management import call_command  # noqa: PLC0415

    from lumbung.core.access import queries as access  # noqa: PLC0415
    from lumbung.core.access.models import Account  # noqa: PLC0415
    from lumbung.core.base import clock  # noqa: PLC0415
    from lumbung.modules.action_plan.actions import drafting, enactment  # noqa: PLC0415
    from lumbung.modules.action_plan.demo.plan import KEY  # noqa: PLC0415
    from lumbung.modules.action_plan.models import LegalProduct, Plan, StagePassage  # noqa: PLC0415
    from lumbung.modules.action_plan.queries import drafted_record, stages  # noqa: PLC0415
    from lumbung.modules.action_plan.queries import enactment as enactments  # noqa: PLC0415
    from lumbung.site import demo  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    now = clock.now()
    demo.load(now=now, say=lambda _text: None)

    def viewer(name: str) -> Any:
        return access.viewer_for(Account.objects.get(email=f"{name}@contoh.id"), day=clock.local_day(now))

    plan = Plan.objects.get(pk=KEY)
    secretariat = viewer("sekretariat.ntb")
    narrative = plan.drafts.get(kind="plan")
    told = {key: text(4) for key in ("summary", "vision", "challenges", "achievements", "engagement")}
    told["summary"] = text(1)
    whole = narrative.versions.get().body | told
    drafting.save_version(draft=narrative, body=whole, seen=1, note="", by=secretariat, now=now)
    for member in plan.members.select_related("organisation", "plan"):
        code = member.organisation_id
        for number in range(MEMBERS[code]):
            drafting.begin_commitment(
                member=member, slug=f"{code}-{number}", body=body(), by=viewer(f"sekretariat.{code}"), now=now
            )
        frozen = drafting.freeze(member=member, note="", by=viewer(f"sekretariat.{code}"), now=now)
        stage = enactments.stage_of_enactment(member)
        for each in stages.track_standing(plan, member).stages:
            if stage is None or each.stage.key == stage.key:
                break
            StagePassage.objects.create(
                plan=plan, track=code, stage=each.stage.key, passed_at=now, passed_by=secretariat.account
            )
        decree = LegalProduct.objects.create(
            plan=plan,
            member=member,
            kind="decree",
            about="enactment",
            state="enacted",
            number="1",
            dated_on=clock.local_day(now),
            subject="Penetapan",
            added_at=now,
        )
        seen = drafted_record.record_sha256(enactments.record_to_enact(frozen))
        enactment.enact(member=member, decree=decree, seen_sha256=seen, by=viewer(HEADS[code]), now=now)
    return plan, secretariat, now


def main() -> int:
    """Build the plan in a temporary home and measure."""
    from lumbung.core.log import claims  # noqa: PLC0415
    from lumbung.core.web import documents  # noqa: PLC0415
    from lumbung.modules.action_plan.actions import submission  # noqa: PLC0415
    from lumbung.modules.reports.pages.summaries import TYPST  # noqa: PLC0415

    plan, by, now = build()
    documents.fonts()
    page = {"title": "x", "subtitle": "x", "publisher": "x", "language": "id", "head": ["x"], "rows": [["x"]]}
    page |= {"notes_title": "x", "notes": ["x"], "page_word": "x"}
    begun = time.perf_counter()
    documents.pdf(TYPST, page)
    peer = time.perf_counter() - begun
    begun = time.perf_counter()
    made = submission.make_exports(plan=plan, by=by, now=now)
    ours = time.perf_counter() - begun
    print(f"{len(made)} files, {sum(len(each.content) for each in made):,} bytes: {ours:.2f} s")
    print(f"one PDF of one page: {peer:.2f} s; ratio {ours / peer:.1f}")
    begun = time.perf_counter()
    compared = [*claims.compare_texts(), *claims.compare_every_row()]
    print(f"{len(compared)} texts compared with the log: {(time.perf_counter() - begun) * 1000:.0f} ms")
    return 0 if ours < LIMIT_SECONDS and all(each.matches for each in compared) else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as home:
        os.environ.update(
            LUMBUNG_HOME=home, LUMBUNG_ENV="demo", DJANGO_SETTINGS_MODULE="lumbung.site.settings", DATABASE_URL=""
        )
        import django

        django.setup()
        sys.exit(main())
