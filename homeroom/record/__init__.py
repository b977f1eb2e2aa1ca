"""The record in PostgreSQL: tables made from the model, and the two ways in."""
