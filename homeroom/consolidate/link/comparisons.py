"""How two persons' names, dates and the rest are compared: levels from the best to "different".

Each level has the share of true pairs (m) and of chance pairs (u) that are expected to reach it, from what is known of
school records; where there are rows enough, Splink estimates them and both count.
Numbers of levels fall to 0, "different".
"""

from __future__ import annotations

from typing import Any

Comparison = dict[str, Any]

_SWAPPED = "first_name_l = last_name_r and last_name_l = first_name_r"


def comparison(name: str, missing: str, levels: list[tuple[str, str, float, float]], frequency: str = "") -> Comparison:
    """One comparison: `levels` are (label, condition, m, u), best first, the last one's condition is ELSE.

    `frequency`: the column whose rare values say more when the first level is reached.
    """
    result: list[dict[str, Any]] = [{"sql_condition": missing, "label_for_charts": "missing", "is_null_level": True}]
    for number, (label, condition, m, u) in enumerate(levels):
        level = {"sql_condition": condition, "label_for_charts": label, "m_probability": m, "u_probability": u}
        if frequency and number == 0:
            level |= {"tf_adjustment_column": frequency, "tf_adjustment_weight": 1.0, "tf_minimum_u_value": 0.0001}
        result.append(level)
    return {"output_column_name": name, "comparison_levels": result}


def either_missing(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


def no_overlap_possible(column: str) -> str:
    return f"coalesce(len({column}_l), 0) = 0 or coalesce(len({column}_r), 0) = 0"


def first_name() -> Comparison:
    return comparison(
        "first_name",
        either_missing("first_name"),
        [
            ("same", "first_name_l = first_name_r", 0.82, 0.008),
            (
                "nickname or preferred",
                "list_contains(first_names_l, first_name_r) or list_contains(first_names_r, first_name_l)",
                0.07,
                0.003,
            ),
            (
                "short form",
                "(length(first_name_r) > length(short_form_l) and starts_with(first_name_r, short_form_l))"
                " or (length(first_name_l) > length(short_form_r) and starts_with(first_name_l, short_form_r))",
                0.025,
                0.002,
            ),
            ("goes by the middle name", "first_name_l = middle_name_r or middle_name_l = first_name_r", 0.005, 0.003),
            ("nicknames of one name", "list_has_any(first_names_l, first_names_r)", 0.01, 0.003),
            ("first and last name swapped", _SWAPPED, 0.005, 0.00001),
            # A slip of the pen makes a name that hardly anybody has; Jaden and Jayden are two names.
            (
                "misspelt",
                "(first_name_is_rare_l or first_name_is_rare_r)"
                " and (damerau_levenshtein(first_name_l, first_name_r)"
                " <= 1 or jaro_winkler_similarity(first_name_l, first_name_r) >= 0.88)",
                0.045,
                0.003,
            ),
            ("alike", "jaro_winkler_similarity(first_name_l, first_name_r) >= 0.88", 0.01, 0.008),
            (
                "initial",
                "least(len(first_name_l), len(first_name_r)) = 1 and first_name_l[1] = first_name_r[1]",
                0.005,
                0.005,
            ),
            ("different", "ELSE", 0.005, 0.955),
        ],
        frequency="first_name",
    )


def last_name(change: float) -> Comparison:
    """`change`: the share of true pairs whose last names have nothing in common."""
    return comparison(
        "last_name",
        either_missing("last_name"),
        [
            ("same", "last_name_l = last_name_r", 0.86 - change, 0.004),
            ("part of a compound name, or a former name", "list_has_any(surnames_l, surnames_r)", 0.06, 0.003),
            (
                "misspelt",
                "damerau_levenshtein(last_name_l, last_name_r) <= 1 or "
                "jaro_winkler_similarity(last_name_l, last_name_r) >= 0.9",
                0.07,
                0.006,
            ),
            # That the two are swapped was said of the first name.
            ("first and last name swapped", _SWAPPED, 0.005, 0.005),
            ("different", "ELSE", change, 0.982),
        ],
        frequency="last_name",
    )


def birth_date() -> Comparison:
    return comparison(
        "birth_date",
        either_missing("birth_date"),
        [
            ("same", "birth_date_l = birth_date_r", 0.935, 0.0003),
            ("day and month swapped", "birth_sorted_l = birth_sorted_r", 0.02, 0.0001),
            ("one digit off", "damerau_levenshtein(birth_text_l, birth_text_r) <= 1", 0.025, 0.004),
            (
                "same day of a year near by",
                "right(birth_text_l, 4) = right(birth_text_r, 4)"
                " and abs(birth_text_l[:4]::int - birth_text_r[:4]::int) <= 2",
                0.006,
                0.001,
            ),
            ("same month and year", "left(birth_text_l, 6) = left(birth_text_r, 6)", 0.006, 0.008),
            ("different", "ELSE", 0.008, 0.9866),
        ],
    )


def sex() -> Comparison:
    return comparison(
        "sex", either_missing("sex"), [("same", "sex_l = sex_r", 0.985, 0.5), ("different", "ELSE", 0.015, 0.5)]
    )


def middle_name() -> Comparison:
    return comparison(
        "middle_name",
        either_missing("middle_initial"),
        [
            ("same", "length(middle_name_l) > 1 and middle_name_l = middle_name_r", 0.7, 0.025),
            ("same initial", "middle_initial_l = middle_initial_r", 0.26, 0.055),
            ("different", "ELSE", 0.04, 0.92),
        ],
    )


def suffix() -> Comparison:
    return comparison(
        "suffix",
        "suffix_l is null and suffix_r is null",
        [
            ("same", "suffix_l = suffix_r", 0.6, 0.2),
            ("one has none", "suffix_l is null or suffix_r is null", 0.38, 0.6),
            ("different", "ELSE", 0.02, 0.2),
        ],
    )


def shared_id() -> Comparison:
    systems = "list_transform(shared_ids_{}, code -> split_part(code, ':', 1))"
    return comparison(
        "shared_id",
        f"coalesce(list_has_any({systems.format('l')}, {systems.format('r')}), false) = false",
        [
            ("same", "list_has_any(shared_ids_l, shared_ids_r)", 0.93, 0.00001),
            ("different", "ELSE", 0.07, 0.99999),
        ],
    )


def overlap(name: str, columns: tuple[str, ...], m: float, u: float) -> Comparison:
    """Whether any of the list columns has a value in common; they tell of one fact (a household), so count once."""
    missing = " and ".join(f"({no_overlap_possible(column)})" for column in columns)
    any_ = " or ".join(f"coalesce(list_has_any({column}_l, {column}_r), false)" for column in columns)
    return comparison(name, missing, [("shared", any_, m, u), ("none shared", "ELSE", 1 - m, 1 - u)])
