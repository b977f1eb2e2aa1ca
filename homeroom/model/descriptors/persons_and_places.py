"""What describes persons and places in any domain: sex, race, language, addresses, ways to reach, papers."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AddressTypeDescriptor(Descriptor):
    """What an address is used for, such as home, mailing or a temporary place."""


class AncestryEthnicOriginDescriptor(Descriptor):
    """The people or country that a person's ancestors came from."""


class CitizenshipStatusDescriptor(Descriptor):
    """How a person stands to the United States in law: citizen, resident alien, refugee."""


class CountryDescriptor(Descriptor):
    """A country, by the two letters of ISO 3166."""


class ElectronicMailTypeDescriptor(Descriptor):
    """Whose e-mail address it is: the person's own, or one from work or an organization."""


class IdentificationDocumentUseDescriptor(Descriptor):
    """What a document was shown for: to prove who the person is, or their citizenship."""


class LanguageDescriptor(Descriptor):
    """A language, by the three letters of ISO 639-2."""


class LanguageUseDescriptor(Descriptor):
    """What a person uses a language for: at home, in letters, as the first one learned."""


class LocaleDescriptor(Descriptor):
    """How built-up a place is, from large city to remote country."""


class OtherNameTypeDescriptor(Descriptor):
    """What another name of a person is: nickname, alias, an earlier legal name."""


class PersonalInformationVerificationDescriptor(Descriptor):
    """The paper that proved a person's birth or name, such as a birth certificate."""


class RaceDescriptor(Descriptor):
    """A race that a person counts themself to, in the categories of federal reporting."""


class SexDescriptor(Descriptor):
    """A person's sex, as it is recorded."""


class SourceSystemDescriptor(Descriptor):
    """The level at which a system of record for persons is kept: school, district, state, nation."""


class StateAbbreviationDescriptor(Descriptor):
    """A state or territory of the United States, or a military post region, by its postal letters."""


class TelephoneNumberTypeDescriptor(Descriptor):
    """What a person's telephone number is: home, work, mobile, for emergencies."""


class TribalAffiliationDescriptor(Descriptor):
    """A Native American tribe or Alaska Native entity that a person belongs to."""


class VisaDescriptor(Descriptor):
    """The kind of visa with which a person from abroad is in the country."""
