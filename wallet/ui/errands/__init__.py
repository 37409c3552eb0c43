"""Errands: groups of wishes of one opened wallet, from the question to the sentence that says it is done."""
