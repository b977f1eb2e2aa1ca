"""Homeroom: one clean record per student, in the district's own hands."""
