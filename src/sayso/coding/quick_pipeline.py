"""The pinned spaCy pipeline at less than half its cost: the same components, three of them worked out otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc as SpacyDoc

from sayso.coding.entities import Entities
from sayso.coding.word_forms import WordForms
from sayso.coding.word_vectors import WordVectors


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
        return self.many([text])[0]

    def many(self, texts: Sequence[str]) -> list[SpacyDoc]:
        """Each of ``texts`` as it would come out alone; the parser costs less over several (``docs/design/speed.md``).

        That what a text gets hangs on no other is how BLIS multiplies (``word_vectors``), and tested.
        """
        docs = [self._make_doc(text) for text in texts]
        for doc in docs:
            doc.tensor = self._vectors(doc)
        for component in (self._tagger, self._parser):
            component.set_annotations(docs, component.predict(docs))
        return [self._entities(self._forms(doc)) for doc in docs]
