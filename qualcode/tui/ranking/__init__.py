"""The step Rank."""
