"""SENTENCES: reason codes to plain English, in one place."""
