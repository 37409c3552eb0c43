"""SHELL ONE: the command line."""
