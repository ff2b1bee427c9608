"""The source tree as the guards read it: each Python file with its place in the house and its syntax tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "lumbung"


@dataclass(frozen=True)
class Problem:
    """One place that breaks a rule, as a person reads it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class CodeFile:
    """One Python file; `path` is relative to the package: modules/reports/actions/triage.py."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree: rules look at the same million again and again, so they are walked once."""
        return tuple(ast.walk(self.tree))

    @property
    def area(self) -> str:
        """kernels, core, modules or site; empty for the files beside them."""
        return self.path.parts[0] if len(self.path.parts) > 1 else ""

    @property
    def part(self) -> str:
        """core/events, modules/reports; the area alone for kernels and site."""
        depth = 2 if self.area in {"core", "modules"} else 1
        return "/".join(self.path.parts[:depth]) if len(self.path.parts) > depth else ""

    @property
    def room(self) -> str:
        """The file or package inside its part: actions, queries, tests."""
        inside = self.path.parts[len(Path(self.part).parts) :]
        return inside[0].removesuffix(".py")

    @property
    def inside(self) -> frozenset[str]:
        """Every name on the way from the part to the file."""
        return frozenset(name.removesuffix(".py") for name in self.path.parts[len(Path(self.part).parts) :])

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    def at(self, node: ast.AST) -> str:
        """Where a node stands, clickable in a terminal."""
        return f"src/lumbung/{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def code_files(source: Path = SOURCE) -> tuple[CodeFile, ...]:
    """Every Python file of the package, by path; read once a process."""
    paths = sorted(path for path in source.rglob("*.py") if "__pycache__" not in path.parts)
    return tuple(CodeFile(path.relative_to(source), path.read_text(encoding="utf-8")) for path in paths)


def parts(source: Path = SOURCE) -> list[Path]:
    """The folder of every core part and module that holds code."""
    folders = [folder for area in ("core", "modules") for folder in sorted((source / area).glob("*/"))]
    return [folder for folder in folders if (folder / "__init__.py").exists()]


def imported_names(file: CodeFile) -> Iterator[tuple[ast.stmt, str]]:
    """Every module an import statement may load, with `from a import b` told as both `a` and `a.b`."""
    for node in file.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def dotted(node: ast.AST) -> str:
    """`request.user.name` for the nodes of that expression; calls and indexes are passed through."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    if isinstance(node, ast.Subscript):
        return f"{dotted(node.value)}[]"
    return "…"


def tell(problems: list[Problem]) -> str:
    """Every problem on a line of its own, for an assertion message."""
    return "\n" + "\n".join(f"  {problem}" for problem in problems)


def planted(path: str, text: str) -> CodeFile:
    """A file that exists only in a test, to see a rule catch it."""
    return CodeFile(Path(path), text)
