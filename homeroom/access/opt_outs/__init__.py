"""Families opt their children out of apps whose agreements are optional, and in again."""
