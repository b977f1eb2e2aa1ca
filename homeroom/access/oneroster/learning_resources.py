"""Resources: the record's materials for teaching and learning. It does not know which class or user has which."""

from __future__ import annotations

from homeroom.access.oneroster.declaration import Field, OneRosterClass, Part, Value, of, only

_CONTENT = "EducationContent"

RESOURCES = OneRosterClass(
    "resources",
    "resource",
    "resources",
    (
        Field("title"),
        Field("vendorResourceId", required=True),
        Field("vendorId"),
    ),
    (
        Part(
            _CONTENT,
            f"{{{_CONTENT}}} as row",
            {
                "title": (
                    Value("row.description", of(_CONTENT, "description")),
                    Value("row.short_description", of(_CONTENT, "shortDescription")),
                ),
                "vendorResourceId": (
                    Value("row.learning_resource_metadata_uri", of(_CONTENT, "learningResourceMetadataURI")),
                    Value("row.content_identifier", of(_CONTENT, "contentIdentifier")),
                ),
                "vendorId": only("row.publisher", *of(_CONTENT, "publisher")),
            },
        ),
    ),
    "vendorResourceId title roles= importance= vendorId applicationId=",
)
