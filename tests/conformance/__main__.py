"""Print the conformance tables, one per kind of check: `python -m tests.conformance [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.conformance.issuer_trust import print_trust, trust_rows
from tests.conformance.kinds import of_rows, parts, print_counts, print_parts
from tests.conformance.table import Standing, print_table, rows

SHARED = Path(__file__).resolve().parents[3] / "shared" / "vectors"

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
if not (folder / "expected.json").is_file():
    sys.exit(f"no expected.json in {folder.name}: name the folder of the shared vectors")
judged = rows(folder)
found = of_rows(judged) + parts(folder)
known = trust_rows(folder)
tables = [print_table(judged), print_parts(found), print_counts(found), print_trust(known)]
sys.stdout.write("\n\n".join(tables) + "\n")
sys.exit(any(part.standing is Standing.DISAGREED for part in found)
         or not all(row.trust_agrees and row.verdict_agrees for row in known))
