"""Snapshots a reviewer reads: `UPDATE_SNAPSHOTS=1 pytest tests/guards` writes them anew."""

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent
REGENERATE = "UPDATE_SNAPSHOTS"


def compare(path: Path, text: str) -> str:
    """Empty when the snapshot equals the text (or was just written); else the difference, and how to accept it."""
    if os.environ.get(REGENERATE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return ""
    stored = path.read_text(encoding="utf-8") if path.exists() else ""
    if stored == text:
        return ""
    lines = difflib.unified_diff(stored.splitlines(), text.splitlines(), "stored", "now", lineterm="", n=0)
    shown = "\n".join(list(lines)[:60])
    return f"{path.name} changed. Meant? {REGENERATE}=1 pytest tests/guards, and commit it.\n{shown}"
