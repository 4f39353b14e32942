"""What the verb `qualcode language` tells: what is in use, its version, what it adds."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.i18n import _
from qualcode.language.pipeline import OFFICIAL, Pipeline, pipeline


@dataclass(frozen=True, slots=True)
class Description:
    """The pipeline of a language, in words. `better` are official pipelines one could install."""

    language: str
    source: str
    version: str
    identity: str
    trained: bool
    gives: tuple[str, ...]
    problems: tuple[str, ...]
    better: tuple[str, ...]

    @property
    def text(self) -> str:
        """The description as lines to read."""
        if self.trained:
            name = _("Trained pipeline: {name} {version}").format(name=self.source, version=self.version)
        else:
            name = _("No trained pipeline: sentences and lemmas by rules and a word list.")
        lines = [name, _("It gives: {what}.").format(what=", ".join(self.gives)), *self.problems]
        if self.better:
            lines.append(
                _(
                    "A trained pipeline adds parts of speech, lemmas in context and names. To install one from the "
                    "internet: qualcode language install {name}; from a file: qualcode language install FILE.whl"
                ).format(name=self.better[-1])
            )
        return "\n".join([*lines, _("Versions: {identity}").format(identity=self.identity)])


def describe(language: str = "nl", preferred: str | None = None) -> Description:
    """What is in use for a language. Loads it, so call it in a worker."""
    used = pipeline(language, preferred)
    better = () if used.trained else OFFICIAL.get(language, ())
    return Description(
        language,
        used.source,
        used.version,
        used.identity,
        used.trained,
        tuple(_gives(used)),
        used.problems,
        better,
    )


def _gives(used: Pipeline) -> list[str]:
    gives = [_("sentences"), _("lemma sets")]
    if used.has_lemmas:
        gives.append(_("lemmas in context"))
    if used.has_pos:
        gives.append(_("parts of speech"))
    if used.has_entities:
        gives.append(_("names"))
    return gives
