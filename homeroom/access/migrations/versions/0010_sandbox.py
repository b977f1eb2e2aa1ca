"""What marks a record as a sandbox's, and what only a sandbox may hold: agreements that are for trying out."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"

_SANDBOX = """
    create table access.sandbox (
        marked boolean primary key default true constraint sandbox_marked check (marked),
        made_at timestamptz not null default now());
    create function access.becomes_sandbox() returns trigger language plpgsql as $$ begin
        if exists (select from consolidation.run) or exists (select from access.agreement)
            or exists (select from access.account) or exists (select from access.disclosure)
            or exists (select from access.record_write) or exists (select from edfi.student)
            or exists (select from edfi.staff) or exists (select from edfi.contact)
            or exists (select from edfi.education_organization)
        then raise exception 'A district that holds anything can''t become a sandbox.';
        end if;
        return new;
    end $$;
    create trigger becomes_sandbox before insert on access.sandbox
        for each row execute function access.becomes_sandbox();
    create function access.sandbox_stays() returns trigger language plpgsql as $$
    begin raise exception 'A sandbox stays one.'; end $$;
    create trigger sandbox_stays before update or delete or truncate on access.sandbox
        execute function access.sandbox_stays();
    create function access.for_sandbox() returns trigger language plpgsql as $$ begin
        if not exists (select from access.sandbox) then raise exception 'This is for a sandbox alone.'; end if;
        return new;
    end $$;
    create trigger for_sandbox before insert on access.agreement
        for each row when (new.terms ? 'sandbox') execute function access.for_sandbox();
    create function access.not_for_sandbox() returns trigger language plpgsql as $$ begin
        if exists (select from access.sandbox) then raise exception 'A sandbox takes no deliveries.'; end if;
        return new;
    end $$;
    create trigger not_for_sandbox before insert on consolidation.run
        for each row execute function access.not_for_sandbox();
    create index ix_record_write_organization on access.record_write (agreement)
        where what = 'created' and resource in ('CommunityOrganization', 'CommunityProvider',
            'EducationOrganizationNetwork', 'EducationServiceCenter', 'LocalEducationAgency', 'OrganizationDepartment',
            'PostSecondaryInstitution', 'School', 'StateEducationAgency')
"""


def upgrade() -> None:
    op.execute(_SANDBOX)
