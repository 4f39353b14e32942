"""Share one's work with the other laptop, and take in what it brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.files.saving import save_bytes
from qualcode.i18n import N_, _, ngettext
from qualcode.store.file import backups
from qualcode.store.file.files import INVITATION_SUFFIX, SHARE_SUFFIX, SUFFIX, project_id
from qualcode.store.journal import share
from qualcode.store.journal.incoming import Incoming, read_project
from qualcode.store.journal.merge import Merged, empty_copy, merge, taken_blocks
from qualcode.store.journal.relations import PRIVATE, tables
from qualcode.store.journal.share import read_share
from qualcode.store.journal.state import fingerprint, present_rows

if TYPE_CHECKING:
    from qualcode.model import Coder
    from qualcode.store.project import Project

# how the folders of these services are called on disk, in lower case
_SYNCED = (
    ("OneDrive", ("onedrive",)),
    ("Dropbox", ("dropbox",)),
    ("iCloud", ("icloud", "mobile documents", "com~apple~clouddocs")),
    ("Google Drive", ("google drive", "googledrive", "my drive", "mijn drive", "gdrive", "googledrivefs")),
    ("Nextcloud", ("nextcloud", "owncloud")),
    ("Box", ("box sync", "box")),
    ("STACK", ("stackstorage", "stack")),
    ("Teams", ("sharepoint",)),
)
_WHOLE_NAMES = frozenset({"box", "stack", "my drive", "mijn drive"})


def share_file(project: Project, coder: Coder, path: Path | None = None) -> Path:
    """Write a coder's share file; returns where. By default beside the project, named after both."""
    path = path or share_place(project, coder)
    if not path.suffix:
        path = path.with_suffix(SHARE_SUFFIX)
    if path.resolve() == project.path.resolve():
        raise InputError(_("{path} is the project itself. Choose another name.").format(path=path))
    content = share.pack(project, coder)
    return save_bytes(path, content)


def share_place(project: Project, coder: Coder) -> Path:
    """Where the share file of a coder goes if nobody says otherwise."""
    return project.path.with_name(f"{project.path.stem}-{safe(coder.name)}{SHARE_SUFFIX}")


def synced_by(path: Path) -> str | None:
    """The service (OneDrive, Dropbox …) that keeps the folder of a file in step, judged by its name."""
    for part in reversed(path.absolute().parts[:-1]):
        name = part.casefold()
        for service, names in _SYNCED:
            if any(name == known if known in _WHOLE_NAMES else name.startswith(known) for known in names):
                return service
    return None


def advice(path: Path) -> str | None:
    """What to say of a project in a synced folder; `None` if it lies in no such folder."""
    service = synced_by(path)
    if service is None:
        return None
    return _(
        "This project lies in a folder of {service}. Two people who open it there can spoil it. Keep it on "
        "your own laptop and exchange share files instead: qualcode share, then qualcode merge."
    ).format(service=service)


def other_copies(path: Path) -> str | None:
    """What to say of copies beside a project that a cloud folder made of it, as "study (1).qualcode"; else `None`."""
    beside = [one for one in path.absolute().parent.glob(f"*{SUFFIX}") if one.name != path.name]
    likely = [one for one in beside if one.stem.casefold().startswith(path.stem.casefold())]
    mine = project_id(path) if likely else ""
    names = [one.name for one in sorted(likely) if mine and project_id(one) == mine]
    if not names:
        return None
    return _(
        "Beside this project lies another copy of it: {names}. If a cloud folder made it, work may be in both: "
        "qualcode merge {path} COPY brings it together."
    ).format(names=", ".join(names), path=path.name)


def safe(name: str) -> str:
    """A name as part of the name of a file."""
    return "".join(char if char.isalnum() or char in "-_" else "-" for char in name)


_KINDS = {
    "transcripts": N_("interviews"),
    "codes": N_("codes"),
    "codings": N_("codings"),
    "memos": N_("memos"),
    "coders": N_("coders"),
    "cases": N_("cases"),
    "rounds": N_("rounds"),
    "freezes": N_("frozen interviews"),
    "decisions": N_("decisions"),
    "reflections": N_("answers after a round"),
    "themes": N_("arranged themes"),
    "rankings": N_("rankings"),
    "ratings": N_("ratings"),
    "turns": N_("turns of interviews"),
    "revisions": N_("corrections"),
    "settings": N_("settings"),
    "done": N_("marks that an interview is done"),
    "hidden_names": N_("hidden names"),
    "checklist": N_("lines of the checklist"),
    "informants": N_("informants"),
    "theme_quotes": N_("chosen quotes"),
    "ranking_orders": N_("orders"),
    "name_states": N_("looks at names"),
}


def read_any(path: Path, project: Project | None = None) -> Incoming:
    """A share file or a whole other copy, by what it is called and holds; what `project` lacks, if it is given."""
    suffix = path.suffix.casefold()
    if suffix == SUFFIX or (suffix not in (SHARE_SUFFIX, INVITATION_SUFFIX) and _is_project(path)):
        return read_project(path, None if project is None else project.path)
    return read_share(path, taken_blocks(project) if project else ()).incoming


def take(project: Project, path: Path, *, preview: bool = False, trust: str = "") -> Merged:
    """Merge a share file or another copy into a project, after a backup; with `preview` only look.

    A new key of the other that the person at work confirms with it is the one to `trust`: its id, or as it is shown.
    Where it brings that a name or an interview is to be forgotten, the backups made before go too.
    """
    incoming = read_any(path, project)
    if preview:
        return merge(project, incoming, preview=True, trust=trust)
    project.journal.before_writing()
    if trust:
        project.require_coder()
    backups.keep(project.db, project.path, backups.Occasion.MERGE)
    merged = merge(project, incoming, trust=trust)
    backups.finish_wiping(project.db, project.path)
    if trust and incoming.sender != project.require_coder().name:
        project.keys.confirm(trust)
    return merged


def begin_copy(path: Path, source: Path) -> Merged:
    """Start a second copy of a project, on the other laptop, from a share file.

    Raises `InputError` if the file is there already or the share holds no project to begin with.
    """
    if path.suffix.casefold() != SUFFIX:
        raise InputError(_("A project is called NAME{suffix}.").format(suffix=SUFFIX))
    incoming = read_any(source)
    made = empty_copy(path, incoming.project_id)
    try:
        with made:
            return merge(made, incoming)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def in_words(merged: Merged) -> list[str]:
    """What a merge brings, line by line, for people."""
    if not merged.entries:
        return [_("Nothing new: all of it was here already."), *_same_or_not(merged)]
    lines = [
        ngettext("{n} act that was not here yet.", "{n} acts that were not here yet.", merged.entries).format(
            n=merged.entries
        )
    ]
    for words, counts in (
        (_("New: {list}"), merged.added),
        (_("Changed: {list}"), merged.changed),
        (_("Gone: {list}"), merged.removed),
    ):
        counted = [f"{_(_KINDS[table])} {n}" for table, n in counts.items() if table in _KINDS]
        if counted:
            lines.append(words.format(list=", ".join(counted)))
    lines += [f"  {name}: {n}" for name, n in sorted(merged.codings.items())]
    return [*lines, *_particulars(merged), *_same_or_not(merged)]


def _particulars(merged: Merged) -> Iterable[str]:
    if merged.same:
        yield _("Taken in on both laptops, now one: {names}").format(names=", ".join(merged.same))
    if merged.forgotten:
        counted = ", ".join(f"{name} {n}" for name, n in sorted(merged.forgotten.items()))
        yield _("Gone with an interview that was forgotten, codings: {list}").format(list=counted)
    if merged.carried:
        yield _("Moved along with a correction of the text: {n} codings.").format(n=merged.carried)
    if merged.frozen:
        yield _("Finished by all, so the seal is open: {names}").format(names=", ".join(merged.frozen))
    if merged.contests:
        yield ngettext(
            "To decide: both changed {n} text.", "To decide: both changed {n} texts.", len(merged.contests)
        ).format(n=len(merged.contests))
    if merged.clashes:
        yield ngettext(
            "To decide: both corrected the same words in {n} place.",
            "To decide: both corrected the same words in {n} places.",
            merged.clashes,
        ).format(n=merged.clashes)
    if merged.future:
        yield _(
            "{n} acts carry a time that is still to come: a clock is wrong. Nothing is lost by it."
        ).format(n=merged.future)
    if merged.repaired:
        yield _("{n} records were changed outside qualcode; they are as the journal says again.").format(
            n=merged.repaired
        )


def _same_or_not(merged: Merged) -> Iterable[str]:
    """Whether both copies hold the same analysis now, and what is still to be sent if not."""
    if not merged.their_state:
        return
    if merged.state == merged.their_state:
        yield _("Both copies are the same now: {state}.").format(state=merged.state)
        return
    yield _("The copies are not the same yet: {state} here, {other} there.").format(
        state=merged.state, other=merged.their_state
    )
    for words, lacking in (
        (_("  The other has not got: {list}. Send your share file."), merged.they_lack),
        (_("  Still to come: {list}. Ask who did it to share again."), merged.we_lack),
    ):
        if lacking:
            told = (
                ngettext("{n} act of {name}", "{n} acts of {name}", n).format(n=n, name=name)
                for name, n in sorted(lacking.items())
            )
            yield words.format(list=", ".join(told))
    if not merged.they_lack and not merged.we_lack:
        yield _("  Send your share file as well; see what differs with: qualcode compare-copies")


@dataclass(frozen=True, slots=True)
class TwoCopies:
    """Two copies of a project laid side by side: their fingerprints, and per kind of record how many differ.

    `differing` tells, by table, how many records are only in the first, only in the second, and in both but not
    alike; of what is sealed it tells nothing, but that there is something (`sealed`).
    """

    states: tuple[str, str]
    differing: Mapping[str, tuple[int, int, int]]
    sealed: bool

    @property
    def same(self) -> bool:
        """Whether both hold the same analysis."""
        return self.states[0] == self.states[1]


def compare_copies(one: Project, other: Project) -> TwoCopies:
    """Lay two copies of a project side by side; raises `InputError` if they are of two projects."""
    if one.id != other.id:
        raise InputError(
            _("{one} and {other} are two projects, not two copies of one.").format(
                one=one.path.name, other=other.path.name
            )
        )
    hidden = {*one.rounds.sealed(), *other.rounds.sealed()}
    found, sealed = {}, False
    for table in tables(one.db):
        here, there = present_rows(one.db, table), present_rows(other.db, table)
        apart = [key for key in here.keys() | there.keys() if here.get(key) != there.get(key)]
        told = [key for key in apart if not (hidden and table in PRIVATE)]
        sealed = sealed or len(told) < len(apart)
        if told:
            found[table] = (
                sum(key not in there for key in told),
                sum(key not in here for key in told),
                sum(key in here and key in there for key in told),
            )
    return TwoCopies((fingerprint(one.db), fingerprint(other.db)), found, sealed)


def copies_in_words(copies: TwoCopies, names: tuple[str, str]) -> list[str]:
    """What differs between two copies, line by line, for people."""
    if copies.same:
        return [_("Both copies are the same: {state}.").format(state=copies.states[0])]
    lines = [
        _("The copies differ: {one} is {state}, {other} is {there}.").format(
            one=names[0], state=copies.states[0], other=names[1], there=copies.states[1]
        )
    ]
    for table, (here, there, changed) in copies.differing.items():
        lines.append(
            _("  {kind}: {here} only in {one}, {there} only in {other}, {changed} not alike").format(
                kind=_(_KINDS.get(table, table)),
                here=here,
                there=there,
                changed=changed,
                one=names[0],
                other=names[1],
            )
        )
    if copies.sealed:
        lines.append(_("  and something that is sealed"))
    lines.append(_("Exchange share files both ways, and they will be the same."))
    return lines


def _is_project(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(6) == b"SQLite"
    except OSError:
        return False
