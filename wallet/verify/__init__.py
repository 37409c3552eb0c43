"""IS IT GOOD: a credential, evidence and a time become a report. Opens nothing."""
