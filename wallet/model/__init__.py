"""Words: the frozen types every room speaks. No I/O, no Qt, imports nothing of ours."""
