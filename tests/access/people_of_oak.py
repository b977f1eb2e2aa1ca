"""The people of one of the two schools, and what makes them what they are."""

# Who is at Oak, by the kind of person.
AT_OAK = {kind: f"{kind} at oak" for kind in ("Student", "Contact", "Staff")}
# What makes the people of Oak what they are; the least that a row says does not.
MADE_SO = """
    update edfi.school_year_type set current_school_year = true;
    update edfi.student_section_association set begin_date = '2020-01-01', end_date = null;
    update edfi.staff_section_association set begin_date = '2020-01-01', end_date = null;
    update edfi.student_school_association set entry_date = '2020-01-01', exit_withdraw_date = null;
    update edfi.student_cohort_association set begin_date = '2020-01-01', end_date = null;
    update edfi.staff_cohort_association set begin_date = '2020-01-01', end_date = null, student_record_access = true;
    update edfi.student_contact_association set legal_guardian = true, contact_restrictions = null;
    update edfi.staff_education_organization_assignment_association set begin_date = '2020-01-01', end_date = null,
        staff_classification_descriptor = 'uri://ed-fi.org/StaffClassificationDescriptor#Principal'
"""
