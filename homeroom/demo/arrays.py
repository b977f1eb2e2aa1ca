"""Arrays of texts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def objects(values: Iterable[str]) -> np.ndarray:
    """The texts as an array of one dimension, each as long as it is."""
    return np.array(values if isinstance(values, list) else list(values), dtype=object)
