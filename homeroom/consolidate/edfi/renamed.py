"""The names of Ed-Fi XML that follow no rule, and those that earlier versions of the standard had."""

from __future__ import annotations

from collections.abc import Mapping

# By (resource, element): the member. A resource of '' stands for all, and `Outer/Inner`
# for an element inside another.
OTHERWISE: Mapping[tuple[str, str], str] = {
    ("", "Diagnosis"): "diagnoses",
    ("", "ImmunizationDate"): "dates",
    ("", "Matrix"): "matrices",
    ("", "ServiceProvider"): "providers",
    ("ObjectiveAssessment", "AssessmentPerformanceLevel"): "performanceLevels",
    ("ObjectiveAssessment", "AssessmentScore"): "scores",
    ("StudentAssessment", "AssessmentPeriod"): "period",
    ("ProgramEvaluationElement", "ElementProgramEvaluationLevel"): "programEvaluationLevels",
    ("ProgramEvaluationObjective", "ObjectiveProgramEvaluationLevel"): "programEvaluationLevels",
    (
        "StaffEducationOrganizationAssignmentAssociation",
        "StaffEducationOrganizationEmploymentAssociationReference",
    ): "employmentStaffEducationOrganizationEmploymentAssociationReference",
    ("StudentCompetencyObjective", "CompetencyObjectiveReference"): "objectiveCompetencyObjectiveReference",
    ("EducationContent", "DerivativeSourceEducationContentSource/EducationContentReference"): (
        "derivativeSourceEducationContents"
    ),
    ("EducationContent", "DerivativeSourceEducationContentSource/LearningResourceMetadataURI"): (
        "derivativeSourceLearningResourceMetadataURIs"
    ),
    ("EducationContent", "DerivativeSourceEducationContentSource/URI"): "derivativeSourceURIs",
    # The role of an account's dimension is said twice.
    ("ChartOfAccount", "BalanceSheetBalanceSheetDimensionReference"): "balanceSheetDimensionReference",
    ("ChartOfAccount", "FunctionFunctionDimensionReference"): "functionDimensionReference",
    ("ChartOfAccount", "FundFundDimensionReference"): "fundDimensionReference",
    ("ChartOfAccount", "ObjectObjectDimensionReference"): "objectDimensionReference",
    ("ChartOfAccount", "OperationalUnitOperationalUnitDimensionReference"): "operationalUnitDimensionReference",
    ("ChartOfAccount", "ProgramProgramDimensionReference"): "programDimensionReference",
    ("ChartOfAccount", "ProjectProjectDimensionReference"): "projectDimensionReference",
    ("ChartOfAccount", "SourceSourceDimensionReference"): "sourceDimensionReference",
}

# Resources of versions before 5.0, by what they are called now.
RESOURCES_BEFORE: Mapping[str, str] = {
    "Parent": "Contact",
    "StudentParentAssociation": "StudentContactAssociation",
}

# Elements of those versions, by what they are called now.
ELEMENTS_BEFORE: Mapping[str, str] = {
    "ParentReference": "ContactReference",
    "ParentUniqueId": "ContactUniqueId",
}
