"""Precision and recall of linking, estimated from pairs that a person labelled.

A stratified sample: in each band of probability the share of true pairs is that of its labels, times the pairs of the
band (Marchant and Rubinstein 2017, In search of an entity resolution OASIS; Binette and others 2022, Estimating the
performance of entity resolution algorithms). How unsure it is follows from the posterior of each band's share under
Jeffreys' prior, Beta(same + 1/2, different + 1/2) (Brown, Cai and DasGupta 2001, Interval estimation for a binomial
proportion), drawn independently and put through the same formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SAME = "same"
DIFFERENT = "different"
CANNOT_TELL = "can't tell"
# The lower ends of the bands.
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 0.999)
DRAWS = 20_000


@dataclass(frozen=True)
class Band:
    """Pairs with a probability from `lowest` on, up to the next edge, that linking `joined` or left apart."""

    joined: bool
    lowest: float

    @property
    def below(self) -> float:
        return next((edge for edge in EDGES if edge > self.lowest), 2.0)

    @property
    def name(self) -> str:
        return f"{'joined' if self.joined else 'apart'} from {self.lowest:g}"


@dataclass(frozen=True)
class Labelled:
    """A band with its number of `pairs` and how many labels say `same` and `different`."""

    band: Band
    pairs: int
    same: int
    different: int


@dataclass(frozen=True)
class Estimate:
    """A share from 0 to 1 with its 95 % interval; `share` is None where no label tells of it."""

    share: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Estimates:
    """Of the linking as it is, and of what it were had pairs been joined from each edge on, whatever the rules say."""

    precision: Estimate
    recall: Estimate
    at: Mapping[float, tuple[Estimate, Estimate]]


def band_of(joined: bool, probability: float) -> Band:
    """The band of a pair."""
    return Band(joined, max(edge for edge in EDGES if edge <= max(probability, 0.0)))


def estimate(bands: Sequence[Labelled], seed: int = 1) -> Estimates:
    """Precision: the share of joined pairs that are true. Recall: the share of the true pairs that are joined.

    True pairs that were never compared are in no band: recall is among the pairs compared.
    """
    chance = np.random.default_rng(seed)
    drawn = np.array([chance.beta(b.same + 0.5, b.different + 0.5, DRAWS) for b in bands]).reshape(len(bands), DRAWS)
    edges = sorted({one.band.lowest for one in bands})
    return Estimates(
        *_both(bands, drawn, lambda band: band.joined),
        at={edge: _both(bands, drawn, lambda band, edge=edge: band.lowest >= edge) for edge in edges},  # type: ignore[misc]
    )


def _both(bands: Sequence[Labelled], drawn: np.ndarray, joins: Callable[[Band], bool]) -> tuple[Estimate, Estimate]:
    pairs = np.array([one.pairs for one in bands], dtype=float)
    joined = np.array([joins(one.band) for one in bands], dtype=bool)
    labels = np.array([one.same + one.different for one in bands], dtype=float)
    shares = np.array([one.same for one in bands]) / np.maximum(labels, 1)
    # A band without a label is known by nothing: the point leaves it out, the interval does not.
    true = np.where(labels > 0, pairs * shares, 0.0)
    true_drawn = pairs[:, None] * drawn
    of_joined = pairs[joined & (labels > 0)].sum()
    precision = _share(true[joined].sum(), of_joined, true_drawn[joined].sum(axis=0), pairs[joined].sum())
    recall = _share(true[joined].sum(), true.sum(), true_drawn[joined].sum(axis=0), true_drawn.sum(axis=0))
    return precision, recall


def _share(part: float, whole: float, parts: np.ndarray, wholes: np.ndarray | float) -> Estimate:
    if not whole:
        return Estimate(None, 0.0, 1.0)
    low, high = np.quantile(parts / wholes, (0.025, 0.975))
    share = float(part / whole)
    # Where every label says the same the share is at the end of its interval, not beyond it.
    return Estimate(share, min(float(low), share), max(float(high), share))
