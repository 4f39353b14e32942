"""Language: sentences, lemmas, search in context, words per group, similar passages.

spaCy and scikit-learn are imported inside functions alone; everything works without
a trained pipeline. No database: texts become rows, and a search asks an index.
"""
