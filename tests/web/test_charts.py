"""A chart's marks stand where the shares are; each share holds until the next."""

from datetime import datetime, timedelta

from homeroom.web.charts import HEIGHT, WIDTH, Series, chart

BEGIN = datetime(2026, 3, 1, 12)


def drawn(*shares):
    return chart([Series("Completeness", [(BEGIN + timedelta(days=n), share) for n, share in enumerate(shares)])])


def test_shares_are_steps_from_the_first_day_to_the_last():
    (line,) = drawn(1.0, 0.5, 0.75).lines
    (left, top), (middle, lowest), (right, _) = line.dots
    assert left < middle < right < WIDTH
    assert top < lowest < HEIGHT
    assert line.path.startswith(f"M{left} {top}H{middle}V{lowest}H{right}V")


def test_the_axis_begins_near_the_shares_so_that_a_small_fall_is_seen():
    assert [word for _, word in drawn(0.99, 0.97).shares] == ["90 %", "95 %", "100 %"]
    assert [word for _, word in drawn(0.99, 0.2).shares] == ["0 %", "50 %", "100 %"]


def test_one_measure_is_one_dot_above_its_day():
    chart = drawn(0.9)
    assert len(chart.lines[0].dots) == 1
    assert [word for _, word, _ in chart.days] == ["1 Mar 2026"]


def test_where_nothing_was_measured_the_line_is_broken():
    (line,) = drawn(0.9, None, 0.9).lines
    assert line.path.count("M") == 2


def test_without_any_share_there_is_no_chart():
    assert drawn(None, None) is None
