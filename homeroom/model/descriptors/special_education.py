"""What describes disabilities, eligibility and services under IDEA."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class DisabilityDescriptor(Descriptor):
    """A kind of disability, in the categories of federal reporting."""


class DisabilityDesignationDescriptor(Descriptor):
    """The law under which a disability counts: IDEA, Section 504."""


class DisabilityDeterminationSourceTypeDescriptor(Descriptor):
    """Who found the disability: a physician, a school psychologist, the family."""


class EligibilityDelayReasonDescriptor(Descriptor):
    """Why the decision on eligibility came later than the law allows."""


class EligibilityEvaluationTypeDescriptor(Descriptor):
    """Whether an evaluation is the first one or a reevaluation."""


class EvaluationDelayReasonDescriptor(Descriptor):
    """Why an evaluation came later than the law allows."""


class IDEAPartDescriptor(Descriptor):
    """The part of IDEA: B for children of school age, C for infants and toddlers."""


class SpecialEducationExitReasonDescriptor(Descriptor):
    """Why a student left special education."""


class SpecialEducationProgramServiceDescriptor(Descriptor):
    """A service given under special education, such as counseling or interpreting."""


class SpecialEducationSettingDescriptor(Descriptor):
    """Where, and how much among other students, a student with a disability is taught."""
