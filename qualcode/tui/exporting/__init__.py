"""The step Export."""
