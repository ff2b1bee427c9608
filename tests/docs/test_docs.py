"""The documentation is complete, current, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

from lumbung.core.events import registry as events
from lumbung.core.jobs import registry as jobs
from lumbung.site import environment, manifests, reference
from lumbung.site.commands import application

ROOT = environment.ROOT
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changes").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LARGEST_PICTURE_BYTES = 200_000
TWO_SCREENS = 80


def _page(name: str) -> str:
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


def test_generated_pages_say_what_the_code_declares():
    assert reference.outdated(application) == [], "run `lumbung docs`"


@pytest.mark.parametrize("variable", [variable.name for variable in environment.VARIABLES])
def test_every_setting_is_documented(variable):
    assert f"`{variable}`" in _page("settings.md")


def test_every_command_is_documented():
    names = [command.name or command.callback.__name__ for command in application.registered_commands]
    assert {"backup", "restore", "serve", "worker", "demo"} <= set(names)
    for name in names:
        assert f"## lumbung {name}\n" in _page("commands.md")


def test_every_event_job_dataset_indicator_role_and_verb_is_documented():
    declared = manifests.all_manifests()
    wanted = {
        "events.md": [event_type.event_class.key for event_type in events.all_types()],
        "jobs.md": [job_type.name for job_type in jobs.all_types()],
        "datasets.md": [dataset.key for manifest in declared for dataset in manifest.datasets],
        "indicators.md": [indicator.key for manifest in declared for indicator in manifest.indicators],
        "roles.md": [role.key for manifest in declared for role in manifest.roles]
        + [verb.key for manifest in declared for verb in manifest.verbs],
    }
    missing = [f"{page}: {key}" for page, keys in wanted.items() for key in keys if f"`{key}`" not in _page(page)]
    assert missing == []


def test_every_job_says_what_it_does():
    assert [job_type.name for job_type in jobs.all_types() if not job_type.run.__doc__] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_documentation_lead_somewhere(page: Path):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _mark, anchor = target.partition("#")
        wanted = (page.parent / path).resolve() if path else page
        assert wanted.exists(), f"{page.name} → {target}"
        if anchor:
            assert anchor in _anchors(wanted), f"{page.name} → {target}"


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_can_be_reached_from_the_index():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    reached = {(ROOT / "docs" / target).resolve() for target in LINK.findall(index)}
    pages = {path for path in (ROOT / "docs").rglob("*.md") if "adr" not in path.parts}
    assert pages - reached == {ROOT / "docs" / "README.md"}


def test_the_repository_has_its_front_and_pictures_stay_small():
    names = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"]
    assert [name for name in names if not (ROOT / name).exists()] == []
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text()
    for picture in (ROOT / "docs" / "images").iterdir():
        assert picture.stat().st_size <= LARGEST_PICTURE_BYTES, picture.name


def test_architecture_fits_on_two_screens():
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= TWO_SCREENS


def test_each_chosen_part_says_why():
    told = (ROOT / "docs" / "explanation" / "chosen-parts.md").read_text(encoding="utf-8").lower()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = project.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    names = [re.match(r"[a-z0-9-]+", line).group() for line in re.findall(r'"([^"]+)"', listed)]
    assert [name for name in names if name not in told] == []


def test_each_change_is_told_in_both_languages():
    for fragment in (ROOT / "changes").glob("*.md"):
        if fragment.name != "README.md":
            sentences = [line for line in fragment.read_text(encoding="utf-8").splitlines() if line.strip()]
            assert len(sentences) >= 2, f"{fragment.name}: one line in English, one in Indonesian"
