"""Profiles of the Ed-Fi API: what of a resource is told and taken, named by a media type."""
