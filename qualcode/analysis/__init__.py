"""Codings become themes, matrices, a ranking, a checklist.

Pure functions on the nouns of the model.
"""
