"""The terminal program: app, screens, dialogs, widgets, and one registry of actions.

Imports nothing by itself; `qualcode.tui.app.run` opens the workbench.
"""
