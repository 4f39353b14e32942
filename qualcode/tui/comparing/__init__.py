"""The step Compare."""
