"""WHAT IT IS: bytes to a credential and back to files. Judges nothing."""
