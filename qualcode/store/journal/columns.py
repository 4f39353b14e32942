"""What the values of each column look like, in whatever comes from another laptop.

Whoever makes a share file can put anything in it and make its sum right. So this table says of each column what its
values are; what it does not say is told by the name of the column, or by the schema. A new column that holds words, a
number or a reference needs no line here. The limits are far beyond what people write, and never in their way.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qualcode.i18n import LANGUAGES
from qualcode.model import SIDES, CoderKind, ColumnKind, Verdict
from qualcode.store.records import memos, reflections, settings
from qualcode.store.records.decisions import Outcome, Why
from qualcode.store.records.pseudonyms import NameState
from qualcode.text.normal import normal

if TYPE_CHECKING:
    from qualcode.store.journal.relations import RecordTable

Rule = Callable[[Any], bool]

_MOST_IN_LINE, _MOST_WORDS, _MOST_KEPT = 2_000, 5_000_000, 200_000_000
_FURTHEST, _LONGEST_MS = 2**31, 2**45
_YEARS = range(1900, 9000)
_SLACK_MS = 2**40  # so that a laptop whose clock stands at 1970 takes in whatever people can have counted
_ID = re.compile(r"[0-9A-Za-z][!-+\--~]{0,299}")  # lists of ids are put together with commas
_SALT, _MARK = re.compile(r"([0-9a-f]{2}){16,64}"), re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_ACTION = re.compile(r"[a-z][a-z0-9._-]{0,99}")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_COLOUR = re.compile(r"(#[0-9A-Fa-f]{6})?")
_UNSOUND = re.compile("[\0\ud800-\udfff]")
_NOT_IN_LINE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _like(pattern: re.Pattern[str]) -> Rule:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _words(value: Any) -> bool:
    """Any text that can be stored and written again."""
    return isinstance(value, str) and len(value) <= _MOST_WORDS and _UNSOUND.search(value) is None


def _line(value: Any) -> bool:
    """Words on one line, or none."""
    return isinstance(value, str) and len(value) <= _MOST_IN_LINE and _NOT_IN_LINE.search(value) is None


def _name(value: Any) -> bool:
    return _line(value) and not value.isspace() and value != ""


def _whole(low: int, high: int) -> Rule:
    return lambda value: type(value) is int and low <= value <= high


def is_counted(value: Any) -> bool:
    """Whether people can have counted as far: one by one, so never faster than one per millisecond since 1970.

    Who counts as far as that takes nothing from others: the limit runs ahead of whatever comes next.
    """
    return type(value) is int and 0 <= value <= time.time() * 1000 + _SLACK_MS


def _moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and "T" in value and datetime.fromisoformat(value).year in _YEARS
    except ValueError:
        return False


def _one_of(*keys: str) -> Rule:
    return lambda value: isinstance(value, str) and value in keys


def _or_empty(rule: Rule) -> Rule:
    return lambda value: value == "" or rule(value)


def _or_none(rule: Rule) -> Rule:
    return lambda value: value is None or rule(value)


def _list(rule: Rule, least: int = 0) -> Rule:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(rule, value))


def _row(*rules: Rule) -> Rule:
    """A list with one value by each of the rules."""
    return lambda value: (
        isinstance(value, list)
        and len(value) == len(rules)
        and all(rule(one) for rule, one in zip(rules, value, strict=True))
    )


def _mapping(rule: Rule) -> Rule:
    """Values by names."""
    return lambda value: isinstance(value, dict) and all(_words(key) and rule(value[key]) for key in value)


def _fields(rules: Mapping[str, Rule], *, all_of_them: bool = False) -> Rule:
    """Values by these names, not all of which have to be there."""
    return lambda value: (
        isinstance(value, dict)
        and value.keys() <= rules.keys()
        and (not all_of_them or value.keys() == rules.keys())
        and all(rules[name](value[name]) for name in value)
    )


def _json(rule: Rule) -> Rule:
    """JSON text that holds a value by the rule; never a number that is none."""

    def holds(value: Any) -> bool:
        if not isinstance(value, str) or len(value) > _MOST_KEPT:
            return False
        try:
            return rule(json.loads(value, parse_constant=_refuse_constant))
        except (ValueError, RecursionError):
            return False

    return holds


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _switch(value: Any) -> bool:
    return isinstance(value, bool)


def _share(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def _measured(value: Any) -> bool:
    return type(value) in (int, float) and -1e12 <= value <= 1e12


def _pipeline(value: Any) -> bool:
    """A package or a folder of this laptop, never of another one that is reached by its name."""
    return _line(value) and not value.startswith(("//", "\\\\"))


def _instead(value: Any) -> bool:
    """What can stand anywhere in a text for a name, and leave the text in its normal form."""
    return _line(value) and normal(f"a{value}a") == f"a{value}a"


def _edits(value: Any) -> bool:
    """Edits of a text in their order, which do not overlap."""
    return _list(_EDIT)(value) and all(
        start <= end and (n == 0 or value[n - 1][1] <= start) for n, (start, end, _text) in enumerate(value)
    )


def _turns(value: Any) -> bool:
    """Turns one after the other; each begins behind the line end after the one before."""
    if not _list(lambda turn: _BARE_TURN(turn) or _TURN_WITH_ROLE(turn))(value):
        return False
    end = -1
    for turn in value:
        if not end < turn[0] <= turn[1]:
            return False
        end = turn[1]
    return True


is_id = _like(_ID)
_hash = _like(_HASH)
_place = _whole(0, _FURTHEST)
_flag = _whole(0, 1)
_ids = _json(_list(is_id))
_both = _fields({"nl": _words, "en": _words})
_time = _or_none(_whole(0, _LONGEST_MS))
_TURN = (_place, _place, _line, _flag, _time, _time, _line)  # as `rows.turns_record` makes them
_BARE_TURN, _TURN_WITH_ROLE = _row(*_TURN), _row(*_TURN, _name)
_EDIT = _row(_place, _place, _words)
_COLUMN = _row(_like(_LETTERS), _line, _words, _one_of(*ColumnKind), _list(_words))
_SCALE = _row(_line, _list(_like(_LETTERS), least=1), _list(_like(_LETTERS)), _measured, _measured)
_FORM = _row(_like(_MARK), _whole(1, 50), _instead, _switch)  # as `text.hidden_names` keeps them
_FROZEN = _row(is_id, _place, _place, is_id, is_id, _or_empty(_moment))
_READING = _fields(
    {
        "round": is_id,
        "interview": is_id,
        "coder": is_id,
        "text": _hash,
        "codings": _list(_row(_place, _place, is_id, is_id)),
    },
    all_of_them=True,
)
_ABOUT = {"name": _line, "title": _both, "description": _both, "source": _words}
_SAMPLE = {
    "drawn": _list(is_id),
    "available": is_counted,
    "share": _share,
    "method": _one_of("random", "stratified"),
    "seed": _whole(-(2**63), 2**63),
    "by_role": _list(
        _fields({"role": _line, "drawn": is_counted, "available": is_counted}, all_of_them=True)
    ),
}
_SAID = {"label": _line, "role": _line, "pattern": _line}
_BARE_SPEAKER = _fields(_SAID, all_of_them=True)
_CALLED_SPEAKER = _fields({**_SAID, "person": _line}, all_of_them=True)
_SETTINGS: Mapping[str, Rule] = {
    **{name: _switch for name, value in settings.DEFAULTS.items() if isinstance(value, bool)},
    "title": _line,
    "codebook": _fields(_ABOUT),
    "checklist": _fields({**_ABOUT, "dimensions": _list(_row(_line, _both))}),
    "sample": lambda value: value == {} or _fields(_SAMPLE, all_of_them=True)(value),
    "speakers": _list(lambda value: _BARE_SPEAKER(value) or _CALLED_SPEAKER(value)),
    "iou_agreed": _share,
    "edge_characters": _place,
    "headings": _mapping(_line),
    "searches": _mapping(_words),
    "stop_words": _fields(dict.fromkeys(LANGUAGES, _list(_line))),
    "pipeline": _fields(dict.fromkeys(LANGUAGES, _pipeline)),
}
_BY_KIND: Mapping[type, Rule] = {str: _words, int: is_counted, float: _share, list: _turns}
# columns that say the same in whatever table they stand
_ANYWHERE: Mapping[str, Rule] = {
    "id": is_id,
    "at": _moment,
    "text_hash": _hash,
    "start": _place,
    "end": _place,
    "position": is_counted,
    "number": is_counted,
    "name": _name,
    "label": _line,
    "slug": _name,
    "language": _one_of(*LANGUAGES),
    "retired": _flag,
    "starred": _flag,
    "negative": _flag,
}
_COLUMNS: Mapping[str, Mapping[str, Rule]] = {
    "cases": {"label": _name, "attributes": _json(_mapping(_words))},
    "checklist": {"dimension": _line, "codes": _json(_list(_line))},
    "codes": {
        **{f"name_{language}": _line for language in LANGUAGES},
        "mnemonic": _line,
        "colour": _like(_COLOUR),
    },
    "cast_members": {
        "pseudonym": _line,
        "kind": _line,
        "case_label": _line,
        "salt": _like(_SALT),
        "forms": _json(_list(_FORM)),
    },
    "coders": {"kind": _one_of(*CoderKind), "pin": _line},
    "codings": {"created_at": _or_empty(_moment), "decision_id": _or_none(is_id)},
    "decisions": {
        "kind": _like(_ACTION),
        "a": _ids,
        "b": _ids,
        "outcome": _one_of(*Outcome),
        "reason": _one_of(*Why),
        "reopened_at": _or_empty(_moment),
    },
    "commitments": {"hash": _hash, "key_id": _or_none(is_id), "signature": _or_empty(_like(_SIGNATURE))},
    "freezes": {"codebook": _hash, "codings": _json(_list(_FROZEN)), "digest": _hash},
    "hidden_names": {"salt": _like(_SALT), "forms": _json(_list(_FORM)), "kind": _line},
    "informants": {"role": _name},
    "keys": {"public": _hash, "machine": is_id},
    "memos": {"target_kind": _one_of(*memos.KINDS), "target_id": _or_empty(is_id), "created_at": _moment},
    "name_states": {"state": _one_of(*NameState), "text_hash": _or_empty(_hash)},
    "not_names": {"word": _words},
    "pseudonyms": {"pseudonym": _line, "kind": _line},
    "ranking_answers": {"answer": _whole(-1, 1)},
    "ranking_orders": {"ranks": _json(_list(_list(is_id)))},
    "rankings": {"transcripts": _ids},
    "ratings": {
        "verdict": _one_of(*Verdict),
        "evidence": _ids,
        "sides": _json(_mapping(_one_of(*SIDES))),
    },
    "rationales": {"difference": is_id},
    "reflections": {"question": _one_of(*reflections.QUESTIONS)},
    "reviews": {"coding_id": is_id},
    "reveals": {
        "salt": _hash,
        "reading": _json(_READING),
        "rests_on": _json(_list(_row(is_id, _hash))),
        "key_id": _or_none(is_id),
        "signature": _or_empty(_like(_SIGNATURE)),
    },
    "revisions": {
        "parents": _ids,
        "edits": _json(_edits),
        "before_hash": _or_empty(_hash),
        "depth": is_counted,
        "firm": _flag,
    },
    "roles": {"key": _name, "name_nl": _line, "name_en": _line, "under": _line},
    "rounds": {
        "name": _line,
        "transcripts": _json(_list(is_id, least=1)),
        "coders": _json(_list(is_id, least=1)),
        "codebook": _hash,
        "state": _one_of("running", "closed"),
        "coder_id": is_id,
        "started_at": _moment,
        "closed_at": _or_empty(_moment),
        "commits": _flag,
    },
    "settled": {"choice": _one_of("written", "other", "kept")},
    "surveys": {"name": _line, "columns": _json(_list(_COLUMN)), "scales": _json(_list(_SCALE))},
    "respondents": {"answers": _json(_mapping(_words))},
    "theme_quotes": {"subgroup": _line, "moved_from": _or_empty(is_id)},
    "themes": {"title": _line, "question": _line, "codes": _ids},
    "turns": {"turns": _turns, "text": _or_none(_hash)},
}
ENTRY: Mapping[str, Rule] = {
    "id": is_id,
    "at": _moment,
    "coder_id": _or_none(is_id),
    "action": _like(_ACTION),
    "undoes": _or_none(is_id),
    "note": _words,
}


def is_text(value: Any) -> bool:
    """Whether this can be the text of an interview."""
    return (
        isinstance(value, str)
        and len(value) <= _MOST_KEPT
        and value.strip() != ""
        and _UNSOUND.search(value) is None
        and normal(value) == value
    )


def is_setting(name: str, value: Any) -> bool:
    """Whether this, as JSON, can be the value of that setting."""
    return name in _SETTINGS and _json(_SETTINGS[name])(value)


def rules_of(table: RecordTable) -> dict[str, Rule]:
    """The rule of each column of a table."""
    said, found = _COLUMNS.get(table.name, {}), {}
    for name, kinds in table.kinds.items():
        usual = _ANYWHERE.get(name) or (is_id if name.endswith("_id") else _BY_KIND[kinds[0]])
        found[name] = said.get(name) or (_or_none(usual) if type(None) in kinds else usual)
    return found
