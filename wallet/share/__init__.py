"""SHOWING IT: what is handed to another person. Judges nothing, keeps nothing."""
