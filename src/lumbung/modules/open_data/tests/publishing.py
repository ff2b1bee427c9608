"""A release at the end of the whole road, for tests that only read."""

from tests.cast import NOW

from lumbung.modules.open_data.actions import publishing, workflow
from lumbung.modules.open_data.queries import drafts as known
from lumbung.modules.open_data.tests import bringing


def published(people, tmp_path, **more):
    """Brought, described, submitted, checked twice, published."""
    return release_of(people, bringing.ready(people, tmp_path, **more))


def release_of(people, draft):
    """What a draft that is ready for it becomes."""
    current = known.open_draft_of(draft.dataset)
    told = {"note": "", "release_on": None, "seen": current.version}
    workflow.submit(draft=current, by=people.viewer("produsen.ntb"), now=NOW, **told)
    for name in ("pendukung.ntb", "walidata.ntb"):
        current = known.open_draft_of(draft.dataset)
        workflow.pass_draft(draft=current, seen=current.version, by=people.viewer(name), now=NOW)
    ready = known.open_draft_of(draft.dataset)
    return publishing.publish(draft=ready, by=people.viewer("walidata.ntb"), now=NOW)
