"""Part of speech, morphology and lemma, as spaCy's rules give them, worked out once for each form, tag and relation.

Almost every rule of the pipeline's ``attribute_ruler`` looks at one token alone, and so does its lemmatizer: what they
say hangs on form, tag and relation. Both go over those not met before, and what they said is kept. The few rules over
several tokens ("let 's", "there is") are matched in each document; the tokens that one of them covers are met together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc as SpacyDoc

#: When more groups than this are kept, all are forgotten.
_KEPT = 50_000

_ASKED = [ORTH, TAG, DEP]
_SET = [TAG, DEP, POS, MORPH, LEMMA]

Token = tuple[int, ...]
Group = tuple[Token, ...]


class WordForms:
    """Sets what ``attribute_ruler`` and ``lemmatizer`` of a pipeline would set, the one after the other."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self._ruler, self._lemmatizer = ruler, lemmatizer
        # The lemmatizer asks whether a form is in the list of known ones, thousands of them, time and again.
        known = lemmatizer.lookups.get_table("lemma_index")
        for part, forms in list(known.items()):
            known[part] = frozenset(forms)
        self._ruler_of_one = AttributeRuler(ruler.vocab)
        self._across = Matcher(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            if longer := [pattern for pattern in rule["patterns"] if len(pattern) > 1]:
                self._across.add(str(number), longer)
            else:
                self._ruler_of_one.add(**rule)
        self._said: dict[Group, list[Token]] = {}

    def __call__(self, docs: Sequence[SpacyDoc]) -> None:
        """Set the attributes of the tokens of ``docs``; tags and relations are to be known already."""
        groups = [self._groups(doc) for doc in docs]
        if len(self._said) > _KEPT:
            self._said.clear()
        new = dict.fromkeys(group for of in groups for group in of if group not in self._said)
        if alone := [group for group in new if len(group) == 1]:
            rows = self._learn([token for (token,) in alone], self._ruler_of_one)
            self._said.update((group, [row]) for group, row in zip(alone, rows, strict=True))
        self._said.update((group, self._learn(group, self._ruler)) for group in new if len(group) > 1)
        for doc, of in zip(docs, groups, strict=True):
            rows = [row for group in of for row in self._said[group]]
            doc.from_array(_SET, np.array(rows, dtype=np.uint64))

    def _groups(self, doc: SpacyDoc) -> list[Group]:
        inside = {at for _, start, end in self._across(doc, allow_missing=True) for at in range(start + 1, end)}
        groups: list[Group] = []
        for at, token in enumerate(map(tuple, doc.to_array(_ASKED).tolist())):
            if at in inside:
                groups[-1] += (token,)
            else:
                groups.append((token,))
        return groups

    def _learn(self, tokens: Sequence[Token], ruler: Any) -> list[Token]:
        """What ``ruler`` and the lemmatizer say of ``tokens``, as if they were a text."""
        vocab = self._ruler.vocab
        names = ([vocab.strings[name] for name in token] for token in tokens)
        words, tags, relations = zip(*names, strict=True)
        learnt = self._lemmatizer(ruler(SpacyDoc(vocab, words=words, tags=tags, deps=relations)))
        return list(map(tuple, learnt.to_array(_SET).tolist()))
