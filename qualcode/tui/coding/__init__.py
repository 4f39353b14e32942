"""The step Code."""
