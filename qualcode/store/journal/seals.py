"""What is kept when both have finished an interview: the codings as they were, with a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qualcode.i18n import Bilingual
from qualcode.model import Code, Coding

_WORDS = ("name", "definition", "use", "not_use", "example")


@dataclass(frozen=True, slots=True)
class Freeze:
    """An interview as all coders of a round had coded it; `codebook` is the version of the codebook."""

    id: str
    round_id: str
    transcript_id: str
    text_hash: str
    codebook: str
    codings: tuple[Coding, ...]
    at: str


def packed(codings: Iterable[Coding]) -> str:
    """Codings as the JSON that is kept and sealed."""
    kept = sorted((c.coder_id, c.start, c.end, c.code_id, c.id, c.created_at) for c in codings)
    return json.dumps(kept)


def unpacked(text: str, transcript_id: str) -> tuple[Coding, ...]:
    """The codings that were kept."""
    return tuple(
        Coding(key, transcript_id, start, end, code_id, coder_id, made)
        for coder_id, start, end, code_id, key, made in json.loads(text)
    )


def digest(text_hash: str, codebook: str, codings: str, at: str) -> str:
    """SHA-256 of what is sealed."""
    return _sha256([text_hash, codebook, codings, at])


def codebook_version(codes: Iterable[Code]) -> str:
    """SHA-256 of what the codebook says (not of its colours); equal words are one version."""
    return _sha256(
        sorted([code.slug, code.retired, *(_both(getattr(code, name)) for name in _WORDS)] for code in codes)
    )


def _both(text: Bilingual) -> list[str]:
    return [text.nl, text.en]


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
