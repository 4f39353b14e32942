"""The project file: schema, journal, and one room per noun. All SQL stands here.

Every act is one transaction and one line in the journal; `Project` is the way in.
"""
