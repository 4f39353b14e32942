"""Interviews: taken in, names replaced, corrected, speakers and cases known."""
