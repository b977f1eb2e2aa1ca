"""What several parts of the academic record hold."""

from __future__ import annotations

from decimal import Decimal

from homeroom.model.declaration import (
    Element,
    PrivacyClass,
    boolean,
    decimal,
    descriptor,
)

PUBLIC = PrivacyClass.PUBLIC


class GradePointAverage(Element):
    """A grade point average, for a time or over all years, with its highest possible value."""

    gradePointAverageTypeDescriptor: str = descriptor("GradePointAverageTypeDescriptor", PUBLIC, required=True)
    gradePointAverageValue: Decimal = decimal(18, 4, PUBLIC, required=True)
    isCumulative: bool | None = boolean(PUBLIC)
    maxGradePointAverageValue: Decimal | None = decimal(18, 4, PUBLIC)
