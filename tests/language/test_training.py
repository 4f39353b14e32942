"""What the pipeline is trained on, read from files like those of the treebanks; nothing is trained."""

from __future__ import annotations

from pathlib import Path

import spacy

from tools.pipeline.corpus import MADE, PARTICLE, as_doc, bare, sentences_of, training_texts

_TRAIN = """\
# text = Ze heeft mijn moeder gebeld, zei ze.
1\tZe\tze\tPRON\t_\t_\t5\tnsubj\t_\t_
2\theeft\thebben\tAUX\t_\t_\t5\taux\t_\t_
3\tmijn\tmijn\tPRON\t_\t_\t4\tnmod:poss\t_\t_
4\tmoeder\tmoeder\tNOUN\t_\t_\t5\tobj\t_\t_
5\tgebeld\tbellen\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_

"""
_TEST = """\
1\tBel\tbellen\tVERB\t_\t_\t0\troot\t_\t_
1.1\thaar\thaar\tPRON\t_\t_\t_\t_\t_\t_
2-3\teven op\t_\t_\t_\t_\t_\t_\t_\t_
2\teven\teven\tADV\t_\t_\t1\tadvmod\t_\t_
3\top\top\tADP\t_\t_\t1\tcompound:prt\t_\t_

"""


def test_sentences_are_read_as_all_years_of_the_treebanks_mean_them(tmp_path: Path) -> None:
    nlp = spacy.blank("nl")
    (tmp_path / "een-train.conllu").write_text(_TRAIN, encoding="utf-8")
    (sentence,) = sentences_of(tmp_path / "een-train.conllu")
    doc = as_doc(nlp, [sentence])
    assert doc is not None
    assert doc.text == "Ze heeft mijn moeder gebeld. "
    assert [token.pos_ for token in doc] == ["PRON", "VERB", "DET", "NOUN", "VERB", "PUNCT"]
    recognised = as_doc(nlp, [bare(sentence)])
    assert recognised is not None
    assert recognised.text == "ze heeft mijn moeder gebeld "


def test_what_is_tested_with_is_not_trained_on(tmp_path: Path) -> None:
    nlp = spacy.blank("nl")
    (tmp_path / "een-train.conllu").write_text(_TRAIN + _TEST, encoding="utf-8")
    (tmp_path / "een-test.conllu").write_text(_TEST, encoding="utf-8")
    texts = [doc.text.strip().lower() for doc in training_texts(nlp, tmp_path)]
    assert any(text.startswith("ze heeft mijn moeder gebeld") for text in texts)
    assert not any("bel even op" in text for text in texts)
    (tested,) = sentences_of(tmp_path / "een-test.conllu")
    assert [token.is_particle for token in tested] == [False, False, True]
    assert PARTICLE in {str(token.morph) for token in as_doc(nlp, [tested]) or []}


def test_our_own_sentences_are_there() -> None:
    assert sum(1 for _sentence in sentences_of(MADE)) == 2600
