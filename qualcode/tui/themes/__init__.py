"""The step Themes."""
