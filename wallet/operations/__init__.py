"""WHAT A LEARNER CAN DO: one function per wish, shared by both shells."""
