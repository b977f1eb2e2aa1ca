"""Precision and recall from labels: exact where all is labelled, and honest about how unsure they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.access.match_estimates import EDGES, Band, Labelled, band_of, estimate


@st.composite
def fully_labelled(draw):
    bands = draw(st.lists(st.builds(Band, st.booleans(), st.sampled_from(EDGES)), min_size=1, max_size=6, unique=True))
    counted = [(band, draw(st.integers(0, 500)), draw(st.integers(0, 500))) for band in bands]
    return [Labelled(band, same + different, same, different) for band, same, different in counted]


@given(fully_labelled())
def test_where_every_pair_is_labelled_the_estimate_is_the_truth_and_within_its_interval(bands):
    found = estimate(bands)
    joined = [one for one in bands if one.band.joined]
    right, all_joined, true = (
        sum(one.same for one in joined),
        sum(one.pairs for one in joined),
        sum(one.same for one in bands),
    )
    if all_joined:
        assert found.precision.share == pytest.approx(right / all_joined)
    if true:
        assert found.recall.share == pytest.approx(right / true)
    for one in (found.precision, found.recall):
        assert one.share is None or 0 <= one.low <= one.share <= one.high <= 1


def test_a_band_counts_by_its_pairs_and_not_by_its_labels():
    found = estimate([Labelled(Band(True, 0.999), 900, 10, 0), Labelled(Band(True, 0.95), 100, 5, 5)])
    assert found.precision.share == pytest.approx(0.95)


def test_more_labels_make_it_surer():
    def width(labels):
        one = estimate([Labelled(Band(True, 0.999), 10_000, labels, 0), Labelled(Band(False, 0.6), 50, labels, 0)])
        return one.precision.high - one.precision.low

    assert width(400) < width(20)


def test_a_band_that_nobody_labelled_makes_it_less_sure():
    known = Labelled(Band(True, 0.999), 100, 50, 0)
    assert estimate([known, Labelled(Band(False, 0.6), 100, 0, 0)]).recall.low < estimate([known]).recall.low


@pytest.mark.parametrize(("probability", "lowest"), [(1.0, 0.999), (0.95, 0.95), (0.9499, 0.8), (0.05, 0.0)])
def test_a_pair_is_in_the_band_of_its_probability(probability, lowest):
    band = band_of(True, probability)
    assert band.lowest == lowest
    assert band.lowest <= probability < band.below
