"""The claim sets of the Ed-Fi ODS/API by their names, and what of an agreement each comes to."""
