"""The journal: entries, undo, replay, merging, sharing, seals."""
