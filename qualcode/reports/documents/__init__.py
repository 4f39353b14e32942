"""One file per subject that a document is about."""
