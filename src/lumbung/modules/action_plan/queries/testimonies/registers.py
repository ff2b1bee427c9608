"""The registers of a plan: legal products with the hash of their paper, and partnerships with what they brought."""

from collections.abc import Iterable, Iterator

from lumbung.core.base import clock
from lumbung.core.base.testimonies import Facts, Said, Testimony, Told, one_by_one, picked
from lumbung.modules.action_plan.events.legal import (
    LegalDocumentKept,
    LegalProductAdded,
    LegalProductEnacted,
    LegalProductPromulgated,
)
from lumbung.modules.action_plan.events.partnerships import PartnershipRealised, PartnershipRegistered
from lumbung.modules.action_plan.models import LegalProduct, Partnership
from lumbung.modules.action_plan.queries import told_words
from lumbung.modules.action_plan.queries.testimonies import words
from lumbung.modules.action_plan.queries.testimonies.gathered import Gathered

PRODUCT, PARTNERSHIP = "legal_product", "partnership"
State = LegalProduct.State


def _added(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "plan", "member", "kind", "about", "subject")
    nothing = dict.fromkeys(("number", "dated_on", "gazette", "promulgated_on", "document"), "")
    return _product(said), {**facts, **nothing, "state": State.DRAFT.value, "added_on": said.on}


def _enacted(said: Said) -> tuple[str, Facts]:
    facts = picked(said.data, "number", "dated_on", "jdih_url", document="sha256")
    return _product(said), {**facts, "state": State.ENACTED.value}


def _promulgated(said: Said) -> tuple[str, Facts]:
    return _product(said), {**picked(said.data, "gazette", "promulgated_on"), "state": State.PROMULGATED.value}


def _kept(said: Said) -> tuple[str, Facts]:
    return _product(said), picked(said.data, document="sha256")


def _product(said: Said) -> str:
    return f"{PRODUCT}:{said.data['product']}"


def _products(subject: str | None) -> Iterator[tuple[str, Facts]]:
    rows = LegalProduct.objects.select_related("member", "document")
    for each in rows if subject is None else rows.filter(pk=subject):
        facts = {
            "plan": each.plan_id,
            "member": each.member.organisation_id,
            "kind": each.kind,
            "about": each.about,
            "subject": each.subject,
            "state": each.state,
            "number": each.number,
            "dated_on": each.dated_on.isoformat() if each.dated_on else "",
            "document": each.document.sha256 if each.document else "",
            "gazette": each.gazette,
            "promulgated_on": each.promulgated_on.isoformat() if each.promulgated_on else "",
            "added_on": clock.local_day(each.added_at).isoformat(),
        }
        if each.state != State.DRAFT:  # a draft has no address yet
            facts["jdih_url"] = each.jdih_url
        yield f"{PRODUCT}:{each.pk}", facts


def _agreed(events: Iterable[Said]) -> Iterator[Told]:
    known = list(events)
    brought = Gathered(
        [said for said in known if said.key == PartnershipRealised.key],
        row="partnership",
        told=("on", "realised_on"),
        known=("text_hash", "realisations"),
    )
    for said in known:
        name = f"{PARTNERSHIP}:{said.data['partnership']}"
        if said.key == PartnershipRealised.key:
            yield said, name, brought.add(said)
            continue
        facts = picked(said.data, "plan", "member", "kind", "number", "partner", "starts_on", "ends_on")
        told = picked(said.data, document="sha256", terms="terms_hash")
        yield said, name, {**facts, **told, "added_on": said.on, **brought.begun(str(said.data["partnership"]))}


def _partnerships(subject: str | None) -> Iterator[tuple[str, Facts]]:
    rows = Partnership.objects.select_related("member", "document").prefetch_related("realisations")
    for each in rows if subject is None else rows.filter(pk=subject):
        brought = each.realisations.all()
        hashes = (dict(words.fact("", one.text, each.salt, is_hidden=False)) for one in brought)
        yield (
            f"{PARTNERSHIP}:{each.pk}",
            {
                "plan": each.plan_id,
                "member": each.member.organisation_id,
                "kind": each.kind,
                "number": each.number,
                "partner": each.organisation_id or "",
                "starts_on": each.starts_on.isoformat(),
                "ends_on": each.ends_on.isoformat(),
                "document": each.document.sha256 if each.document else "",
                "added_on": clock.local_day(each.added_at).isoformat(),
                **dict(words.fact("terms", told_words.terms(each), each.salt, is_hidden=False)),
                "realised_on": sorted(one.on.isoformat() for one in brought),
                "realisations": sorted(one[""] for one in hashes),
            },
        )


TESTIMONIES = (
    Testimony(
        PRODUCT,
        (LegalProductAdded.key, LegalProductEnacted.key, LegalProductPromulgated.key, LegalDocumentKept.key),
        one_by_one(
            {
                LegalProductAdded.key: _added,
                LegalProductEnacted.key: _enacted,
                LegalProductPromulgated.key: _promulgated,
                LegalDocumentKept.key: _kept,
            }
        ),
        _products,
        again=frozenset({LegalDocumentKept.key}),
    ),
    Testimony(
        PARTNERSHIP,
        (PartnershipRegistered.key, PartnershipRealised.key),
        _agreed,
        _partnerships,
        again=frozenset({PartnershipRealised.key}),
    ),
)
