"""Cross-document event coreference on ECB+ with gold mentions and predicted topics: CoNLL F1.

    python bench/linking.py ECBPLUS.jsonl [--folds 5] [--keep FILE] [--vectors FILE]

The same lemma in one predicted topic is the baseline. The pair model is boosted trees over the named features of
``linking_features.py`` and ``linking_topic.py``, and with ``--vectors`` (``linking_vectors.py``) of
``linking_context.py``, learned from pairs of other topics (cross-validated by topic), then average-link clustering. How
readily two clusters are joined is chosen on the topics the trees were learned from. The last line is one JSON object;
all F1 in per cent.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from coreference_scores import Clusters, check, scores
from linking_context import CONTEXT_FEATURES, context_features
from linking_features import FEATURES, Corpus, pair_features
from linking_mentions import EventMention, Story, read_mentions
from linking_topic import TOPIC_FEATURES, topic_features
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import silhouette_score

Floats = npt.NDArray[np.float32]
#: So many of the pairs that are not one event are learned from.
_SHARE = 0.25
_THRESHOLDS = tuple(round(x, 2) for x in np.arange(0.2, 0.91, 0.05))


def predicted_topics(stories: Sequence[Story], corpus: Corpus) -> npt.NDArray[np.int64]:
    """A number for each story: average-link clusters of their words, cut where the silhouette is best. No labels."""
    distances = np.clip(1.0 - corpus.story_likeness, 0.0, 1.0)
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), "average")
    cuts = [fcluster(tree, threshold, "distance") for threshold in np.arange(0.70, 0.985, 0.01)]
    usable = [labels for labels in cuts if 1 < len(set(labels)) < len(stories)]
    best = max(usable, key=lambda labels: float(silhouette_score(distances, labels, metric="precomputed")))
    return np.asarray(best, dtype=np.int64)


class Block:
    """The mentions of one predicted topic, and what is known of every pair of them."""

    def __init__(
        self,
        members: Sequence[int],
        mentions: Sequence[EventMention],
        corpus: Corpus,
        vectors: Mapping[str, Floats] | None,
    ) -> None:
        self.members = list(members)
        told = [mentions[index] for index in members]
        self.first, self.second = np.triu_indices(len(told), 1)
        groups = [pair_features(told, self.first, self.second, corpus)]
        if len(self.first):
            groups.append(topic_features(told, self.first, self.second, corpus.stories))
            if vectors is not None:
                groups.append(context_features(told, members, self.first, self.second, vectors))
        self.features = np.concatenate(groups, axis=1)
        self.chains = [mention.chain for mention in told]
        chains = np.unique(self.chains, return_inverse=True)[1]
        self.same = chains[self.first] == chains[self.second]
        self.topics = {corpus.stories[mention.story].topic for mention in told}

    def clusters(self, likeness: Floats, threshold: float) -> list[frozenset[Hashable]]:
        """Average-link clusters of the members; two are joined while the mean of their pairs is above ``threshold``."""
        if len(self.members) < 2:
            return [frozenset[Hashable](self.members)]
        tree = linkage(1.0 - likeness, "average")
        return _grouped(self.members, fcluster(tree, 1.0 - threshold, "distance"))


def _grouped(members: Sequence[int], labels: Sequence[Hashable]) -> list[frozenset[Hashable]]:
    groups: dict[Hashable, set[Hashable]] = defaultdict(set)
    for member, label in zip(members, labels, strict=True):
        groups[label].add(member)
    return [frozenset(group) for group in groups.values()]


class PairModel:
    """How likely two mentions tell one event: boosted trees over the features."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        draw = np.random.default_rng(0)
        features, same, worth = [], [], []
        for block in blocks:
            if not len(block.same):
                continue
            # All that are one event and a share of the rest; a topic counts by its mentions, not by its pairs.
            kept = block.same | (draw.random(len(block.same)) < _SHARE)
            features.append(block.features[kept])
            same.append(block.same[kept])
            worth.append(np.where(block.same[kept], 1.0, 1.0 / _SHARE) / len(block.members))
        self.trees = HistGradientBoostingClassifier(
            max_iter=200,
            learning_rate=0.05,
            max_leaf_nodes=20,
            min_samples_leaf=40,
            l2_regularization=2.0,
            max_bins=64,
            random_state=0,
        ).fit(np.concatenate(features), np.concatenate(same), np.concatenate(worth))

    def likeness(self, block: Block) -> Floats:
        """A number from 0 to 1 for every pair of ``block``."""
        if not len(block.same):
            return np.zeros(0, dtype=np.float32)
        return np.asarray(self.trees.predict_proba(block.features)[:, 1], dtype=np.float32)


def cross_validated(blocks: Sequence[Block], folds: int, gold: Clusters) -> dict[str, float]:
    """Scores of all blocks, each clustered by a model that saw none of its topics."""
    found: list[frozenset[Hashable]] = []
    topics = sorted({topic for block in blocks for topic in block.topics})
    for fold in range(folds):
        held = set(topics[fold::folds])
        tested = [block for block in blocks if min(block.topics) in held]
        seen = {topic for block in tested for topic in block.topics}
        trained = [block for block in blocks if not block.topics & seen]
        model = PairModel(trained)
        threshold = _threshold(trained)
        found += [cluster for block in tested for cluster in block.clusters(model.likeness(block), threshold)]
    return scores(gold, found)


def _threshold(blocks: Sequence[Block]) -> float:
    """The best cut on ``blocks``, each half scored by a model of the other half."""
    likeness: list[tuple[Block, Floats]] = []
    for half in (0, 1):
        model = PairModel(blocks[half::2])
        likeness += [(block, model.likeness(block)) for block in blocks[1 - half :: 2]]
    gold = [cluster for block, _ in likeness for cluster in _gold_of(block)]
    results = {}
    for threshold in _THRESHOLDS:
        found = [cluster for block, worth in likeness for cluster in block.clusters(worth, threshold)]
        results[threshold] = scores(gold, found)["conll"]
    return max(results, key=lambda cut: results[cut])


def _gold_of(block: Block) -> list[frozenset[Hashable]]:
    return _grouped(block.members, block.chains)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--keep", type=Path, help="keep the parsed mentions in this file, and use it if it is there")
    arguments.add_argument("--vectors", type=Path, help="vectors of the mentions in context, by linking_vectors.py")
    options = arguments.parse_args()
    check()
    if options.keep and options.keep.exists():
        stories, mentions = pickle.loads(options.keep.read_bytes())
    else:
        stories, mentions = read_mentions(options.corpus)
        if options.keep:
            options.keep.write_bytes(pickle.dumps((stories, mentions)))
    corpus = Corpus(stories)
    topics = predicted_topics(stories, corpus)
    everyone = range(len(mentions))
    gold = _grouped(everyone, [mention.chain for mention in mentions])
    by_lemma = _grouped(everyone, [(int(topics[m.story]), m.lemma) for m in mentions])
    members: dict[int, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        members[int(topics[mention.story])].append(index)
    corpus.learn_topics([int(topic) for topic in topics], mentions)
    vectors = dict(np.load(options.vectors)) if options.vectors else None
    blocks = [Block(members[topic], mentions, corpus, vectors) for topic in sorted(members)]
    figures = {
        "stories": len(stories),
        "mentions": len(mentions),
        "gold_topics": len({story.topic for story in stories}),
        "predicted_topics": len(members),
        "features": len(FEATURES) + len(TOPIC_FEATURES) + (len(CONTEXT_FEATURES) if vectors else 0),
        "same_lemma": scores(gold, by_lemma),
        "trees": cross_validated(blocks, options.folds, gold),
    }
    for name, value in figures.items():
        print(f"{name:18} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
