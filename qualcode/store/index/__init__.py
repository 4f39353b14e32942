"""The index of words, as searches ask it."""
