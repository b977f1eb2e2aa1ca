"""A made-up district for the tests of linking: three sources with typing errors, nicknames, twins, and the truth."""

from __future__ import annotations

import datetime
import random

import duckdb
import pyarrow as pa

_SOUNDS = [
    "ba",
    "ri",
    "no",
    "ka",
    "el",
    "mar",
    "son",
    "ti",
    "len",
    "do",
    "vi",
    "go",
    "ha",
    "ther",
    "wen",
    "cas",
    "mo",
    "ru",
]
_NICKNAMES = {
    "robert": "bob",
    "william": "bill",
    "elizabeth": "liz",
    "michael": "mike",
    "katherine": "kate",
    "james": "jim",
    "jose": "pepe",
    "francisco": "paco",
    "daniel": "dan",
    "samuel": "sam",
    "thomas": "tom",
    "joseph": "joe",
}


def fill(connection: duckdb.DuckDBPyConnection, students: int, seed: int = 7) -> None:
    """The tables `person` and `truth` (source, source_id, person, family)."""
    chance = random.Random(seed)  # noqa: S311 - made-up names, nothing secret
    firsts = list(_NICKNAMES) + sorted({_word(chance, 2).lower() for _ in range(700)})
    lasts = sorted({_word(chance, 3) for _ in range(1500)})
    rows, truth, number = [], [], 0
    while number < students:
        last = lasts[min(int(chance.paretovariate(0.4)), len(lasts)) - 1]
        street, phone = (
            f"{chance.randint(1, 999)} {chance.choice(lasts)} Street",
            f"555{chance.randint(0, 9999999):07d}",
        )
        birth = _birth(chance)
        sizes = chance.choices(["one", "siblings", "twins"], [0.7, 0.28, 0.02])[0]
        names: set[str] = set()
        for _ in range(1 if sizes == "one" else 2):
            first = chance.choice([name for name in chance.sample(firsts, 4) if name not in names])
            names.add(first)
            sex = chance.choice("MF")
            true = {
                "first_name": first.title(),
                "last_name": last,
                "birth_date": birth,
                "sex": f"uri://ed-fi.org/SexDescriptor#{'Male' if sex == 'M' else 'Female'}",
                "middle_name": chance.choice("ABCDEFGHJKLM"),
                "street": street,
                "city": "Maple Grove",
                "phones": [phone],
                "postal_code": "12345",
                "state": f"State:{number + 100000}",
            }
            for rank, source in enumerate(("sis", "warehouse", "vendor")):
                if chance.random() < 0.06:
                    continue
                for copy in range(2 if chance.random() < 0.008 else 1):
                    row = _dirty(chance, true, source, copy, lasts)
                    row |= {
                        "source": source,
                        "rank": rank,
                        "source_id": f"{source[0]}{number}-{copy}",
                        "kind": "Student",
                    }
                    row["preferred_id"] = row["source_id"]
                    rows.append(row)
                    truth.append(
                        {"source": source, "source_id": row["source_id"], "person": number, "twins": sizes == "twins"}
                    )
            number += 1
            if sizes == "siblings":
                birth = _birth(chance)
    chance.shuffle(rows)
    load(connection, rows)
    tables = {"truth_rows": pa.Table.from_pylist(truth)}
    connection.register("truth_rows", tables["truth_rows"])
    connection.execute("create or replace temp table truth as select * from truth_rows")


COLUMNS = (
    dict.fromkeys(
        (
            "source",
            "kind",
            "source_id",
            "first_name",
            "middle_name",
            "last_name",
            "suffix",
            "preferred_first_name",
            "sex",
            "street",
            "city",
            "postal_code",
            "grade_level",
            "preferred_id",
        ),
        "varchar",
    )
    | dict.fromkeys(("other_last_names", "emails", "phones", "school_ids", "student_ids", "shared_ids"), "varchar[]")
    | {"birth_date": "date", "rank": "integer", "school_year_of_grade": "integer"}
)


def load(connection: duckdb.DuckDBPyConnection, rows: list[dict]) -> None:
    """The table `person` with `rows`, what they lack as nulls."""
    shape = ", ".join(f"{name} {type_}" for name, type_ in COLUMNS.items())
    connection.execute(f"create or replace temp table person ({shape})")
    names = sorted({name for row in rows for name in row if name in COLUMNS})
    connection.register("person_rows", pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows]))
    connection.execute("insert into person by name select * from person_rows")


def _birth(chance: random.Random) -> datetime.date:
    return datetime.date(2007, 1, 1) + datetime.timedelta(days=chance.randint(0, 4700))


def _word(chance: random.Random, sounds: int) -> str:
    return "".join(chance.choice(_SOUNDS) for _ in range(chance.randint(2, sounds + 1))).title()


def _typo(chance: random.Random, word: str) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("aeiorst") + word[at + 1 :],
        ]
    )


def _dirty(chance: random.Random, true: dict, source: str, copy: int, lasts: list[str]) -> dict:
    row = {k: v for k, v in true.items() if k != "state"}
    bad = 2.0 if source == "vendor" or copy else 1.0
    if source == "vendor":
        for name in ("street", "city", "postal_code", "phones", "middle_name"):
            row.pop(name)
        if chance.random() < 0.3:
            row.pop("sex")
    elif chance.random() < 0.9:
        row["shared_ids"] = [true["state"]]
    if chance.random() < 0.015 * bad:
        row["first_name"] = _typo(chance, row["first_name"])
    elif row["first_name"].lower() in _NICKNAMES and chance.random() < 0.2:
        row["first_name"] = _NICKNAMES[row["first_name"].lower()].title()
    if chance.random() < 0.02 * bad:
        row["last_name"] = _typo(chance, row["last_name"])
    elif chance.random() < 0.015:
        row["last_name"] = row["last_name"] + "-" + chance.choice(lasts)
    elif source == "warehouse" and chance.random() < 0.01:
        row["last_name"] = chance.choice(lasts)
    born = row["birth_date"]
    if chance.random() < 0.01 * bad and born.day <= 12:
        row["birth_date"] = born.replace(month=born.day, day=born.month)
    elif chance.random() < 0.005 * bad:
        row["birth_date"] = born.replace(day=min(28, born.day % 10 + 10))
    if source == "warehouse" and chance.random() < 0.1:
        row["street"] = f"{chance.randint(1, 999)} {chance.choice(lasts)} Ave"
    return row
