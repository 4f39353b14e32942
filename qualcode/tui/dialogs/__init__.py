"""Windows over a screen that ask one thing and go away; `dialog.py` is what they share."""
