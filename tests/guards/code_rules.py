"""What code may not do outside its place: write, read the clock, speak raw SQL, listen to signals, build sentences."""

import ast
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.guards.tree import CodeFile, Problem, dotted, imported_names

# --- writes -------------------------------------------------------------------------------------------------

WRITING_ROOMS = frozenset({"actions", "migrations", "tests"})
ALWAYS_WRITES = frozenset(
    {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "create_user", "create_superuser"}
    | {"acreate", "aget_or_create", "aupdate_or_create", "abulk_create", "abulk_update", "asave", "adelete", "aupdate"}
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SAVE_WORDS = frozenset({"update_fields", "using", "force_insert", "force_update", "commit"})
QUERYSET_WORDS = (".objects", ".filter()", ".exclude()", ".all()", ".select_for_update()", ".order_by()")
ALLOWED_WRITES = {
    "core/access/models.py": "AccountManager is how the sign-in library makes accounts; the invite action calls it",
}


def write_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Model writes outside actions."""
    for file in files:
        if WRITING_ROOMS & file.inside or str(file.path) in ALLOWED_WRITES:
            continue
        for scope in (file.tree, *(node for node in file.nodes if isinstance(node, FUNCTIONS))):
            calls = [node for node in _own_calls(scope) if _may_write(node)]
            querysets = _queryset_names(scope) if calls else set()
            for node in calls:
                if _is_write(node, querysets):
                    yield Problem(file.at(node), f"{dotted(node.func)}() writes: only actions write")


def _may_write(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in {"save", "delete", "update", *ALWAYS_WRITES}


def _own_calls(scope: ast.AST) -> Iterator[ast.Call]:
    """Calls in a scope, without those of functions inside it."""
    waiting = deque(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.popleft()
        if isinstance(node, FUNCTIONS):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting.extend(ast.iter_child_nodes(node))


def _queryset_names(scope: ast.AST) -> set[str]:
    """Names that hold a queryset here, by what was assigned to them or how they are annotated."""
    names = set()
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and _looks_like_queryset(node.value):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.arg) and node.annotation and "QuerySet" in ast.unparse(node.annotation):
            names.add(node.arg)
    return names


def _looks_like_queryset(node: ast.AST) -> bool:
    text = dotted(node)
    return any(word in text for word in QUERYSET_WORDS) or text.startswith("queries.")


def _is_write(node: ast.Call, querysets: set[str]) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    verb, receiver = node.func.attr, node.func.value
    words = {keyword.arg for keyword in node.keywords}
    if dotted(receiver).endswith("session"):  # what one browser is shown, not a record
        return False
    if verb in {"save", "delete"}:  # Pillow, openpyxl and segno save to a place they are told; a model is told none
        return not node.args and words <= SAVE_WORDS
    if verb == "update":
        return _looks_like_queryset(receiver) or (isinstance(receiver, ast.Name) and receiver.id in querysets)
    return verb in ALWAYS_WRITES


# --- signals, raw SQL, request data as keywords -------------------------------------------------------------

ALLOWED_CURSORS = {
    "core/search/matching.py": "the best rows and the counts of a full-text index, in the words of either database",
    "core/events/actions/access.py": "LOCK TABLE keeps the chain of openings unforked; the query language has none",
    "core/limits/actions.py": "one INSERT … ON CONFLICT … WHERE … RETURNING takes a token; the query language has none",
}


def signal_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Signals as control flow: nobody can read who reacts."""
    for file in files:
        if file.is_test:
            continue
        for node, name in imported_names(file):
            if name.startswith("django.dispatch") or ".signals" in f".{name}":
                if name.startswith("lumbung.") or name == "signal":
                    continue
                yield Problem(file.at(node), f"imports {name}: a reaction is declared in a manifest, not by a signal")


PIECEWISE = frozenset({"StreamingHttpResponse", "FileResponse", "Streamed"})
RANGES = Path("core/files/ranges.py")


def slow_answer_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Answers sent piece by piece without a place: their readers could hold every thread of a server."""
    for file in files:
        if file.is_test or file.path == RANGES:  # its short answers need none
            continue
        for node in file.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PIECEWISE:
                content = node.args[0] if node.args else None
                has_place = isinstance(content, ast.Call) and isinstance(content.func, ast.Attribute)
                if not has_place or content.func.attr != "until_sent":
                    yield Problem(file.at(node), f"{node.func.id} without core/files/sending.place().until_sent(…)")


def sql_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Raw SQL outside migrations, and what a visitor sent handed to a function as keywords."""
    for file in files:
        if file.is_test or "migrations" in file.path.parts:
            continue
        for node in file.nodes:
            if isinstance(node, ast.Call):
                yield from _sql_of(file, node)
            if isinstance(node, ast.ImportFrom) and any(alias.name == "RawSQL" for alias in node.names):
                yield Problem(file.at(node), "RawSQL: write it with the query language")


def _sql_of(file: CodeFile, node: ast.Call) -> Iterator[Problem]:
    name = dotted(node.func)
    if isinstance(node.func, ast.Attribute) and node.func.attr in {"raw", "extra"}:
        yield Problem(file.at(node), f"{name}(): write it with the query language")
    if name.endswith("connection.cursor") and str(file.path) not in ALLOWED_CURSORS:
        yield Problem(file.at(node), f"{name}(): only migrations and {sorted(ALLOWED_CURSORS)} speak SQL")
    for keyword in node.keywords:
        if keyword.arg is None and _holds_request_data(keyword.value):
            yield Problem(file.at(node), f"{name}(**{dotted(keyword.value)}): a visitor would choose the arguments")


def _holds_request_data(node: ast.AST) -> bool:
    attributes = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    return bool(attributes & {"GET", "POST", "FILES", "COOKIES", "META"})


# --- the clock and randomness -------------------------------------------------------------------------------

CLOCK_ROOMS = frozenset({"pages", "api", "jobs", "middleware", "tests", "migrations"})
CLOCK_READS = frozenset(
    {"timezone.now", "timezone.localdate", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
    | {"clock.now", "time.time", "datetime.datetime.now", "datetime.date.today"}
)
CLOCK_WORDS = frozenset(name.split(".")[-1] for name in CLOCK_READS)
ALLOWED_CLOCKS = {
    "core/base/clock.py": "the clock itself",
    "core/access/adapter.py": "the sign-in library calls it and tells no time",
    "core/access/two_step.py": "the sign-in library calls it and tells no time",
    "core/notices/backends.py": "Django's mail calls it and tells no time",
    "core/web/search_page.py": "a page",
    "core/log/standalone/lumbung_witness.py": "a program of its own, run by whoever watches",
    "core/jobs/worker.py": "the worker's tick is a job of its own",
    "core/jobs/models.py": "defaults no code relies on (enqueue says when); they go with the next migration of jobs",
    "core/jobs/runner.py": "the runner tells each job the time",
    "core/access/models.py": "accounts the sign-in library makes get their day from the model",
}


def clock_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """The real clock, read where it should come in as an argument."""
    for file in files:
        if CLOCK_ROOMS & file.inside or file.area == "site" or str(file.path) in ALLOWED_CLOCKS:
            continue
        for node in file.nodes:
            if isinstance(node, ast.Attribute) and node.attr in CLOCK_WORDS and dotted(node) in CLOCK_READS:
                yield Problem(file.at(node), f"{dotted(node)}: the time comes in as `now`")
            if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
                yield Problem(file.at(node), f"{node.arg}: the action says when")
            if isinstance(node, ast.Attribute) and _is_random(node):
                yield Problem(file.at(node), f"{dotted(node)}: randomness comes in as an argument, or from `secrets`")


def _is_random(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "random" and node.attr != "Random"


# --- sentences ----------------------------------------------------------------------------------------------

SENTENCES = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"})


def sentence_problems(files: Iterable[CodeFile]) -> Iterator[Problem]:
    """Sentences put together before they are looked up: no catalogue can hold them."""
    for file in files:
        for node in file.nodes:
            if isinstance(node, ast.JoinedStr) and any(_is_sentence(inner) for inner in ast.walk(node)):
                yield Problem(file.at(node), "_() inside an f-string: the collector of sentences does not see it")
            if not (isinstance(node, ast.Call) and _is_sentence(node)):
                continue
            for argument in node.args:
                if isinstance(argument, ast.JoinedStr | ast.BinOp) or dotted(argument).endswith(".format()"):
                    yield Problem(file.at(node), "a sentence built inside _(): use a named placeholder after it")


def _is_sentence(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in SENTENCES
