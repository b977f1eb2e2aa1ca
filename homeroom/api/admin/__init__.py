"""The Ed-Fi Admin API v2, in the terms of the Ed-Fi Management API 2.3.0, under `/admin`."""
