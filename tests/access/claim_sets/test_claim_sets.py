"""The standard's claim sets by their names, each with what it lets an app do."""

import pytest

from homeroom.access.agreements.terms import EVERY_MEMBER, PURPOSES, fields_of, members_of
from homeroom.access.claim_sets.agreed import elements_of, unrestricted_of, writes_of
from homeroom.access.claim_sets.claim_set import claim_set_named, claim_sets
from homeroom.access.claim_sets.resource_claims import ClaimAction, resource_claims
from homeroom.errors import WrongUse
from homeroom.model import DESCRIPTORS, RESOURCES

OF_THE_STANDARD = [
    "SIS Vendor",
    "District Hosted SIS Vendor",
    "Ed-Fi Sandbox",
    "Roster Vendor",
    "Assessment Vendor",
    "Assessment Read",
    "Bootstrap Descriptors and EdOrgs",
    "AB Connect",
    "Finance Vendor",
    "Ed-Fi API Publisher - Reader",
    "Ed-Fi API Publisher - Writer",
]


def test_each_resource_and_descriptor_stands_under_one_claim():
    claimed = [resource for claim in resource_claims().values() for resource in claim.resources]
    assert sorted(claimed) == sorted([*RESOURCES, *DESCRIPTORS])


def test_each_action_has_a_strategy_under_each_claim_but_for_types():
    for claim in resource_claims().values():
        for resource, strategies in claim.resources.items():
            expected = {ClaimAction.READ} if claim.name == "edFiTypes" else set(ClaimAction)
            assert set(strategies) == expected, resource
            assert all(strategies.values()), resource


def test_the_claim_sets_are_those_of_the_standard():
    assert list(claim_sets()) == OF_THE_STANDARD


def test_a_claim_set_is_known_however_its_name_is_written():
    assert claim_set_named("sis vendor").name == "SIS Vendor"
    with pytest.raises(WrongUse, match=r"no claim set 'Nobody'\. There are: SIS Vendor, "):
        claim_set_named("Nobody")


@pytest.mark.parametrize("name", OF_THE_STANDARD)
def test_each_is_for_purposes_that_agreements_have_and_says_something(name):
    claim_set = claim_set_named(name)
    assert claim_set.purposes
    assert set(claim_set.purposes) <= set(PURPOSES)
    assert elements_of(claim_set) or writes_of(claim_set)


def test_a_student_information_system_writes_students_and_reads_schools():
    vendor = claim_set_named("SIS Vendor")
    writes = writes_of(vendor)
    assert writes["Student"] == writes["StudentSchoolAssociation"] == writes["Assessment"] == EVERY_MEMBER
    assert {"School", "LocalEducationAgency", "GradeLevelDescriptor", "SchoolYearType", "Survey"}.isdisjoint(writes)
    read = {element.field for element in elements_of(vendor) if element.resource == "School"}
    assert read == fields_of("School")
    assert not any(element.resource == "StudentHealth" for element in elements_of(vendor))


def test_a_roster_vendor_reads_rosters_and_writes_nothing():
    vendor = claim_set_named("Roster Vendor")
    assert writes_of(vendor) == {}
    assert {element.resource for element in elements_of(vendor)}.isdisjoint({"Grade", "Contact", "StudentAssessment"})


def test_an_assessment_vendor_creates_what_it_may_not_delete_member_by_member():
    writes = writes_of(claim_set_named("Assessment Vendor"))
    assert writes["StudentAssessment"] == EVERY_MEMBER
    assert writes_of(claim_set_named("Bootstrap Descriptors and EdOrgs"))["School"] == members_of("School")
    assert "Student" not in writes


def test_what_the_standard_authorizes_no_further_is_unrestricted_but_for_people():
    assert unrestricted_of(claim_set_named("SIS Vendor")) == {"Credential", "Person"}
    begun = unrestricted_of(claim_set_named("Bootstrap Descriptors and EdOrgs"))
    assert {"School", "LocalEducationAgency", "SchoolYearType", "Course"} <= begun
    assert {"School", "CrisisEvent"} <= unrestricted_of(claim_set_named("Ed-Fi Sandbox"))
    assert all("Student" not in unrestricted_of(one) for one in claim_sets().values())
