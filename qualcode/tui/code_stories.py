"""What happened to a code, and where it was used, in words."""

from __future__ import annotations

from collections import Counter

from textual.content import Content

from qualcode.i18n import N_, _, date, ngettext
from qualcode.model import Code
from qualcode.store.project import Project
from qualcode.tui.session import Session

_TEXTS = {
    "name": N_("name"),
    "definition": N_("what it means"),
    "use": N_("when to use it"),
    "not_use": N_("when not to use it"),
    "example": N_("example"),
}


def versions_in_words(project: Project, code: Code) -> Content:
    """Every version of a code's name and texts, the newest first, each with its date and its words."""
    from qualcode.tasks.codebook_work import versions

    names = {coder.id: coder.name for coder in project.coders.all()}
    parts: list[Content] = []
    for version in reversed(versions(project, code)):
        who = names.get(version.coder_id or "", _("somebody"))
        parts.append(Content.styled(f"{date(version.at, time=True)} · {who}\n", "bold $primary"))
        after = next(c.after for c in version.entry.changes if (c.table, c.id) == ("codes", code.id)) or {}
        for name in version.changed:
            for tag in ("nl", "en"):
                words = after.get(f"{name}_{tag}")
                if words:
                    label = f"{_(_TEXTS[name])} ({tag}): "
                    parts += [Content.styled(label, "$here"), Content(f"{words}\n")]
                elif words == "" and version.entry.action == "code.change":
                    parts.append(Content.styled(f"{_(_TEXTS[name])} ({tag}): –\n", "$ink-soft"))
        parts.append(Content("\n"))
    return Content.assemble(*parts) if parts else Content(_("Nothing is known of earlier versions."))


def counts_in_words(session: Session, code: Code) -> str:
    """How often a code was used, by coder and by case; of sealed interviews only one's own codings count."""
    from qualcode.tasks.seeing import visible_codings

    found = [coding for coding in visible_codings(session.project) if coding.code_id == code.id]
    names = {coder.id: coder.name for coder in session.project.coders.all()}
    cases = {transcript.id: transcript.case for transcript in session.transcripts}
    per_coder = Counter(names.get(coding.coder_id, "?") for coding in found)
    per_case = Counter(cases.get(coding.transcript_id, "") for coding in found)
    lines = [ngettext("{n} coding", "{n} codings", len(found)).format(n=len(found)), "", _("By coder")]
    lines += [f"  {name:<20} {count:>4}" for name, count in sorted(per_coder.items())]
    lines += ["", _("By case")]
    for case, count in sorted(per_case.items()):
        label = _("Case {label}").format(label=case) if case else _("Without a case")
        lines.append(f"  {label:<20} {count:>4}")
    lines += ["", _("Codings of others in sealed interviews are not counted.")]
    return "\n".join(lines)
