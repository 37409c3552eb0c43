"""IS IT SIGNED: arithmetic on signatures. Knows keys and canonical forms, no formats."""
