"""The verbs of `qualcode export` that write interviews and codings for people and programs elsewhere."""

from __future__ import annotations

from qualcode.cli import export_paper, export_project, export_table, export_transcript

COMMANDS = (export_transcript.command, export_paper.command, export_project.command, export_table.command)
