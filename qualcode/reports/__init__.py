"""What leaves as a document: theme tables, checklists, agreement, charts.

Each file makes one kind of document out of the nouns of the model; `word` knows Word.
"""
