"""What describes accounts and the money in them."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AccountTypeDescriptor(Descriptor):
    """Whether an account is for revenue, expenditure or the balance sheet."""


class FinancialCollectionDescriptor(Descriptor):
    """The point in time or age of debt for which amounts were collected."""


class ReportingTagDescriptor(Descriptor):
    """The report that an account or dimension counts into."""
