"""Ed-Fi XML in its current form, mapped to the record."""
