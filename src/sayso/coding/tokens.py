"""The words of a parsed text, taken over from spaCy once.

spaCy makes a new object each time a token is asked for, and a new string each time for its form, lemma or tag. The
coder asks eighty times for each token, which was a third of what it cost (``docs/design/speed.md``). Names and meanings
are spaCy's; only what the coder reads is here. Nothing is changed after it is made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, count, repeat
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray
from spacy import attrs
from spacy.tokens import Doc as SpacyDoc

#: What a token is told of itself, in the order of ``Token.__init__``.
_WORDS = [attrs.ORTH, attrs.LOWER, attrs.LEMMA, attrs.POS, attrs.TAG, attrs.DEP, attrs.ENT_TYPE]
_FLAGS = [attrs.IS_ALPHA, attrs.IS_PUNCT, attrs.IS_SPACE, attrs.IS_STOP, attrs.IS_TITLE, attrs.IS_UPPER, attrs.LIKE_NUM]
_NUMBERS = [attrs.HEAD, attrs.IDX, attrs.SPACY, attrs.SENT_START, attrs.ENT_IOB]
_IOB = ("", "I", "O", "B")


class Token:
    """One word of a ``Doc``: the ``i``-th, at character ``idx`` of its text."""

    __slots__ = (
        *("doc", "i", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_"),
        *("is_alpha", "is_punct", "is_space", "is_stop", "is_title", "is_upper", "like_num"),
        *("idx", "whitespace_", "is_sent_start", "ent_iob_", "head", "children", "left_edge", "right_edge"),
    )

    def __init__(
        self,
        doc: Doc,
        i: int,
        text: str,
        lower: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        ent_type: str,
        is_alpha: bool,
        is_punct: bool,
        is_space: bool,
        is_stop: bool,
        is_title: bool,
        is_upper: bool,
        like_num: bool,
        idx: int,
        whitespace: int,
        sent_start: int,
        ent_iob: int,
    ) -> None:
        self.doc = doc
        self.i = i
        self.text = text
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.ent_type_ = ent_type
        self.is_alpha = is_alpha
        self.is_punct = is_punct
        self.is_space = is_space
        self.is_stop = is_stop
        self.is_title = is_title
        self.is_upper = is_upper
        self.like_num = like_num
        self.idx = idx
        self.whitespace_ = " " if whitespace else ""
        self.is_sent_start = sent_start == 1
        self.ent_iob_ = _IOB[ent_iob]
        #: What it hangs on; a sentence's root on itself.
        self.head = self
        #: What hangs on it, in order of the text.
        self.children: Sequence[Token] = ()
        #: The first and the last token of what hangs on it, itself with them.
        self.left_edge = self.right_edge = self

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def lefts(self) -> list[Token]:
        """The children before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """The children behind it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """What it hangs on, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> Iterator[Token]:
        """It and all that hangs on it, in order of the text."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def sent(self) -> Tokens:
        """Its sentence."""
        return self.doc.sentence(self.i)

    @property
    def vector(self) -> NDArray[np.float32]:
        """The word's vector, zeros if it has none."""
        return self.doc.vector(self.text)

    def is_ancestor(self, other: Token) -> bool:
        """Whether ``other`` hangs on it, nearly or farther off."""
        return any(above is self for above in other.ancestors)

    def nbor(self, by: int = 1) -> Token:
        """The token so many places on; IndexError past the ends."""
        if not 0 <= self.i + by < len(self.doc):
            raise IndexError(f"token {self.i} has no neighbour at {by:+}")
        return self.doc[self.i + by]


class Tokens:
    """Tokens ``start`` to ``end`` (not included) of a ``Doc``; ``label_`` is that of an entity."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return self.doc[self.start + start : self.start + end]
        return self.doc.tokens[self.start : self.end][at]

    def __str__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Where they begin in the text of ``doc``."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where they end in the text of ``doc``, white space left out."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Their words as written."""
        return self.doc.text[self.start_char : self.end_char] if self.start < self.end else ""

    @property
    def root(self) -> Token:
        """The token nearest to the root of its sentence, the first of several; a lone mark only among its like."""
        own = self.doc.tokens[self.start : self.end]
        for token in own:
            if token.head is token:
                return token
        outward = [token for token in own if not self.start <= token.head.i < self.end]
        return min(outward, key=self._depth) if len(outward) > 1 else (outward or own)[0]

    def _depth(self, token: Token) -> int:
        if (token.is_space or token.is_punct) and not token.children:
            return len(self.doc) - 1
        return sum(1 for _ in token.ancestors)


class Doc:
    """A parsed text. ``ents`` are its entities, ``sents`` its sentences, ``user_data`` what was worked out of it."""

    __slots__ = ("_starts", "_vocab", "ents", "sents", "text", "tokens", "user_data")

    def __init__(self, parsed: SpacyDoc) -> None:
        """``SpacyDoc`` with the components of an English pipeline; ValueError if it has no sentences."""
        self._vocab = parsed.vocab
        words = parsed.to_array(_WORDS).T.tolist()
        flags = parsed.to_array(_FLAGS).astype(bool).T.tolist()
        heads, *numbers = parsed.to_array(_NUMBERS).astype(np.int64).T.tolist()
        strings = {number: parsed.vocab.strings[number] for number in set(chain.from_iterable(words))}
        written = [[strings[number] for number in column] for column in words]
        tokens = self.tokens = list(map(Token, repeat(self), count(), *written, *flags, *numbers))
        children: dict[int, list[Token]] = {}
        for token, step in zip(tokens, heads, strict=True):
            if step:
                token.head = tokens[token.i + step]
                children.setdefault(token.head.i, []).append(token)
        for i, below in children.items():
            token, edges = tokens[i], parsed[i]
            token.children = below
            # Not those of its outermost children: some trees have branches that cross.
            token.left_edge, token.right_edge = tokens[edges.left_edge.i], tokens[edges.right_edge.i]
        self.text = "".join(token.text + token.whitespace_ for token in tokens)
        self.sents = [Tokens(self, sentence.start, sentence.end) for sentence in parsed.sents]
        self._starts = [sentence.start for sentence in self.sents]
        self.ents = [Tokens(self, entity.start, entity.end, entity.label_) for entity in parsed.ents]
        self.user_data: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return Tokens(self, start, max(start, end))
        return self.tokens[at]

    def sentence(self, i: int) -> Tokens:
        """The sentence that token ``i`` stands in."""
        return self.sents[bisect_right(self._starts, i) - 1]

    def vector(self, form: str) -> NDArray[np.float32]:
        """The vector of a form, zeros if it has none."""
        vector: NDArray[np.float32] = self._vocab.get_vector(form)
        return vector

    def char_span(self, start: int, end: int) -> Tokens | None:
        """The tokens that characters ``start`` to ``end`` touch; None where those lie outside the text."""
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None:
            return None
        # White space is no part of the token before it.
        return self[first.i + (start == first.idx + len(first)) : last.i + 1]

    def _at(self, character: int) -> Token | None:
        if not 0 <= character < len(self.text):
            return None
        return self.tokens[bisect_right(self.tokens, character, key=lambda token: token.idx) - 1]
