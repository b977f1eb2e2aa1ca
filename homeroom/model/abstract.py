"""The two abstract resources: one base table holds the keys of their subclasses, for references to any of them."""


class EducationOrganization:
    """Any organisation that provides or oversees education: a school, a district, a state agency, a department."""


class GeneralStudentProgramAssociation:
    """Any participation of a student in a program, whatever the program's kind."""
