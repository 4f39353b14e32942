"""A trained pipeline and the index in a project: used when it is there, and the index redone when it changes."""

from __future__ import annotations

import json
from pathlib import Path

from qualcode.language.installed import basis
from qualcode.language.pipeline import OWN, folder_of, pipeline
from qualcode.model import Turn
from qualcode.store.project import Project
from qualcode.tasks.searching.indexing import bring_up_to_date, state_of

OURS = OWN["nl"]


def pipelines(project: Project) -> set[str]:
    """What the words in the index were made with."""
    return {row[0] for row in project.db.execute("SELECT pipeline FROM word_texts").fetchall()}


def test_our_own_pipeline_is_named(project: Project) -> None:
    bring_up_to_date(project)
    assert pipelines(project) == {pipeline("nl").identity} == {basis("nl")}
    assert basis("nl").startswith(OURS)
    assert str(folder_of(OURS).parent) not in basis("nl")


def test_a_pipeline_that_is_installed_later_makes_the_index_stale(project: Project, as_package: Path) -> None:
    bring_up_to_date(project)
    assert "nl_core_news_sm 0.1.0" in basis("nl")
    assert pipelines(project) == {pipeline("nl").identity}
    assert "nl_core_news_sm" in pipelines(project).pop()
    meta = as_package.parent.parent / "nl_core_news_sm-0.1.0.dist-info" / "METADATA"
    meta.write_text("Metadata-Version: 2.1\nName: nl-core-news-sm\nVersion: 0.2.0\n")
    assert not state_of(project).complete


def test_parts_of_speech_of_an_installed_pipeline_are_used(project: Project, as_package: Path) -> None:
    said = "de scholen belden Noor"
    project.transcripts.add("hulp", said, [Turn(1, 0, len(said), "M")])
    bring_up_to_date(project)
    made_with = project.db.execute("SELECT pipeline FROM word_texts").fetchall()
    assert all("nl_core_news_sm" in row[0] for row in made_with)


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
        assert pipelines(project) == {pipeline("nl").identity}
        assert state_of(project).complete
    pipeline.cache_clear()
