"""Names of people and places are found, replaced consistently, and kept in a key file.

Nothing of the original text stays behind.
"""
