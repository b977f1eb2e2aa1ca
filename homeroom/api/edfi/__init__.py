"""The Ed-Fi Resources API: the record, as far as an agreement lets an app read and write it."""
