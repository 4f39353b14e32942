"""The step Checklist."""
