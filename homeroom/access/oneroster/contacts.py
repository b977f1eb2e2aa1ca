"""Contacts as users: parents and guardians, with the children for whom they are.

A contact's role is what they are to a child, told for the schools at which the children are, as OneRoster 1.2 wants an
organization with each role.
"""

from __future__ import annotations

from homeroom.access.oneroster.declaration import Part, Value, of, only
from homeroom.access.oneroster.students import changed_since, last_change, mail, names, telephone
from homeroom.access.oneroster.vocabulary import contact_role

_TIE = "StudentContactAssociation"
_OF_TIE = of(_TIE, "studentReference.studentUniqueId", "contactReference.contactUniqueId")
_STAY = of("StudentSchoolAssociation", "studentReference.studentUniqueId", "schoolReference.schoolId")
_RELATION = of(_TIE, "relationDescriptor")
_TIES = f"""
    select tie.contact_unique_id,
        (array_agg(tie.relation_descriptor order by tie.legal_guardian is not true, tie.contact_priority,
            tie.relation_descriptor) filter (where tie.relation_descriptor is not null))[1] as relation,
        array_agg(student.id order by student.id) as ids, array_agg(tie.student_unique_id) as students,
        array_agg(distinct home.id) filter (where home.id is not null) as homes
    from {{{_TIE}}} as tie join {{Student}} as student on student.student_unique_id = tie.student_unique_id
    left join lateral (select school.id from {{StudentSchoolAssociation}} as stay
        join {{School}} as school on school.school_id = stay.school_id
        where stay.student_unique_id = tie.student_unique_id order by stay.entry_date desc, school.id limit 1)
        as home on true
    where tie.contact_unique_id in (select contact.contact_unique_id from {{Contact}} as contact
        where contact.id in {{chosen}})
    group by tie.contact_unique_id
"""
_ROLE = contact_role("ties.relation")

CONTACTS = Part(
    "Contact",
    "{Contact} as row",
    {
        "username": only("row.login_id", *of("Contact", "loginId")),
        "enabledUser": only("true"),
        **names("Contact"),
        "email": only(
            mail("row.electronic_mails", "Home/Personal"),
            *of(
                "Contact",
                "electronicMails[*].electronicMailAddress",
                "electronicMails[*].electronicMailTypeDescriptor",
            ),
        ),
        "phone": only(
            telephone("row.telephones", False),
            *of("Contact", "telephones[*].telephoneNumber", "telephones[*].telephoneNumberTypeDescriptor"),
        ),
        "sms": only(
            telephone("row.telephones", True),
            *of("Contact", "telephones[*].telephoneNumber", "telephones[*].telephoneNumberTypeDescriptor"),
        ),
        "role": (Value(_ROLE, (*_OF_TIE, *_RELATION)), Value("'relative'")),
        "roles": only(
            "(select jsonb_agg(jsonb_build_object('org', home, 'role', " + _ROLE + ") order by home)"
            " from unnest(ties.homes) as home)",
            *_OF_TIE,
            *_STAY,
        ),
        "roles.role": (Value("one ->> 'role'", _RELATION), Value("'relative'")),
        "roles.roleType": only("'primary'"),
        "roles.org": only("(one ->> 'org')::uuid"),
        "orgs": only("ties.homes", *_OF_TIE, *_STAY),
        "agents": only("ties.ids", *_OF_TIE),
    },
    "ties.students",
    joins={"ties": "left join ties on ties.contact_unique_id = row.contact_unique_id"},
    gathered={"ties": _TIES},
    words=dict.fromkeys(("role", "roles.role"), ("parent", "guardian", "relative")),
    modified={_TIE: last_change(_TIE, "contact_unique_id")},
    changed_since={_TIE: changed_since(_TIE, "contact_unique_id")},
)
