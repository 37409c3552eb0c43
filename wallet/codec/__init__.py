"""ENCODINGS: bytes to text to canonical form and back, by public standards. Pure."""
