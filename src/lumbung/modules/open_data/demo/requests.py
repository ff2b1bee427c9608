"""What people asked of the data desk of NTB, and what was made with its data; played once, through the actions."""

import tomllib
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lumbung.core.access.viewers import Viewer
from lumbung.core.events import registry
from lumbung.core.organisations.models import Organisation
from lumbung.core.portals.models import Portal
from lumbung.modules.open_data.actions import asking, asking_answers, asking_clearing, reuses
from lumbung.modules.open_data.actions.asking import Sender
from lumbung.modules.open_data.actions.asking_answers import Answer
from lumbung.modules.open_data.actions.reuses import Made
from lumbung.modules.open_data.models import Asking, Dataset, Reuse
from lumbung.modules.open_data.queries import releases
from lumbung.modules.open_data.queries.askings import Words

TEXTS = Path(__file__).parent / "texts" / "requests.toml"
NAMES = uuid.UUID("2b7a44d4-0f0e-4a5b-8c0e-7d1f5a3f9e21")
PORTAL = "ntb"
Told = Mapping[str, Any]


def play(*, viewer_of: Callable[[str], Viewer], now: datetime) -> None:
    """Everything of the file, oldest first; what is about a dataset that is not there is left out."""
    told = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    portal = Portal.objects.get(pk=PORTAL)
    datasets = {dataset.key: dataset for dataset in Dataset.objects.filter(portal=portal)}
    steward = viewer_of("walidata.ntb")
    with registry.telling_history():
        for each in told["askings"]:
            if not {each.get("dataset"), each.get("given")} - {None} - set(datasets):
                _ask(portal, each, datasets, steward, now)
        for each in told["reuses"]:
            if each["dataset"] in datasets:
                _hand_in(each, datasets[each["dataset"]], steward, now)


def _key(text: str) -> uuid.UUID:
    return uuid.uuid5(NAMES, text)


def _ask(portal: Portal, told: Told, datasets: Mapping[str, Dataset], steward: Viewer, now: datetime) -> None:
    moment = now - timedelta(days=told["days"])
    words = Words(told["text"], told.get("why", ""), told.get("where", ""))
    sent = asking.send(
        portal=portal,
        kind=Asking.Kind(told["kind"]),
        dataset=datasets.get(told.get("dataset", "")),
        words=words,
        sender=Sender(),
        draft_key=_key(told["text"]),
        now=moment,
    )
    if sent.is_new and not told.get("waits"):
        found = asking_clearing.clear(found=sent.asking, words=words, by=steward, now=moment)
        _go_on(found, told, datasets, steward, moment)


def _go_on(found: Asking, told: Told, datasets: Mapping[str, Dataset], steward: Viewer, moment: datetime) -> None:
    if "hand" in told:
        agency = Organisation.objects.get(pk=told["hand"])
        asking_answers.hand_to(found=found, agency=agency, by=steward, now=moment + timedelta(days=1))
    if "outcome" not in told:
        return
    later = moment + timedelta(days=told["after"])
    given = datasets.get(told.get("given", ""))
    answer = Answer(Asking.Outcome(told["outcome"]), told["answer"], told.get("law", ""), given)
    done = asking_answers.give_answer(found=found, answer=answer, by=steward, now=later)
    newest = releases.newest_of(done.dataset) if told.get("mended") and done.dataset else None
    if newest is not None:
        asking_answers.mark_mended(found=done, release=newest, by=steward, now=max(later, newest.published_at))


def _hand_in(told: Told, dataset: Dataset, steward: Viewer, now: datetime) -> None:
    moment = now - timedelta(days=told["days"])
    made = Made(told["title"], told["about"], told["address"], told["made_by"])
    reuse = reuses.hand_in(dataset=dataset, made=made, draft_key=_key(told["address"]), now=moment)
    if told.get("shown") and reuse.state == Reuse.State.WAITING:
        reuses.show(reuse=reuse, by=steward, now=moment + timedelta(days=1))
