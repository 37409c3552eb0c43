"""The numbered checks; strangers to each other, each answers one question."""
