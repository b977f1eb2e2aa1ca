"""Maple Grove, a made-up district whose truth is known."""
