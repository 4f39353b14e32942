"""One screen per step of the procedure, and the start; each with its style sheet beside it.

`step.py` holds what all steps share; the registry of steps is `qualcode/tui/steps.py`.
"""
