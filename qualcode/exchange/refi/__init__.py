"""REFI-QDA: codebooks (.qdc) and projects (.qdpx) of any program."""
