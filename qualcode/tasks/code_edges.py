"""Cut a coding in two."""

from __future__ import annotations

from qualcode.errors import InputError
from qualcode.i18n import _
from qualcode.model import Coding
from qualcode.store.project import Project
from qualcode.text.spans import Span, trim


def split_coding(project: Project, coding: Coding, at: int) -> tuple[Coding, Coding]:
    """Two codings with the same code instead of one, parted at a place inside it; as one act.

    The blanks around the cut belong to neither. Raises `InputError` if one of the two would be empty.
    """
    transcript = project.transcripts.get(coding.transcript_id)
    code = project.codebook.get(coding.code_id)
    coder = next(person for person in project.coders.all() if person.id == coding.coder_id)
    inside = coding.start < at < coding.end
    left = trim(transcript.text, Span(coding.start, at if inside else coding.start))
    right = trim(transcript.text, Span(at if inside else coding.end, coding.end))
    if not left.length or not right.length:
        raise InputError(_("Put the cursor inside the coding, where it is to be cut in two."))
    with project.act("coding.split"):
        first = project.codings.move(coding, left.start, left.end)
        second = project.codings.add(transcript, right.start, right.end, code, coder)
    return first, second
