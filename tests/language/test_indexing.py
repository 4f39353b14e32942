"""A trained pipeline and the index in a project: used when it is there, and the index redone when it changes."""

from __future__ import annotations

import json
from pathlib import Path

from qualcode.language.installed import basis
from qualcode.language.pipeline import pipeline, rules_identity
from qualcode.language.query import parse
from qualcode.language.search import search
from qualcode.model import Turn
from qualcode.store.project import Project
from qualcode.tasks.searching.indexing import bring_up_to_date, state_of


def pipelines(project: Project) -> set[str]:
    """What the words in the index were made with."""
    return {row[0] for row in project.db.execute("SELECT pipeline FROM word_texts").fetchall()}


def test_without_a_pipeline_the_rules_are_named(project: Project) -> None:
    bring_up_to_date(project)
    assert pipelines(project) == {rules_identity()} == {basis("nl")}


def test_a_pipeline_that_is_installed_later_makes_the_index_stale(project: Project, as_package: Path) -> None:
    bring_up_to_date(project)
    assert "nl_core_news_sm 0.1.0" in basis("nl")
    assert pipelines(project) == {pipeline("nl").identity}
    assert "nl_core_news_sm" in pipelines(project).pop()
    meta = as_package.parent.parent / "nl_core_news_sm-0.1.0.dist-info" / "METADATA"
    meta.write_text("Metadata-Version: 2.1\nName: nl-core-news-sm\nVersion: 0.2.0\n")
    assert not state_of(project).complete


def test_lemmas_in_context_are_found(project: Project, as_package: Path) -> None:
    said = "de juf hielp Karim"
    project.transcripts.add("hulp", said, [Turn(1, 0, len(said), "M")])
    index = project.words.index(bring_up_to_date(project).state)
    lemmas = {row[0] for row in project.db.execute("SELECT lemma FROM word_forms").fetchall()}
    assert "helpen" in lemmas
    assert len(search(index, parse("helpen"))) == 1


def test_a_pipeline_the_project_prefers_is_used_where_it_is_there(
    project: Project, trained_folder: Path
) -> None:
    project.settings.set("pipeline", {"nl": str(trained_folder)})
    bring_up_to_date(project)
    assert str(trained_folder) in pipelines(project).pop()
    assert state_of(project).complete


def test_a_pipeline_that_cannot_be_used_does_not_make_the_index_stale_for_ever(
    project: Project, tmp_path: Path
) -> None:
    broken = tmp_path / "kapot"
    broken.mkdir()
    (broken / "meta.json").write_text(json.dumps({"lang": "nl", "version": "9", "spacy_version": ""}))
    for wanted in (str(broken), "bestaat_niet"):
        project.settings.set("pipeline", {"nl": wanted})
        pipeline.cache_clear()
        assert bring_up_to_date(project).state.complete
        assert pipelines(project) == {rules_identity()}
        assert state_of(project).complete
    pipeline.cache_clear()
