"""A learner-owned credential wallet. The floor plan is in README.md beside this file."""

__version__ = "0.1.0"
