"""What is sent to the Admin API and what it answers, by the names of the Ed-Fi Management API 2.3.0."""

from __future__ import annotations

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from homeroom.api.admin.numbers import DISTRICT, Number

_LONGEST = 255
# No text in a database holds the sign of the number 0.
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST, pattern=r"^[^\x00]*$")
]
OrganizationId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Sent(BaseModel):
    """What is sent; what the specification does not know in it is passed over."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True)


class Answer(BaseModel):
    """What is answered."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)


def _address(said: str) -> str:
    try:
        return validate_email(said, check_deliverability=False).normalized
    except EmailNotValidError:
        raise PydanticCustomError("email", "Write an e-mail address to which the district can turn") from None


class VendorSent(Sent):
    company: Text
    namespace_prefixes: Annotated[str, StringConstraints(max_length=5_000)] = ""
    contact_name: Text
    contact_email_address: Annotated[Text, AfterValidator(_address)]


class VendorAnswer(Answer):
    id: int
    company: str
    namespace_prefixes: str
    contact_name: str
    contact_email_address: str


class ApplicationSent(Sent):
    application_name: Text
    vendor_id: Number
    claim_set_name: Text
    profile_ids: list[Number] | None = None
    education_organization_ids: Annotated[list[OrganizationId], Field(min_length=1, max_length=1_000)]
    ods_instance_ids: Annotated[list[Number], Field(min_length=1)]
    enabled: bool | None = None


class ApplicationAnswer(Answer):
    id: int
    application_name: str
    claim_set_name: str
    education_organization_ids: list[int]
    vendor_id: int
    profile_ids: list[int]
    ods_instance_ids: list[int] = [DISTRICT]
    enabled: bool


class ApplicationKey(Answer):
    """A key and its secret, which is never told again."""

    id: int
    key: str
    secret: str


class ApiClientSent(Sent):
    name: Text
    is_approved: bool
    application_id: Number
    ods_instance_ids: Annotated[list[Number], Field(min_length=1)]


class ApiClientAnswer(Answer):
    id: int
    key: str
    name: str
    is_approved: bool
    use_sandbox: bool
    sandbox_type: int = 0
    application_id: int
    key_status: str
    education_organization_ids: list[int]
    ods_instance_ids: list[int] = [DISTRICT]


class ApiClientKey(ApplicationKey):
    name: str
    application_id: int


class ProfileSent(Sent):
    name: Text
    definition: Annotated[str, StringConstraints(min_length=1, max_length=1_000_000, pattern=r"^[^\x00]*$")]


class ProfileAnswer(Answer):
    id: int
    name: str


class ProfileDetails(ProfileAnswer):
    definition: str


class OdsInstanceAnswer(Answer):
    id: int
    name: str
    instance_type: str


class OdsInstanceContextAnswer(Answer):
    id: int
    ods_instance_id: int
    context_key: str
    context_value: str


class OdsInstanceDerivativeAnswer(Answer):
    id: int
    ods_instance_id: int
    derivative_type: str


class OdsInstanceDetails(OdsInstanceAnswer):
    ods_instance_contexts: list[OdsInstanceContextAnswer] = []
    ods_instance_derivatives: list[OdsInstanceDerivativeAnswer] = []


class TenantAnswer(Answer):
    tenant_name: str


class InformationAnswer(Answer):
    version: str
    build: str
