"""Pages hold no inline script or style and load nothing from another host."""

import pytest

from tests.guards import templates
from tests.guards.tree import SOURCE, tell

RULES = {
    "inline": templates.inline_problems,
    "foreign": templates.foreign_problems,
    "glued": templates.glued_problems,
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_our_templates_and_static_files_keep_the_rule(rule):
    files = [path for path in templates.shown_files() if rule != "inline" or path.suffix == ".html"]
    assert files
    found = [
        problem
        for path in files
        for problem in RULES[rule](str(path.relative_to(SOURCE)), path.read_text(encoding="utf-8"))
    ]
    assert not found, tell(found)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("inline", "<style>p { color: red }</style>"),
        ("inline", '<p style="color: red">'),
        ("inline", "<script>alert(1)</script>"),
        ("inline", '<script type="text/javascript">alert(1)</script>'),
        ("inline", '<script type="application/ld+json" onload="go()">'),
        ("inline", '<button onclick="go()">'),
        ("inline", '<a href="javascript:go()">'),
        ("foreign", '<script src="https://example.org/a.js"></script>'),
        ("foreign", '<img src="//example.org/a.png">'),
        ("foreign", '<link rel="stylesheet" href="https://example.org/a.css">'),
        ("foreign", "background: url(https://example.org/a.png)"),
        ("foreign", '@import "other.css";'),
        ("foreign", 'await fetch("https://example.org/")'),
        ("foreign", 'import x from "https://example.org/x.js"'),
        ("foreign", '<form action="https://example.org/">'),
        ("glued", '{{ _("Due on " ~ day) }}'),
        ("glued", '{{ _("Due on %s" % day) }}'),
    ],
)
def test_a_planted_line_is_caught(rule, line):
    assert list(RULES[rule]("planted.html", line))


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("inline", '<script type="module" src="{{ static(\'web/enhance.js\') }}"></script>'),
        ("inline", '<script type="application/ld+json">{{ schema_org }}</script>'),
        ("inline", '{# no style="…" here #}'),
        ("foreign", '<a href="https://peraturan.go.id/">UU 14/2008</a>'),
        ("foreign", '<svg xmlns="http://www.w3.org/2000/svg">'),
        ("foreign", '<link rel="canonical" href="https://data.example/ntb/rencana-aksi/">'),
        ("glued", '{{ _("Due on %(day)s", day=day) }} ~'),
    ],
)
def test_an_innocent_line_passes(rule, line):
    assert not list(RULES[rule]("planted.html", line))
