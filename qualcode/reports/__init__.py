"""What leaves as a document: theme tables, checklists, agreement, charts.

`documents` makes blocks out of the nouns of the model, one file per subject; `writers` turn blocks into Word and
other forms; `wording` holds the sentences about numbers.
"""
