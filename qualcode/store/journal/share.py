"""The share file (.qcx): one coder's acts and what they rest on, for the other laptop.

A zip of three members: `manifest.json`, `entries.jsonl` (journal entries) and
`texts.jsonl` (the texts of the interviews). It holds everything its coder ever did, so
that a file lost in the mail costs nothing; the receiver takes what is new. What other
coders keep to themselves (codings, memos, done marks, reasons) is left out of it, and so
is what its own coder marked in a sealed round, until all have fixed theirs. The whole is
signed by its coder.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError
from qualcode.files.zipped import Archive, Limits
from qualcode.i18n import _
from qualcode.model import Change, Coder, JournalEntry, now
from qualcode.store.file import keyring
from qualcode.store.file.files import plain_errors
from qualcode.store.journal.incoming import (
    Incoming,
    Owners,
    Signer,
    all_entries,
    is_kept_back,
    told_entries,
    without_others,
    without_sealed,
)
from qualcode.store.journal.relations import PRIVATE
from qualcode.store.journal.signing import Signature, keep_signatures, sign, signatures
from qualcode.store.journal.state import fingerprint

if TYPE_CHECKING:
    from qualcode.store.project import Project

FORMAT = "qualcode-share"
VERSION = 3
_MANIFEST = "manifest.json"
_MEMBERS = ("entries.jsonl", "texts.jsonl")
# what reading JSON of another shape raises, or JSON that is nested without end
_DAMAGED = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
# nothing but codings packs to a thirtieth at most, for each has an id of its own
_LIMITS = Limits(member=1 << 29, all=1 << 30, ratio=200, members=3)
# what is said of an entry beside its changes, and where it stands in ours
_FIELDS = {"id": "id", "tick": "tick", "at": "at", "coder": "coder_id", "action": "action", "note": "note",
           "undoes": "undoes"}  # fmt: skip
_OF_SIGNATURE = ("key_id", "parts", "words", "salt", "signature")
_SIGNED = b"qualcode share "
_SUM, _WITH_A_SUM = 64, 3  # characters; the version from which on there is one
_LAST_OF_BLOCK = b'00","tick":'  # where the id of an entry ends
_A_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same acts give the same file


@dataclass(frozen=True, slots=True)
class Share:
    """A share file as read: who made it, of which project, what is in it, and whom it invites, if anybody."""

    coder: str
    title: str
    made_at: str
    incoming: Incoming
    invited: str | None = None


def pack(project: Project, coder: Coder, invited: Coder | None = None) -> bytes:
    """The share file of one coder, as bytes; with `invited` it is an invitation to begin a copy with."""
    key = project.keys.for_signing(coder)
    with plain_errors(project.path), project.db.atomic():
        entries = list(_shareable(project, all_entries(project.db), coder))
        signed = signatures(project.db)
        # a text of a coding too: it may have been made before somebody corrected the interview; and the last text of
        # an interview that was taken out here, for it comes back where somebody coded it
        texts = dict(
            project.db.execute(
                "SELECT hash, text FROM texts WHERE hash IN (SELECT text_hash FROM transcripts "
                "UNION SELECT text_hash FROM codings UNION SELECT before_hash FROM revisions "
                "UNION SELECT value FROM json_each(?))",
                [json.dumps(sorted(_last_texts(entries)))],
            ).fetchall()
        )
        state, knows = fingerprint(project.db), told_entries(project)
    if key is not None:
        signed |= _newly_signed(project, entries, signed)
    members = {
        "entries.jsonl": _lines(_plain(entry, signed.get(entry.id)) for entry in entries),
        "texts.jsonl": _lines([digest, text] for digest, text in sorted(texts.items())),
    }
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "project": project.id,
        "title": project.settings.get("title"),
        "coder": coder.name,
        "made_at": now(),
        "entries": len(entries),
        "fingerprint": state,
        "knows": knows,
    }
    if invited is not None:
        manifest["invited"] = invited.name
    if key is not None:
        manifest["signer"] = {"coder": key.coder_id, "key": key.id, "public": key.public}
    return zipped(manifest, members)


def _newly_signed(
    project: Project, entries: Sequence[JournalEntry], known: Collection[str]
) -> dict[str, Signature]:
    """The signatures of what those with a key here did and is not signed yet; kept, where the file may be written."""
    made = [
        sign(project.id, entry, own.id)
        for person in project.coders.all()
        if (own := project.keys.here(person)) is not None
        for entry in _to_sign(project, entries, person)
        if entry.id not in known
    ]
    if made and not project.read_only:
        with project.unjournaled() as db:
            keep_signatures(db, made)
    return {one.entry_id: one for one in made}


def zipped(manifest: dict[str, Any], members: Mapping[str, bytes]) -> bytes:
    """A share file of these members, with its sum and, where the key of its signer is here, its signature."""
    manifest["sha256"] = _digest(manifest, members)
    signer = manifest.get("signer")
    if signer and keyring.holds(signer["key"]):
        manifest["signature"] = keyring.sign(signer["key"], _SIGNED + manifest["sha256"].encode())
    return _zipped({_MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=1).encode(), **members})


def _last_texts(entries: Iterable[JournalEntry]) -> set[str]:
    """The hash of the text that each interview, there or taken out, had last."""
    last = {
        change.id: change.after["text_hash"]
        for entry in entries
        for change in entry.changes
        if change.table == "transcripts" and change.after and "text_hash" in change.after
    }
    return set(last.values())


def read_share(path: Path, taken: Collection[str] = ()) -> Share:
    """Read a share file; raises `InputError` if it is none, cut off, edited or newer.

    Of the entries only those in blocks are read whose digest is not among those `taken` in before (`_blocks`).
    """
    try:
        return _read(path, *_unzipped(path), taken)
    except _DAMAGED as error:
        raise _no_share(path) from error


def _read(
    path: Path, manifest: Mapping[str, Any], members: Mapping[str, bytes], taken: Collection[str]
) -> Share:
    if manifest["format"] != FORMAT:
        raise _no_share(path)
    if manifest["version"] > VERSION:
        raise InputError(
            _("{path} was made by a newer version of qualcode. Install that version to take it in.").format(
                path=path.name
            )
        )
    if manifest.get("sha256") != _digest(manifest, members):
        raise _changed(path)
    signer = _signer(path, manifest)
    blocks = dict(_blocks(members["entries.jsonl"]))
    new = b"".join(block for digest, block in blocks.items() if digest not in taken)
    lines = _parsed(new)
    entries = tuple(_entry(fields) for fields in lines)
    signed = {told["id"]: _signature(told) for told in lines if "signature" in told}
    texts = dict(_parsed(members["texts.jsonl"]))
    knows = {str(coder): int(count) for coder, count in dict(manifest.get("knows", {})).items()}
    state = str(manifest.get("fingerprint", ""))
    coder, title, made_at = (str(manifest[name]) for name in ("coder", "title", "made_at"))
    incoming = Incoming(
        path.name,
        str(manifest["project"]),
        entries,
        texts,
        state,
        knows,
        tuple(blocks),
        coder,
        signer,
        signed,
    )
    invited = manifest.get("invited")
    return Share(coder, title, made_at, incoming, None if invited is None else str(invited))


def _signer(path: Path, manifest: Mapping[str, Any]) -> Signer | None:
    """Who signed a share file, if anybody did, and as they did."""
    told = manifest.get("signer")
    if told is None:
        return None
    signer = Signer(str(told["coder"]), str(told["key"]), str(told["public"]))
    if not keyring.fits(
        signer.public, _SIGNED + str(manifest["sha256"]).encode(), str(manifest.get("signature"))
    ):
        raise _changed(path)
    return signer


def _blocks(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The entries in blocks of some hundreds of lines, each with its digest.

    A block ends behind an entry whose id ends in two zeros: wherever another copy puts new entries between, the
    other blocks stay what they were.
    """
    first = 0
    while first < len(content):
        found = content.find(_LAST_OF_BLOCK, first)
        last = len(content) if found < 0 else content.find(b"\n", found) + 1 or len(content)
        block = content[first:last]
        yield hashlib.sha256(block).hexdigest(), block
        first = last


def _shareable(project: Project, entries: Iterable[JournalEntry], coder: Coder) -> Iterator[JournalEntry]:
    """The entries without what other coders keep to themselves, and without what its own may not show yet."""
    for entry in without_sealed(project, without_others(project, entries, {coder.id}), coder.id):
        if not is_kept_back(entry):
            yield entry


def _to_sign(project: Project, entries: Iterable[JournalEntry], coder: Coder) -> Iterator[JournalEntry]:
    """The entries of a coder that others hand on: with more in them than what is the coder's own."""
    owners = Owners(project, {coder.id})
    for entry in entries:
        of_others = [
            owners.is_of_others(change) for change in entry.changes
        ]  # each is looked at: it remembers
        only_own = all(c.table in PRIVATE for c in entry.changes) and not any(of_others)
        handed_on = not entry.changes or not only_own
        if handed_on and owners.is_by_own(entry):
            yield entry


def _plain(entry: JournalEntry, signature: Signature | None) -> dict[str, Any]:
    told = {name: getattr(entry, field) for name, field in _FIELDS.items()}
    told["changes"] = [[c.table, c.id, c.before, c.after] for c in entry.changes]
    if signature is not None:
        told["signature"] = [getattr(signature, name) for name in _OF_SIGNATURE]
    return told


def _signature(told: Mapping[str, Any]) -> Signature:
    key_id, parts, words, salt, signature = told["signature"]
    if not all(isinstance(one, str) for one in (key_id, words, salt, signature, *parts)):
        raise TypeError(told["id"])
    return Signature(told["id"], key_id, tuple(parts), words, salt, signature)


def _entry(told: Mapping[str, Any]) -> JournalEntry:
    fields = {field: told[name] for name, field in _FIELDS.items()}
    entry = JournalEntry(**fields, changes=tuple(Change(*change) for change in told["changes"]))
    words = (entry.id, entry.at, entry.action, entry.note, entry.coder_id or "", entry.undoes or "")
    if not all(isinstance(word, str) for word in words) or not isinstance(entry.tick, int):
        raise TypeError(entry.id)
    return entry


def _lines(values: Iterable[Any]) -> bytes:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return "".join(encode(value) + "\n" for value in values).encode()


def _parsed(content: bytes) -> list[Any]:
    # one list is read much faster than many lines; a text may hold other line ends than LF
    lines = content.split(b"\n")
    found: list[Any] = json.loads(b"[" + b",".join(line for line in lines if line) + b"]")
    return found


def _digest(manifest: Mapping[str, Any], members: Mapping[str, bytes]) -> str:
    """SHA-256 over the manifest (without the digest and its signature) and the members."""
    told = {name: value for name, value in manifest.items() if name not in ("sha256", "signature")}
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
    for name in _MEMBERS:
        digest.update(hashlib.sha256(members[name]).digest())
    return digest.hexdigest()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members. Its comment, at the very end, is a sum of all before it: no byte changes unnoticed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = bytes(_SUM)
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _A_MOMENT), content, zipfile.ZIP_DEFLATED)
    whole = buffer.getvalue()[:-_SUM]
    return whole + _sum(whole)


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _unzipped(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the members, of which each stands there once and nothing beside them."""
    if path.is_dir() or not path.exists():
        raise InputError(_("There is no file {path}.").format(path=path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {detail}.").format(path=path, detail=error.strerror or error)
        ) from error
    try:
        with Archive(content, limits=_LIMITS) as archive:
            if sorted(archive.names) != sorted((_MANIFEST, *_MEMBERS)):
                raise _no_share(path)
            members = {name: archive.read(name) for name in _MEMBERS}
            manifest = json.loads(archive.read(_MANIFEST))
    except InputError as error:
        raise _no_share(path) from error
    if manifest["version"] >= _WITH_A_SUM and content[-_SUM:] != _sum(content[:-_SUM]):
        raise _changed(path)
    return manifest, members


def _changed(path: Path) -> InputError:
    return InputError(
        _("{path} was changed after it was made. Ask for it to be sent again.").format(path=path.name)
    )


def _no_share(path: Path) -> InputError:
    return InputError(
        _(
            "{path} is no share file, or it was cut off or damaged on its way. Ask for it to be sent again."
        ).format(path=path.name)
    )
