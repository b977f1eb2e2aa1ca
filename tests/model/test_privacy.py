"""What a field may tell decides its privacy class: what is said here of the classes holds for every field."""

import importlib

import pytest

from homeroom.model import DOMAINS, RESOURCES, PrivacyClass
from homeroom.model.columns import columns, snake
from homeroom.model.declaration import Definition, Element, UnclassifiedField, collection, descriptor, text
from homeroom.model.member import Collection, Field, Kind, Member, Reference, strictest

DIRECTORY, EDUCATION, IDENTIFYING = PrivacyClass.DIRECTORY, PrivacyClass.EDUCATION, PrivacyClass.IDENTIFYING
PUBLIC, SENSITIVE, STAFF = PrivacyClass.PUBLIC, PrivacyClass.SENSITIVE, PrivacyClass.STAFF

# Codes among whose values are a disability, an illness, a crime, a punishment, poverty or having no home.
TELLING = {
    "AccommodationDescriptor",
    "AddressTypeDescriptor",
    "AttemptStatusDescriptor",
    "CohortTypeDescriptor",
    "DiplomaTypeDescriptor",
    "DisabilityDescriptor",
    "DisabilityDesignationDescriptor",
    "DisciplineDescriptor",
    "EducationPlanDescriptor",
    "EducationalEnvironmentDescriptor",
    "EntryGradeLevelReasonDescriptor",
    "EventCircumstanceDescriptor",
    "ExitWithdrawTypeDescriptor",
    "HomelessPrimaryNighttimeResidenceDescriptor",
    "ImmunizationTypeDescriptor",
    "PopulationServedDescriptor",
    "ReasonExitedDescriptor",
    "ReasonNotTestedDescriptor",
    "ResponsibilityDescriptor",
    "SchoolChoiceBasisDescriptor",
    "SchoolFoodServiceProgramServiceDescriptor",
    "StudentCharacteristicDescriptor",
    "TransportationPublicExpenseEligibilityTypeDescriptor",
    "WeaponDescriptor",
}
# Codes of race, of where a family is from, of its language, and of its papers.
ORIGIN = {
    "AncestryEthnicOriginDescriptor",
    "CitizenshipStatusDescriptor",
    "IdentificationDocumentUseDescriptor",
    "LimitedEnglishProficiencyDescriptor",
    "RaceDescriptor",
    "TribalAffiliationDescriptor",
    "VisaDescriptor",
}
PERSONS = {"Student", "Contact", "Staff"}


def persons(definition: Definition) -> set[str]:
    """The kinds of person that a row is about: those whom its key names, or whose answer it is."""
    named = {column.identifies for column in columns(definition.name) if column.key} & PERSONS
    return (
        named
        | ({definition.name} & PERSONS)
        | ({"Student"} if definition.name.startswith("Survey") and ("Response" in definition.name) else set())
    )


ABOUT_STUDENTS = [d for d in RESOURCES.values() if persons(d) & {"Student", "Contact"}]
ABOUT_STAFF = [d for d in RESOURCES.values() if persons(d) == {"Staff"}]


def found(definitions: list[Definition], *classes: PrivacyClass, among=lambda member: True) -> set[str]:
    """Where, in these resources, a value of one of these classes is."""
    return {f"{d.name}.{m.path}" for d in definitions for m in d.walk() if m.privacy in classes and among(m)}


def others(*classes: PrivacyClass) -> set[PrivacyClass]:
    return set(PrivacyClass) - set(classes)


def is_of(types: set[str]):
    return lambda member: isinstance(member, Field) and member.type.descriptor in types


def is_free_text(member: Member) -> bool:
    return isinstance(member, Field) and member.type.kind is Kind.TEXT and (member.type.length or 0) >= 250


def names_a_program(member: Member) -> bool:
    return isinstance(member, Reference) and any(
        type_.descriptor == "ProgramTypeDescriptor" for _, type_ in member.parts
    )


def test_whatever_is_named_for_a_student_or_a_contact_is_about_one():
    named = {name for name in RESOURCES if name.startswith(("Student", "Contact"))}
    assert named <= {definition.name for definition in ABOUT_STUDENTS}


def test_nothing_about_a_student_or_a_contact_is_public_or_of_the_class_of_staff():
    assert not found(ABOUT_STUDENTS, PUBLIC, STAFF)


def test_nothing_about_a_member_of_staff_is_public():
    assert not found(ABOUT_STAFF, PUBLIC)


def test_directory_information_is_a_students_name_and_nothing_else():
    names = {"firstName", "middleName", "lastSurname", "generationCodeSuffix", "personalTitlePrefix"}
    assert found(list(RESOURCES.values()), DIRECTORY) == {f"Student.{name}" for name in names}


def test_birth_is_never_directory_information_and_never_a_plain_part_of_the_education_record():
    born = found(list(RESOURCES.values()), *PrivacyClass, among=lambda m: "birth" in m.path.lower())
    assert born
    assert born == found(list(RESOURCES.values()), IDENTIFYING, SENSITIVE, among=lambda m: "birth" in m.path.lower())


def test_everything_about_discipline_is_sensitive_staffs_part_in_an_incident_too():
    assert not found([d for d in RESOURCES.values() if d.domain == "discipline"], *others(SENSITIVE))


@pytest.mark.parametrize("domain", ["special_education", "program_evaluation"])
def test_everything_about_a_students_special_education_and_its_evaluation_is_sensitive(domain):
    assert not found([d for d in ABOUT_STUDENTS if d.domain == domain], *others(SENSITIVE))


def test_a_students_health_is_sensitive():
    assert not found([RESOURCES["StudentHealth"]], *others(SENSITIVE))


def test_a_students_time_in_a_program_is_sensitive_but_in_career_and_technical_education():
    associations = [d for d in RESOURCES.values() if d.subclass_of == "GeneralStudentProgramAssociation"]
    others_than_sensitive = found(associations, *others(SENSITIVE))
    assert {path.partition(".")[0] for path in others_than_sensitive} == {"StudentCTEProgramAssociation"}


def test_a_program_that_a_student_is_tied_to_is_sensitive_wherever_it_is_named():
    rest = [d for d in ABOUT_STUDENTS if d.name != "StudentCTEProgramAssociation"]
    assert not found(rest, *others(SENSITIVE), among=names_a_program)


def test_a_code_is_sensitive_when_one_of_its_values_tells_of_disability_health_discipline_poverty_or_homelessness():
    assert not found(ABOUT_STUDENTS, *others(SENSITIVE), among=is_of(TELLING))


def test_race_origin_citizenship_and_papers_are_sensitive_for_every_person():
    assert not found(ABOUT_STUDENTS + ABOUT_STAFF, *others(SENSITIVE), among=is_of(ORIGIN))


def test_the_language_of_a_family_is_sensitive():
    spoken = found(ABOUT_STUDENTS, *PrivacyClass, among=lambda m: "languages" in m.path)
    assert spoken == found(ABOUT_STUDENTS, SENSITIVE, among=lambda m: "languages" in m.path)
    assert spoken


def test_what_a_class_or_a_group_is_for_is_as_sensitive_as_it_would_be_on_each_of_its_students():
    groups = [RESOURCES[name] for name in ("Section", "Cohort", "Intervention")]
    assert not found(groups, *others(SENSITIVE), among=lambda m: is_of(TELLING)(m) or names_a_program(m))


def test_free_words_about_a_student_are_at_least_part_of_the_education_record():
    assert not found(ABOUT_STUDENTS, PUBLIC, DIRECTORY, STAFF, among=is_free_text)


def test_a_reason_given_in_free_words_for_an_absence_or_a_restriction_is_sensitive():
    reasons = {"attendanceEventReason", "absenceEventReason", "contactRestrictions", "medicalExemption", "reason"}
    told = found(list(RESOURCES.values()), *PrivacyClass, among=lambda m: m.name in reasons)
    assert {path.rpartition(".")[2] for path in told} == reasons
    assert not found(list(RESOURCES.values()), *others(SENSITIVE), among=lambda m: m.name in reasons)


def test_what_was_answered_in_a_survey_is_sensitive():
    answers = [RESOURCES["SurveyQuestionResponse"]]
    assert not found(answers, *others(SENSITIVE))
    assert RESOURCES["SurveySectionResponse"].fields["sectionRating"].privacy is SENSITIVE


def test_how_to_reach_or_find_a_person_is_identifying_at_the_least():
    ways = {"addresses", "telephones", "internationalAddresses", "identificationCodes", "studentIdentificationCodes"}
    about = [RESOURCES[name] for name in ("Staff", "Contact", "StudentEducationOrganizationAssociation")]
    there = found(about, *PrivacyClass, among=lambda m: m.path.partition("[")[0] in ways)
    assert there == found(about, IDENTIFYING, SENSITIVE, among=lambda m: m.path.partition("[")[0] in ways)


def test_what_says_nothing_of_any_person_is_public():
    domains = {"bell_schedule", "course_catalog", "education_organization", "learning_standard", "school_calendar"}
    assert not found([d for d in RESOURCES.values() if d.domain in domains], *others(PUBLIC))


def test_no_field_is_of_the_class_of_what_homeroom_concludes():
    assert not found(list(RESOURCES.values()), PrivacyClass.DERIVED)


def test_no_field_is_made_for_a_social_security_number():
    words = {"ssn", "social", "taxpayer"}
    assert not found(
        list(RESOURCES.values()), *PrivacyClass, among=lambda m: bool(words & set(snake(m.name).split("_")))
    )


def test_a_column_of_json_has_the_class_of_the_strictest_value_inside():
    for name, definition in RESOURCES.items():
        for column in columns(name):
            inside = [m.privacy for m in definition.walk() if any(m.path.startswith(p) for p in column.paths)]
            if column.type is None:
                assert column.privacy is strictest(*inside), f"{name}.{column.name}"


def test_a_column_that_two_members_share_has_the_stricter_class_of_the_two():
    # By the alphabet, "staff" would come after "sensitive".
    assert strictest(STAFF, SENSITIVE) is SENSITIVE
    assert strictest(PUBLIC, STAFF) is STAFF
    assert strictest(DIRECTORY, IDENTIFYING, EDUCATION) is IDENTIFYING


def test_a_collection_may_be_stricter_about_a_field_than_its_element_is_but_not_laxer():
    class Locker(Element):
        """A locker."""

        lockerNumber: str = text(10, SENSITIVE)
        room: str = text(10, PUBLIC)

    def classes(member: Collection) -> list[PrivacyClass]:
        definition = Definition("Pupil", "pupils", "none", "", None, {"lockers": member})
        return [definition.fields[f"lockers[*].{name}"].privacy for name in Locker.members]

    assert classes(collection(Locker, EDUCATION, unique_by=("room",))) == [SENSITIVE, EDUCATION]
    stricter = collection(Locker, EDUCATION, unique_by=("room",), stricter={"room": IDENTIFYING})
    assert classes(stricter) == [SENSITIVE, IDENTIFYING]
    with pytest.raises(UnclassifiedField, match="floor"):
        collection(Locker, EDUCATION, unique_by=("room",), stricter={"floor": SENSITIVE})


def test_a_descriptor_field_has_a_class_like_any_other():
    assert descriptor("SexDescriptor", IDENTIFYING).privacy is IDENTIFYING


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_module_of_a_domain_says_by_what_rule_its_fields_have_their_classes(domain):
    words = " ".join((importlib.import_module(f"homeroom.model.{domain}").__doc__ or "").lower().split())
    classes = {m.privacy for d in RESOURCES.values() if d.domain == domain for m in d.walk()}
    said_as = {
        PUBLIC: "public",
        DIRECTORY: "directory information",
        EDUCATION: "education record",
        IDENTIFYING: "identifying",
        SENSITIVE: "sensitive",
        STAFF: "class of staff",
    }
    assert [c for c in classes if said_as[c] not in words] == []
