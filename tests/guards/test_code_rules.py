"""Only actions write; only pages, api and jobs read the clock; no signals, no raw SQL, no sentences glued together."""

import pytest

from tests.guards import code_rules
from tests.guards.tree import SOURCE, code_files, planted, tell

RULES = {
    "writes": code_rules.write_problems,
    "signals": code_rules.signal_problems,
    "sql": code_rules.sql_problems,
    "slow answers": code_rules.slow_answer_problems,
    "clock": code_rules.clock_problems,
    "sentences": code_rules.sentence_problems,
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_tree_keeps_the_rule(rule):
    found = list(RULES[rule](code_files()))
    assert not found, tell(found)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("writes", "Report.objects.create(number=1)"),
        ("writes", "report.save()"),
        ("writes", "report.save(update_fields=['state'])"),
        ("writes", "report.delete()"),
        ("writes", "Report.objects.filter(pk=1).update(state='x')"),
        ("writes", "Report.objects.bulk_create([])"),
        ("writes", "report.pauses.get_or_create(since=now)"),
        ("writes", "def step(rows: QuerySet[Report]):\n    rows.update(state='x')"),
        ("writes", "def step():\n    waiting = queries.open_reports()\n    waiting.update(state='x')"),
        ("writes", "form.save(commit=True)"),
        ("signals", "from django.db.models.signals import post_save"),
        ("signals", "from django.dispatch import receiver"),
        ("signals", "from allauth.account.signals import user_logged_in"),
        ("sql", "Report.objects.raw('SELECT 1')"),
        ("sql", "reports.extra(where=['1=1'])"),
        ("sql", "from django.db.models.expressions import RawSQL"),
        ("sql", "with connection.cursor() as cursor:\n    pass"),
        ("sql", "reports.filter(**request.GET)"),
        ("sql", "reports.filter(**request.GET.dict())"),
        ("sql", "act(**{k: v for k, v in request.POST.items()})"),
        ("clock", "def due():\n    return timezone.now()"),
        ("clock", "def due():\n    return datetime.now(tz=UTC)"),
        ("clock", "def due():\n    return clock.now()"),
        ("clock", "today = date.today()"),
        ("clock", "at = models.DateTimeField(auto_now_add=True)"),
        ("clock", "chosen = random.choice(names)"),
        ("sentences", "_(f'Due on {day}')"),
        ("sentences", "_('Due on %s' % day)"),
        ("sentences", "gettext_lazy('Due on {}'.format(day))"),
        ("slow answers", "response = StreamingHttpResponse(rows())"),
        ("slow answers", "response = FileResponse(path.open('rb'))"),
        ("sentences", "_('Due on ' + day)"),
        ("sentences", "label = f\"{name} · {_('late')}\""),
    ],
)
def test_a_planted_line_is_caught(rule, line):
    assert list(RULES[rule]([planted("modules/reports/queries/planted.py", f"{line}\n")]))


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("writes", "names.update(other)"),
        ("writes", "digest.update(b'x')"),
        ("writes", "image.save(buffer, 'JPEG')"),
        ("writes", "storage.delete(name)"),
        ("signals", "import signal"),
        ("sql", "table = duckdb.connect()"),
        ("sql", "reports.filter(**chosen)"),
        ("clock", "day = clock.local_day(now)"),
        ("clock", "numbers = random.Random(seed)"),
        ("clock", "share = random.Random(place.code).random()"),
        ("slow answers", "response = StreamingHttpResponse(place.until_sent(rows()))"),
        ("sentences", "_('Due on %(day)s') % {'day': day}"),
    ],
)
def test_an_innocent_line_passes(rule, line):
    assert not list(RULES[rule]([planted("modules/reports/queries/planted.py", f"{line}\n")]))


@pytest.mark.parametrize(
    ("rule", "path", "line"),
    [
        ("writes", "modules/reports/actions/triage.py", "report.save()"),
        ("writes", "modules/reports/actions.py", "report.save()"),
        ("clock", "modules/reports/pages/public.py", "now = clock.now()"),
        ("clock", "modules/reports/jobs.py", "now = clock.now()"),
        ("sql", "core/events/migrations/0002_log_is_append_only.py", "connection.cursor()"),
    ],
)
def test_the_right_place_may(rule, path, line):
    assert not list(RULES[rule]([planted(path, f"{line}\n")]))


def test_every_exception_still_has_something_to_excuse(monkeypatch):
    for name, rule in (("ALLOWED_WRITES", "writes"), ("ALLOWED_CURSORS", "sql"), ("ALLOWED_CLOCKS", "clock")):
        excused = {path for path in getattr(code_rules, name) if (SOURCE / path).exists()}
        monkeypatch.setattr(code_rules, name, {})
        places = {problem.where.split(":")[0].removeprefix("src/lumbung/") for problem in RULES[rule](code_files())}
        assert excused == places, name
