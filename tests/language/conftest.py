"""A tiny Dutch pipeline, really trained (parts of speech, names), so that the trained path is walked."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.language.pipeline import pipeline

_SENTENCES = [
    ("Sanne belde de school", "PROPN VERB DET NOUN", (0, 5)),
    ("Karim hielp de moeder", "PROPN VERB DET NOUN", (0, 5)),
    ("de juf belde Sanne", "DET NOUN VERB PROPN", (13, 18)),
    ("de vader hielp Karim", "DET NOUN VERB PROPN", (15, 20)),
    ("de scholen belden Noor", "DET NOUN VERB PROPN", (18, 22)),
    ("Noor zag de juf", "PROPN VERB DET NOUN", (0, 4)),
]


@pytest.fixture(scope="session")
def trained_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny pipeline, version 0.1.0."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(7)
    shuffler = random.Random(7)
    nlp = spacy.blank("nl")
    nlp.meta["name"] = "piepklein"
    nlp.meta["version"] = "0.1.0"
    for name in ("morphologizer", "ner"):
        nlp.add_pipe(name)
    examples = [
        Example.from_dict(
            nlp.make_doc(text),
            {"pos": parts.split(), "morphs": [""] * len(parts.split()), "entities": [(*person, "PERSON")]},
        )
        for text, parts, person in _SENTENCES
    ]
    optimizer = nlp.initialize(lambda: examples)
    for _round in range(25):
        shuffler.shuffle(examples)
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("trained") / "piepklein"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def as_package(trained_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The tiny pipeline as an installed package under an official name; its data folder."""
    package = tmp_path / "nl_core_news_sm"
    data = package / "nl_core_news_sm-0.1.0"
    shutil.copytree(trained_folder, data)
    shutil.copy(trained_folder / "meta.json", package / "meta.json")
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**options):\n    return load_model_from_init_py(__file__, **options)\n"
    )
    info = tmp_path / "nl_core_news_sm-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nl-core-news-sm\nVersion: 0.1.0\n")
    meta = (package / "meta.json").read_text().replace('"piepklein"', '"core_news_sm"')
    (package / "meta.json").write_text(meta)
    (data / "meta.json").write_text(meta)
    monkeypatch.syspath_prepend(str(tmp_path))
    pipeline.cache_clear()
    yield data
    pipeline.cache_clear()
    sys.modules.pop("nl_core_news_sm", None)
