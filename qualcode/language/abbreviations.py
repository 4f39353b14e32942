"""Abbreviations that decide whether a full stop ends a sentence, in lower case with their stop."""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What a language abbreviates.

    `never` ends no sentence. `before_capital` ends one before a capital only. `unless_number`
    is a common word as well, so it is an abbreviation only before a digit; of these,
    `lower_only` are names when written with a capital ("Jan"). `letter_names` are words
    after which a single letter is a name of its own and not an initial ("plan B.").
    """

    never: frozenset[str]
    before_capital: frozenset[str]
    unless_number: frozenset[str]
    lower_only: frozenset[str]
    letter_names: frozenset[str]
    clitics: str


DUTCH = Abbreviations(
    never=_words(
        "dr. drs. ir. ing. mr. prof. ds. dhr. mw. mevr. mvr. mej. st. secr. fam. gebr. wed. "
        "bijv. bijvb. bv. nl. evt. resp. incl. excl. ca. plm. ong. wsch. zgn. zog. vgl. vlg. inz. aanw. gez. "
        "verz. afd. art. par. pag. blz. p. nrs. grp. tel."
    ),
    before_capital=_words(
        "enz. etc. e.d. s.v.p. a.u.b. n.v.t. e.e.a. z.o.z. jl. a.s. jr. sr. u. sec. str. p.w. p.j. p.p."
    ),
    unless_number=_words(
        "o. zo. ma. di. wo. do. vr. za. lid. max. min. spec. dir. gem. nr. gr. kl. "
        "jan. feb. mrt. apr. jun. jul. aug. sep. sept. okt. nov. dec."
    ),
    lower_only=_words(
        "zo. ma. di. wo. do. vr. za. jan. feb. mrt. apr. jun. jul. aug. sep. sept. okt. nov. dec."
    ),
    letter_names=_words(
        "plan groep optie punt klas vitamine versie deel team type model categorie niveau letter"
    ),
    clitics="tsknm",
)

ENGLISH = Abbreviations(
    never=_words(
        "dr. mr. mrs. ms. prof. rev. st. sgt. capt. mt. messrs. vs. e.g. i.e. cf. viz. approx. ca. incl. "
        "excl. esp. dept. fig. pp. p. vol. jan. feb. apr. jun. jul. aug. sep. sept. oct. nov. dec."
    ),
    before_capital=_words("etc. a.m. p.m. jr. sr. inc. ltd. co. u.s. u.k. ph.d. b.a. m.a. m.d."),
    unless_number=_words("no. nos. ext. max. min. mar. i."),
    lower_only=frozenset(),
    letter_names=_words(
        "plan group option point class vitamin version part team type model category level and or than i"
    ),
    clitics="",
)


def abbreviations(language: str) -> Abbreviations:
    """The list of `language` ("nl" or "en"); the Dutch one for anything else."""
    return ENGLISH if language == "en" else DUTCH
