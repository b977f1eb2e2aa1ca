"""A field is declared with its privacy class, or the model does not load."""

import pytest

from homeroom.model.declaration import Element, PrivacyClass, UnclassifiedField, text


def test_a_field_without_a_privacy_class_does_not_load():
    with pytest.raises(UnclassifiedField, match="favouriteColour"):
        type("Hobby", (Element,), {"__annotations__": {"favouriteColour": "str"}, "favouriteColour": text(10, None)})


def test_a_bare_annotation_is_a_field_without_a_class():
    with pytest.raises(UnclassifiedField, match="favouriteColour"):
        type("Hobby", (Element,), {"__annotations__": {"favouriteColour": "str"}})


def test_a_field_with_its_class_loads():
    hobby = type(
        "Hobby",
        (Element,),
        {"__annotations__": {"title": "str"}, "title": text(10, PrivacyClass.EDUCATION)},
    )
    assert list(hobby.members) == ["title"]
