"""A dataset brought and published, by everyone whose turn it is."""

from tests.cast import NOW

from lumbung.modules.open_data.actions import publishing, workflow
from lumbung.modules.open_data.models import Dataset
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.tests import bringing


def published(people, tmp_path, *, access="open", now=NOW, **more):
    """Its first release."""
    draft = bringing.ready(people, tmp_path, **more)
    Dataset.objects.filter(pk=draft.dataset_id).update(access=access)
    return release_of(people, draft, now=now)


def release_of(people, draft, *, now=NOW):
    """What a draft that is ready for it becomes."""
    current = known.open_draft_of(draft.dataset)
    submitting = {"seen": current.version, "note": "", "release_on": None}
    workflow.submit(draft=current, by=people.viewer("produsen.ntb"), now=now, **submitting)
    for name in ("pendukung.ntb", "walidata.ntb"):
        current = known.open_draft_of(draft.dataset)
        workflow.pass_draft(draft=current, seen=current.version, by=people.viewer(name), now=now)
    return publishing.publish(draft=known.open_draft_of(draft.dataset), by=people.viewer("walidata.ntb"), now=now)
