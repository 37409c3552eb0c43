"""Print the conformance table: `python -m tests.conformance [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.conformance.table import Standing, print_table, rows

SHARED = Path(__file__).resolve().parents[3] / "shared" / "vectors"

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
if not (folder / "expected.json").is_file():
    sys.exit(f"no expected.json in {folder.name}: name the folder of the shared vectors")
found = rows(folder)
sys.stdout.write(print_table(found) + "\n")
sys.exit(any(row.standing is Standing.DISAGREED for row in found))
