"""Accounts, and what was budgeted, spent and paid from them.

Accounts and their amounts are public. Where an amount names the person it was paid to, it is of the class of staff.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    collection,
    day,
    decimal,
    descriptor,
    integer,
    reference,
    string,
    text,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.staff import Staff

PUBLIC = PrivacyClass.PUBLIC
STAFF = PrivacyClass.STAFF


class ReportingTag(Element):
    """A label under which an account code counts in financial reports."""

    reportingTagDescriptor: str = descriptor("ReportingTagDescriptor", PUBLIC, required=True)


class ChartOfAccountReportingTag(Element):
    """A label under which an account counts in financial reports, with its value."""

    reportingTagDescriptor: str = descriptor("ReportingTagDescriptor", PUBLIC, required=True)
    tagValue: str | None = text(100, PUBLIC)


class BalanceSheetDimension(Resource, domain="finance"):
    """A code for where an account stands on the balance sheet, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))


class ChartOfAccount(
    Resource,
    domain="finance",
    equal=(
        ("balanceSheetDimensionReference.fiscalYear", "fiscalYear"),
        ("fiscalYear", "functionDimensionReference.fiscalYear"),
        ("fiscalYear", "fundDimensionReference.fiscalYear"),
        ("fiscalYear", "objectDimensionReference.fiscalYear"),
        ("fiscalYear", "operationalUnitDimensionReference.fiscalYear"),
        ("fiscalYear", "programDimensionReference.fiscalYear"),
        ("fiscalYear", "projectDimensionReference.fiscalYear"),
        ("fiscalYear", "sourceDimensionReference.fiscalYear"),
    ),
):
    """An account of the state's or district's official list, made up of its dimension codes."""

    balanceSheetDimensionReference: BalanceSheetDimension | None = reference(
        "BalanceSheetDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    functionDimensionReference: FunctionDimension | None = reference(
        "FunctionDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    fundDimensionReference: FundDimension | None = reference(
        "FundDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    objectDimensionReference: ObjectDimension | None = reference(
        "ObjectDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    operationalUnitDimensionReference: OperationalUnitDimension | None = reference(
        "OperationalUnitDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    programDimensionReference: ProgramDimension | None = reference(
        "ProgramDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    projectDimensionReference: ProjectDimension | None = reference(
        "ProjectDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    sourceDimensionReference: SourceDimension | None = reference(
        "SourceDimension", PUBLIC, code=string(16), fiscalYear=INTEGER
    )
    accountTypeDescriptor: str = descriptor("AccountTypeDescriptor", PUBLIC, required=True)
    accountIdentifier: str = text(50, PUBLIC, key=True)
    accountName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ChartOfAccountReportingTag] = collection(
        ChartOfAccountReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",)
    )


class FunctionDimension(Resource, domain="finance"):
    """A code for what activity money serves, such as instruction or transport, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))


class FundDimension(Resource, domain="finance"):
    """A code for the fund that money comes out of, such as the general fund, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))


class LocalAccount(Resource, domain="finance", equal=(("chartOfAccountReference.fiscalYear", "fiscalYear"),)):
    """An account in the district's own books, with the official account that it counts into."""

    chartOfAccountReference: ChartOfAccount = reference(
        "ChartOfAccount",
        PUBLIC,
        required=True,
        accountIdentifier=string(50),
        educationOrganizationId=LONG,
        fiscalYear=INTEGER,
    )
    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    accountIdentifier: str = text(50, PUBLIC, key=True)
    accountName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ChartOfAccountReportingTag] = collection(
        ChartOfAccountReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",)
    )


class LocalActual(Resource, domain="finance"):
    """What was really spent or received on an account up to a given day."""

    localAccountReference: LocalAccount = reference(
        "LocalAccount", PUBLIC, key=True, accountIdentifier=string(50), educationOrganizationId=LONG, fiscalYear=INTEGER
    )
    financialCollectionDescriptor: str | None = descriptor("FinancialCollectionDescriptor", PUBLIC)
    amount: Decimal = decimal(19, 4, PUBLIC, required=True)
    asOfDate: date = day(PUBLIC, key=True)


class LocalBudget(Resource, domain="finance"):
    """What was planned to be spent or received on an account, as of a given day."""

    localAccountReference: LocalAccount = reference(
        "LocalAccount", PUBLIC, key=True, accountIdentifier=string(50), educationOrganizationId=LONG, fiscalYear=INTEGER
    )
    financialCollectionDescriptor: str | None = descriptor("FinancialCollectionDescriptor", PUBLIC)
    amount: Decimal = decimal(19, 4, PUBLIC, required=True)
    asOfDate: date = day(PUBLIC, key=True)


class LocalContractedStaff(Resource, domain="finance"):
    """What was paid on an account for a person who works under contract, up to a given day."""

    localAccountReference: LocalAccount = reference(
        "LocalAccount", STAFF, key=True, accountIdentifier=string(50), educationOrganizationId=LONG, fiscalYear=INTEGER
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    financialCollectionDescriptor: str | None = descriptor("FinancialCollectionDescriptor", STAFF)
    amount: Decimal = decimal(19, 4, STAFF, required=True)
    asOfDate: date = day(STAFF, key=True)


class LocalEncumbrance(Resource, domain="finance"):
    """What was promised on an account by orders that are not yet paid, as of a given day."""

    localAccountReference: LocalAccount = reference(
        "LocalAccount", PUBLIC, key=True, accountIdentifier=string(50), educationOrganizationId=LONG, fiscalYear=INTEGER
    )
    financialCollectionDescriptor: str | None = descriptor("FinancialCollectionDescriptor", PUBLIC)
    amount: Decimal = decimal(19, 4, PUBLIC, required=True)
    asOfDate: date = day(PUBLIC, key=True)


class LocalPayroll(Resource, domain="finance"):
    """What was paid on an account to an employee, up to a given day."""

    localAccountReference: LocalAccount = reference(
        "LocalAccount", STAFF, key=True, accountIdentifier=string(50), educationOrganizationId=LONG, fiscalYear=INTEGER
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    financialCollectionDescriptor: str | None = descriptor("FinancialCollectionDescriptor", STAFF)
    amount: Decimal = decimal(19, 4, STAFF, required=True)
    asOfDate: date = day(STAFF, key=True)


class ObjectDimension(Resource, domain="finance"):
    """A code for what money buys, such as salaries or supplies, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))


class OperationalUnitDimension(Resource, domain="finance"):
    """A code for the school or office that spends, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))


class ProgramDimension(Resource, domain="finance"):
    """A code for the program that money is spent for, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))


class ProjectDimension(Resource, domain="finance"):
    """A code for the grant or project that money belongs to, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))


class SourceDimension(Resource, domain="finance"):
    """A code for where money comes from, such as local taxes or a state grant, for one fiscal year."""

    code: str = text(16, PUBLIC, key=True)
    codeName: str | None = text(100, PUBLIC)
    fiscalYear: int = integer(PUBLIC, key=True)
    reportingTags: list[ReportingTag] = collection(ReportingTag, PUBLIC, unique_by=("reportingTagDescriptor",))
