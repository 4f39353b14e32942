"""Files that come in and go out beside interviews: codebooks, checklists, tables, Word comments, REFI-QDA.

Each kind of file has its own module; import from there, so that nothing heavy is loaded unasked.
"""
