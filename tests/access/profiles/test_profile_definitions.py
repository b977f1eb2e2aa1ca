"""A profile says by its XML what of a resource is told and taken, in the Ed-Fi ODS/API's words."""

from __future__ import annotations

import pytest

from homeroom.access.agreements.terms import fields_of
from homeroom.access.profiles.definition import Content, profile_of, read_profiles
from homeroom.errors import WrongUse
from homeroom.record.shown_document import ItemsTold


def read(resource: str, inside: str, selection: str = "IncludeOnly") -> Content:
    content = f'<ReadContentType memberSelection="{selection}">{inside}</ReadContentType>'
    profile = profile_of(f'<Profile name="P"><Resource name="{resource}">{content}</Resource></Profile>')
    told = profile.resources[resource].read
    assert told
    return told


def test_include_only_names_what_is_told_beside_the_key():
    told = read("Student", '<Property name="FirstName"/>')
    assert told.fields == {"studentUniqueId", "firstName"}


def test_exclude_only_names_what_is_not_told_but_the_key_is():
    told = read("Student", '<Property name="BirthDate"/><Property name="StudentUniqueId"/>', "ExcludeOnly")
    assert told.fields == fields_of("Student") - {"birthDate"}


def test_include_all_is_all():
    assert read("StudentSchoolAssociation", "", "IncludeAll").fields == fields_of("StudentSchoolAssociation")


def test_a_reference_is_told_as_a_whole():
    told = read("StudentSchoolAssociation", '<Reference name="GraduationPlanReference"/>')
    assert {one for one in told.fields if one.startswith("graduationPlanReference.")} == {
        one for one in fields_of("StudentSchoolAssociation") if one.startswith("graduationPlanReference.")
    }


def test_a_list_is_told_with_some_of_its_fields_and_some_of_its_items():
    told = read(
        "StudentEducationOrganizationAssociation",
        '<Collection name="StudentEducationOrganizationAssociationAddresses" memberSelection="IncludeOnly">'
        '<Property name="City"/><Collection name="Periods" memberSelection="ExcludeOnly"><Property name="EndDate"/>'
        '</Collection><Filter propertyName="AddressTypeDescriptor" filterMode="IncludeOnly"><Value>Home</Value>'
        "</Filter></Collection>",
    )
    inside = {one for one in told.fields if one.startswith("addresses")}
    unique = {"addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"}
    assert inside == {f"addresses[*].{name}" for name in unique} | {"addresses[*].periods[*].beginDate"}
    assert told.items == (ItemsTold("addresses", "addressTypeDescriptor", True, frozenset({"Home"})),)


def test_a_list_can_be_left_out_in_part():
    told = read(
        "Staff",
        '<Collection name="Telephones" memberSelection="ExcludeOnly"><Property name="OrderOfPriority"/></Collection>',
        "ExcludeOnly",
    )
    assert told.fields == fields_of("Staff") - {"telephones[*].orderOfPriority"}


def test_a_file_holds_several_profiles():
    two = "".join(
        f'<Profile name="{name}"><Resource name="School"><ReadContentType memberSelection="IncludeAll"/></Resource>'
        "</Profile>"
        for name in ("One", "Two")
    )
    assert list(read_profiles(f"<Profiles>{two}</Profiles>")) == ["One", "Two"]


WRITE = (
    '<Profile name="P"><Resource name="Student"><WriteContentType memberSelection="IncludeOnly">{}</WriteContentType>'
    "</Resource></Profile>"
)
OTHER_NAMES = '<Collection name="OtherNames" memberSelection="ExcludeOnly">{}</Collection>'


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ("<Profile", "not XML"),
        ('<!DOCTYPE x><Profile name="P"/>', "DOCTYPE"),
        ("<Nothing/>", "no profile"),
        ('<Profile name="P"/>', "It names no resource"),
        ('<Profile name=""><Resource name="Pupil"/></Profile>', "Resource Pupil: the record has no such resource"),
        (WRITE.format('<Property name="ShoeSize"/>'), "Student: Property ShoeSize: there is no such member"),
        (WRITE.replace("IncludeOnly", "Some").format(""), "memberSelection is IncludeOnly"),
        (
            WRITE.format(OTHER_NAMES.format('<Property name="MiddleName"/>')),
            "Student: otherNames: a list is written as a whole",
        ),
        (
            WRITE.format(OTHER_NAMES.format('<Filter propertyName="X"><Value>a</Value></Filter>')),
            "Filter X: name a field",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_profile_is_told(definition, words):
    with pytest.raises(WrongUse, match=words):
        read_profiles(definition)
