"""The two abstract resources. The keys of their subclasses stand in one base table, so that a reference may name any."""


class EducationOrganization:
    """Any organisation that provides or oversees education: a school, a district, a state agency, a department."""


class GeneralStudentProgramAssociation:
    """Any participation of a student in a program, whatever the program's kind."""
