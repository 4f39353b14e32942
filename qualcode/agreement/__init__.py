"""Two sets of codings become counts, coefficients, intervals, typed differences, plain words.

Pure functions on spans and integers; no screen, no database, no document.
"""
