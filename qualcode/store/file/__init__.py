"""The project file: made, opened, checked; its tables and rows."""
