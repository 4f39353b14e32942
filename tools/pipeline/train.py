"""Train the Dutch pipeline that comes with qualcode: `python -m tools.pipeline.train MATERIAL FOLDER`.

MATERIAL holds the treebanks (see README.md), FOLDER becomes the pipeline. Some minutes on one core; the same material
and the same versions give the same bytes. Nothing is fetched.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))

import numpy
import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from tools.pipeline import corpus

HERE = Path(__file__).parent
NAME, VERSION = "qualcode_nl_small", "1.0.0"


def main(material: Path, folder: Path) -> None:
    """Make the corpus, train, slim down, and put the pipeline in `folder` in place of what is there."""
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        blank = spacy.blank("nl")
        texts = list(corpus.training_texts(blank, material))
        corpus.keep(texts, work / "train.spacy")
        corpus.keep(texts[:100], work / "dev.spacy")  # spaCy wants some; nothing is chosen by them
        paths = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
        nlp = init_nlp(load_config(HERE / "config.cfg", overrides=paths, interpolate=False))
        (work / "out").mkdir()
        train(nlp, work / "out")
        slim(spacy.load(work / "out" / "model-last"), folder)


def slim(nlp: Language, folder: Path) -> None:
    """Keep of a trained pipeline what tagging needs: few strings, weights at half precision."""
    for _name, pipe in nlp.pipeline:
        for node in pipe.model.walk():
            for parameter in node.param_names:
                if node.has_param(parameter):
                    rounded = node.get_param(parameter).astype(numpy.float16).astype(numpy.float32)
                    node.set_param(parameter, rounded)
    nlp.config["paths"] = {"train": None, "dev": None, "vectors": None, "init_tok2vec": None}
    for name in ("config.cfg", "meta.json", "tokenizer"):
        (folder / name).unlink(missing_ok=True)
    for name in ("tok2vec", "morphologizer", "vocab"):
        shutil.rmtree(folder / name, ignore_errors=True)
    nlp.to_disk(folder)
    labels = nlp.get_pipe("morphologizer").cfg
    strings = sorted(
        {*labels["labels_morph"], *labels["labels_morph"].values(), *_parts(labels["labels_morph"])}
    )
    _write(folder / "vocab" / "strings.json", strings)
    _write(folder / "meta.json", _meta(nlp))


def _parts(morphs: dict[str, str]) -> set[str]:
    return {part for label in morphs for pair in label.split("|") for part in (pair, *pair.split("="))}


def _meta(nlp: Language) -> dict[str, object]:
    return {
        "lang": "nl",
        "name": NAME,
        "version": VERSION,
        "description": "Parts of speech and the particles of split verbs, for Dutch interviews",
        "author": "qualcode",
        "license": "CC BY-SA 4.0",
        "spacy_version": nlp.meta["spacy_version"],
        "vectors": {"width": 0, "vectors": 0, "keys": 0, "name": None, "mode": "default"},
        "labels": {"morphologizer": list(nlp.get_pipe("morphologizer").labels)},
        "pipeline": nlp.pipe_names,
        "components": nlp.component_names,
        "disabled": [],
    }


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
