"""What the people of the demonstration say of a commitment, for tests of monitoring."""

from datetime import date

from tests.cast import NOW

from lumbung.core.files import actions as files
from lumbung.core.files.fetching import Fetched, NotFetched
from lumbung.core.files.kinds import EVIDENCE
from lumbung.modules.action_plan.actions import assessing, evidence, reporting
from lumbung.modules.action_plan.actions.assessing import Ending, Inception
from lumbung.modules.action_plan.actions.evidence import EvidenceFacts
from lumbung.modules.action_plan.actions.reporting import ReportFacts
from lumbung.modules.action_plan.models import Term
from lumbung.modules.action_plan.queries import evidence as proofs
from lumbung.modules.action_plan.tests import stage as here

WORDS = "Batas waktu dihitung untuk setiap laporan sejak Januari."
TEXT = "tahap,hasil\nsatu,selesai\ndua,selesai\n"


def term(key, scale=Term.Scale.COMPLETION):
    return Term.objects.get(scale=scale, key=key)


def monitored_by(organisation, care):
    """The organisation monitors that member's part of the plan, as the tests of the province need one."""
    return here.seated(
        plan=care.plan,
        member=care.member,
        organisation_id=organisation,
        sector="academia",
        duty="monitor",
        since=date(2026, 3, 2),
    )


def report(people, care, completion="substantial", named=(), *, now=NOW, words=WORDS, quarter=(2025, 4), **more):
    facts = ReportFacts(*quarter, term(completion), words, evidence=list(named), **more)
    return reporting.write_self_report(commitment=care, facts=facts, by=people.viewer("komitmen.ntb"), now=now)


def approve(people, written, *, by="kepala.komitmen.ntb", approved=True, note="", now=NOW):
    viewer = people.viewer(by)
    return reporting.decide_self_report(report=written, approved=approved, note=note, by=viewer, now=now)


def ending(completion="limited", named=(), lessons="", words="Rapor hanya terbit separuh tahun."):
    return Ending(term(completion), term("marginal", Term.Scale.OPENED), None, None, words, lessons, list(named))


def starting(ambition="binding"):
    novelty = term("continuation", Term.Scale.NOVELTY)
    return Inception(True, True, novelty, term(ambition, Term.Scale.AMBITION), "Tonggaknya dapat diperiksa.")


def assess(people, care, coding=None, *, by="pemantau.ksb", now=NOW):
    return assessing.assess(commitment=care, coding=coding or ending(), by=people.viewer(by), now=now)


def note(people, care, words="Kami mencoba 20 laporan; lima tidak dijawab.", by="oms.ntb"):
    return assessing.sign_note(commitment=care, words=words, by=people.viewer(by), now=NOW)


def named(
    people,
    care,
    *,
    by="komitmen.ntb",
    url="https://contoh.id/rapor",
    personal=False,
    content=None,
    title="Rapor bulanan",
):
    """Evidence at an address, captured when `content` says what stands there."""
    facts = EvidenceFacts(title, "open", personal, url)
    made = evidence.name_evidence(commitment=care, facts=facts, by=people.viewer(by), now=NOW)
    if content is not None:
        look(made, content)
    return made


def look(made, found, *, now=NOW):
    def fetch(_url):
        if isinstance(found, NotFetched):
            raise found
        return Fetched(found, "text/html", "https://contoh.id/rapor")

    return evidence.capture(evidence_id=str(made.pk), now=now, fetch=fetch)


def kept_document(people, care, text=TEXT, title="Rekap"):
    written = files.write_document(text.encode(), accepted=EVIDENCE)
    facts = EvidenceFacts(title, "open", has_personal_data=False, written=written)
    return evidence.name_evidence(commitment=care, facts=facts, by=people.viewer("komitmen.ntb"), now=NOW)


def proof(made):
    return proofs.proof_by_id(str(made.pk))
