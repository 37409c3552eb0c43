"""Print the attack table: `python -m tests.attacks [ID …]`.

Ends with status 1 if an attack is not caught, a twin does not pass, or a row that stands open came right.
"""

from __future__ import annotations

import sys

from tests.attacks.cases import all_cases
from tests.attacks.table import print_table, run_all

wanted = frozenset(sys.argv[1:])
chosen = tuple(case for case in all_cases() if not wanted or case.id in wanted or case.id[0] in wanted)
found = run_all(chosen)
sys.stdout.write(print_table(chosen, found) + "\n")
sys.exit(any(trial.problem and trial.variant not in trial.case.open for trial in found))
