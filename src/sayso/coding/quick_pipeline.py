"""The pinned spaCy pipeline at less than half its cost: the same components, three of them worked out otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc as SpacyDoc

from sayso.coding.entities import Entities
from sayso.coding.word_forms import WordForms
from sayso.coding.word_vectors import WordVectors

#: Tokens worked on together, where they are of more than one text: about 10 kB each while it lasts.
_TOGETHER = 8_000


class QuickPipeline:
    """Calls like the pipeline it is made from, and sets the same attributes (``tests/coding/test_quick_pipeline.py``).

    ``pipeline`` is to have the components of the pinned one (``sayso.coding.parse.MODEL_NAME``): another may be built
    otherwise inside.
    """

    def __init__(self, pipeline: Any) -> None:
        self._make_doc = pipeline.make_doc
        self._vectors = WordVectors(pipeline.get_pipe("tok2vec").model)
        self._tagger = pipeline.get_pipe("tagger")
        self._parser = pipeline.get_pipe("parser")
        self._forms = WordForms(pipeline.get_pipe("attribute_ruler"), pipeline.get_pipe("lemmatizer"))
        self._entities = Entities(pipeline.get_pipe("ner"))

    def __call__(self, text: str) -> SpacyDoc:
        """``text`` with everything that the pipeline finds in it."""
        return next(self.many([text]))

    def many(self, texts: Iterable[str]) -> Iterator[SpacyDoc]:
        """Each of ``texts`` as it would come out alone; several together cost less (``docs/design/speed.md``).

        That what a text gets hangs on no other is how BLIS multiplies (``word_vectors``), and tested.
        """
        group: list[SpacyDoc] = []
        tokens = 0
        for text in texts:
            doc = self._make_doc(text)
            if group and tokens + len(doc) > _TOGETHER:
                yield from self._annotated(group)
                group, tokens = [], 0
            group.append(doc)
            tokens += len(doc)
        yield from self._annotated(group)

    def _annotated(self, docs: Sequence[SpacyDoc]) -> Sequence[SpacyDoc]:
        if words := [doc for doc in docs if len(doc)]:
            vectors = np.split(self._vectors(words), np.cumsum([len(doc) for doc in words])[:-1])
            for doc, of in zip(words, vectors, strict=True):
                doc.tensor = of
            for component in (self._tagger, self._parser):
                component.set_annotations(words, component.predict(words))
            self._forms(words)
            self._entities(words)
        return docs
