"""Finding words, counting words, finding passages alike."""
