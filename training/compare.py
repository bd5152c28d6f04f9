"""What simpler models reach on the same folds: `python -m training.compare`.

Word and character n-grams with a linear head; the same over text in which names, drugs, doses,
dates, tests and institutions are replaced by their class; and spaCy's text categorizer.
"""

import random
from collections.abc import Callable, Iterator, Sequence

import numpy
import spacy
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union
from spacy.training import Example

from postcheck.checker import detector
from postcheck.draft import Draft
from postcheck.kinds.classifier import LABELS
from postcheck.packs import Rulebook, load
from training.corpus import Labelled, corpus
from training.folds import FOLDS, summary, wanted

Texts = Sequence[str]
Model = Callable[[Texts, NDArray[numpy.bool_], Texts], NDArray[numpy.float64]]
"""Trains on texts and their labels, and gives the probability of each label for other texts."""

CLASSES = {"drugs": "DRUG", "amounts": "DOSE", "schedules": "SCHEDULE", "tests": "TEST", "organization": "HOSPITAL"}


def plain(draft: Draft, text: str) -> str:
    """A draft's text with who posts it and what it answers."""
    return f"{draft.author} {draft.in_reply_to or ''} || {text}"


def by_class(drafts: Sequence[Labelled], book: Rulebook) -> Iterator[str]:
    """The same, with what names or measures something replaced by what kind of thing it is."""
    for each, analysis in zip(drafts, detector(book).analyze([d.draft for d in drafts]), strict=True):
        hits = book.vocabulary.lexicon.read(analysis.text)
        found = [(span, word) for name, word in CLASSES.items() for span in hits.hits(name)]
        found += [(entity.span, entity.kind) for entity in analysis.entities]
        text, end = analysis.text, len(analysis.text) + 1
        for span, word in sorted(found, reverse=True):
            if span.end <= end:
                text, end = f"{text[: span.start]} {word} {text[span.end :]}", span.start
        yield plain(each.draft, text)


def n_grams(texts: Texts, labels: NDArray[numpy.bool_], others: Texts) -> NDArray[numpy.float64]:
    """Logistic regression on words and pairs of words, and on runs of two to five characters."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
    linear = OneVsRestClassifier(LogisticRegression(C=8, class_weight="balanced", max_iter=1000))
    model = make_pipeline(make_union(words, characters), linear).fit(texts, labels)
    return numpy.asarray(model.predict_proba(others))


def text_categorizer(texts: Texts, labels: NDArray[numpy.bool_], others: Texts) -> NDArray[numpy.float64]:
    """spaCy's `textcat_multilabel`, its ensemble of a bag of words and a convolutional network."""
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe("textcat_multilabel")
    for label in LABELS:
        pipe.add_label(label)
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": dict(zip(LABELS, map(float, row), strict=True))})
        for text, row in zip(texts, labels, strict=True)
    ]
    optimizer = nlp.initialize(lambda: examples)
    shuffler = random.Random(0)
    for _ in range(8):
        shuffler.shuffle(examples)
        for batch in spacy.util.minibatch(examples, 32):
            nlp.update(batch, sgd=optimizer, drop=0.2)
    return numpy.array([[doc.cats[label] for label in LABELS] for doc in nlp.pipe(others)])


def main() -> None:
    """Print for each model what it reaches on files that it wasn't trained on."""
    drafts = corpus()
    texts = [plain(each.draft, each.draft.text) for each in drafts]
    classes = [*by_class(drafts, load())]
    models: dict[str, tuple[Model, Texts]] = {
        "n-grams": (n_grams, texts),
        "n-grams over classes": (n_grams, classes),
        "spaCy's text categorizer": (text_categorizer, texts),
    }
    true, sources = wanted(drafts), numpy.array([each.source for each in drafts])
    for name, (model, seen) in models.items():
        given = numpy.zeros(true.shape)
        for held_out in FOLDS.values():
            out = numpy.isin(sources, held_out)
            inside = [text for text, held in zip(seen, out, strict=True) if not held]
            given[out] = model(inside, true[~out], [text for text, held in zip(seen, out, strict=True) if held])
        print(f"{name}: {summary(given >= 0.5, true)}", flush=True)


if __name__ == "__main__":
    main()
