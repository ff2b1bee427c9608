"""The writing actions about packages and resources. Every one writes a draft, and none publishes.

The text of each is what help_show answers.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lumbung.core.base.errors import Refused
from lumbung.core.files import spooling
from lumbung.modules.open_data.actions import datasets, packages, sent_tables, tables, workflow
from lumbung.modules.open_data.api import ckan_parts
from lumbung.modules.open_data.api.ckan_access import Call
from lumbung.modules.open_data.api.ckan_parts import Sent
from lumbung.modules.open_data.ckan import forbidden, invalid, not_found, wrong
from lumbung.modules.open_data.models import Dataset, Draft
from lumbung.modules.open_data.queries import draft_packages, resource_ids
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.queries.packages import uuid_of
from lumbung.modules.open_data.schemas import ckan as read
from lumbung.modules.open_data.schemas.ckan_bodies import UPLOAD

# As CKAN says it: clients look for these words.
TAKEN = "That URL is already in use."
TITLE_MOST, NOTE_MOST = 200, 300


def package_create(call: Call) -> Any:
    """A new dataset as a draft.

    Parameters: name, title, owner_org, notes, tags, groups, license_id, maintainer, maintainer_email, extras,
    resources.
    """
    params, name = call.params, read.needed(call.params, "name")
    _refuse_other_agency(call)
    _refuse_name(call, name)
    told = {"title": name, **params}
    empty: Mapping[str, Any] = {"dataset": {}, "activity": {}}
    sent = ckan_parts.parts_of(told, told=empty, portal=call.portal, is_whole=True)
    if not sent.dataset["title"]["id"]:
        raise invalid("title", _("Missing value"))
    titles = _new_resources(call)
    try:
        draft = packages.create_package(
            portal=call.portal,
            producer=call.key.organisation,
            key=name,
            parts=_parts(sent),
            tables=titles,
            by=call.by,
            now=call.now,
        )
    except Refused as refused:
        raise _about_name(refused) from refused
    return draft_packages.package(draft, call.scope, ignored=sent.ignored)


def _refuse_name(call: Call, name: str) -> None:
    try:
        datasets.refuse_key(call.portal, name)
    except Refused as refused:
        raise _about_name(refused) from refused


def _about_name(refused: Refused) -> Exception:
    return wrong({"name": [TAKEN]}) if refused.code == "dataset-key-taken" else refused


def package_update(call: Call) -> Any:
    """Write the draft of a dataset anew: what is not sent is emptied, but for extras and resources.

    Parameters: id, and those of package_create.
    """
    return _rewritten(call, is_whole=True)


def package_patch(call: Call) -> Any:
    """Write what is sent into the draft of a dataset. Parameters: id, and any of package_create."""
    return _rewritten(call, is_whole=False)


def _rewritten(call: Call, *, is_whole: bool) -> Any:
    dataset = call.dataset(_wanted(call))
    _refuse_other_agency(call)
    name = read.text(call.params, "name")
    if name and name not in {dataset.name, str(dataset.pk)}:
        raise invalid("name", _("The address of a dataset never changes."))
    titles, ignored = _new_resources(call), list[str]()

    def parts_of(draft: Draft) -> packages.Parts:
        sent = ckan_parts.parts_of(call.params, told=draft.metadata, portal=dataset.portal, is_whole=is_whole)
        ignored[:] = sent.ignored
        return _parts(sent)

    draft = packages.write_package(dataset=dataset, parts_of=parts_of, tables=titles, by=call.by, now=call.now)
    return draft_packages.package(draft, call.scope, ignored=ignored)


def package_delete(call: Call) -> Any:
    """Give up the draft of a dataset. What is published is withdrawn by people only. Parameters: id."""
    dataset = call.dataset(_wanted(call))
    draft = known.open_draft_of(dataset)
    if draft is None:
        raise forbidden(
            _("What is published is withdrawn by the data steward, with a public reason. There is no draft to give up.")
        )
    datasets.discard_draft(draft=draft, by=call.by, now=call.now)
    return None


def draft_submit(call: Call) -> Any:
    """Hand a draft to those who check it; an action of this installation. Parameters: id, note, release_on."""
    draft = known.open_draft_of(call.dataset(_wanted(call)))
    if draft is None:
        raise not_found(_("there is no open draft"))
    current = workflow.submit(
        draft=draft,
        seen=draft.version,
        note=_note(call),
        release_on=_day(call, "release_on"),
        by=call.by,
        now=call.now,
    )
    return draft_packages.package(current, call.scope)


def resource_create(call: Call) -> Any:
    """A table in the draft of a dataset: a file, one from an address, or nothing yet.

    Parameters: package_id, name, upload or url.
    """
    dataset = call.dataset(read.needed(call.params, "package_id"))
    return _put(call, dataset, "", title_of(call.params) or _("Data"))


def resource_update(call: Call) -> Any:
    """Another name, another file for a table. Parameters: id, name, upload or url."""
    dataset, slug = resource_asked(call, "id")
    return _put(call, dataset, slug, title_of(call.params))


def _put(call: Call, dataset: Dataset, slug: str, title: str) -> Any:
    sent = call.params.get(UPLOAD)
    if sent:
        _refuse_no_file(sent)
    table = sent_tables.put_table(
        dataset=dataset,
        slug=slug,
        title=title,
        source=spooling.path_of(sent) if sent else None,
        name=(sent.name or "") if sent else "",
        address="" if sent else _address_of(call),
        by=call.by,
        now=call.now,
    )
    draft = known.open_draft_of(dataset)
    assert draft is not None
    current = draft.tables.select_related("kept_version").get(pk=table.pk)
    return draft_packages.resource(draft, current, call.scope)


def _address_of(call: Call) -> str:
    """Where a table is to be fetched from; an address of ours only comes back from whoever read it first."""
    address = read.text(call.params, "url")
    return "" if address.startswith(call.scope.root) else address


def resource_delete(call: Call) -> Any:
    """Take a table out of the draft; published releases keep it. Parameters: id."""
    dataset, slug = resource_asked(call, "id")
    sent_tables.drop_table(dataset=dataset, slug=slug, by=call.by, now=call.now)
    return None


def resource_asked(call: Call, name: str) -> tuple[Dataset, str]:
    """The dataset and slug of the table whose id was sent."""
    pk = uuid_of(read.needed(call.params, name))
    found = resource_ids.place_of(pk) if pk else None
    if found is None or (call.scope.portal is not None and found[0].portal_id != call.scope.portal.pk):
        raise not_found()
    return call.own(found[0]), found[1]


def _refuse_no_file(sent: Any) -> None:
    if not hasattr(sent, "temporary_file_path"):
        raise invalid(UPLOAD, _("Send the file as multipart/form-data."))
    if spooling.is_too_large(sent):
        raise invalid(UPLOAD, _("This file is larger than 300 MB. Split it, or send it as Parquet."))


def refuse_url(params: Mapping[str, Any]) -> None:
    """What a package announces is fetched by resource_create, one table a call."""
    if read.text(params, "url"):
        raise invalid("url", _("Send the address with resource_create: it fetches one table a call."))


def title_of(params: Mapping[str, Any]) -> str:
    """The name of a table, in one line; empty where none was sent."""
    title = read.text(params, "name")
    if len(title) > TITLE_MOST or not title.isprintable():
        raise invalid("name", _("Write at most %(most)s characters in one line.") % {"most": TITLE_MOST})
    return title


def _new_resources(call: Call) -> list[str]:
    """Names of the tables a package announces; those it has already are left as they are."""
    sent = read.structured(call.params, "resources")
    if not sent:
        return []
    if not isinstance(sent, list) or not all(isinstance(each, Mapping) for each in sent):
        raise invalid("resources", _("This takes a list of maps."))
    new = [each for each in sent[: tables.MOST_TABLES + 1] if not _is_known(call, each)]
    for each in new:
        refuse_url(each)
    return [title_of(each) or _("Data") for each in new]


def _is_known(call: Call, each: Mapping[str, Any]) -> bool:
    pk = uuid_of(read.text(each, "id"))
    found = resource_ids.place_of(pk) if pk else None
    return found is not None and found[0].producer_id == call.key.organisation_id


def _wanted(call: Call) -> str:
    return read.text(call.params, "id") or read.needed(call.params, "name")


def _refuse_other_agency(call: Call) -> None:
    wanted = read.text(call.params, "owner_org")
    if wanted and wanted != call.key.organisation_id:
        raise forbidden(_("This key writes for the agency %(code)s only.") % {"code": call.key.organisation_id})


def _parts(sent: Sent) -> packages.Parts:
    return {"dataset": sent.dataset, "activity": sent.activity}


def _note(call: Call) -> str:
    note = read.text(call.params, "note")
    if len(note) > NOTE_MOST:
        raise invalid("note", _("Shorten this to 300 characters."))
    return note


def _day(call: Call, name: str) -> date | None:
    value = read.text(call.params, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise invalid(name, _("Write the date as in 2026-11-26.")) from error
