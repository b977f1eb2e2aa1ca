CREATE SCHEMA IF NOT EXISTS edfi;

CREATE SEQUENCE edfi.change_version;

CREATE TABLE edfi.descriptor (
    uri TEXT COLLATE "C" NOT NULL,
    descriptor_type TEXT NOT NULL,
    namespace TEXT NOT NULL,
    code_value TEXT NOT NULL,
    short_description TEXT,
    description TEXT,
    PRIMARY KEY (uri)
);

CREATE TABLE edfi.education_organization (
    education_organization_id BIGINT NOT NULL,
    discriminator TEXT NOT NULL,
    PRIMARY KEY (education_organization_id)
);

CREATE TABLE edfi.general_student_program_association (
    begin_date DATE NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    discriminator TEXT NOT NULL,
    PRIMARY KEY (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id)
);

CREATE TABLE edfi.descriptor_mapping (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    mapped_namespace TEXT COLLATE "C" NOT NULL,
    mapped_value TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    model_entities JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_descriptor_mapping UNIQUE (mapped_namespace, mapped_value, namespace, value)
);

CREATE INDEX ix_edfi_descriptor_mapping_change_version ON edfi.descriptor_mapping (change_version);

CREATE TABLE edfi.balance_sheet_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_balance_sheet_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_balance_sheet_dimension_change_version ON edfi.balance_sheet_dimension (change_version);

CREATE TABLE edfi.function_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_function_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_function_dimension_change_version ON edfi.function_dimension (change_version);

CREATE TABLE edfi.fund_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_fund_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_fund_dimension_change_version ON edfi.fund_dimension (change_version);

CREATE TABLE edfi.object_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_object_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_object_dimension_change_version ON edfi.object_dimension (change_version);

CREATE TABLE edfi.operational_unit_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_operational_unit_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_operational_unit_dimension_change_version ON edfi.operational_unit_dimension (change_version);

CREATE TABLE edfi.program_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_program_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_program_dimension_change_version ON edfi.program_dimension (change_version);

CREATE TABLE edfi.project_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_project_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_project_dimension_change_version ON edfi.project_dimension (change_version);

CREATE TABLE edfi.source_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    fiscal_year INTEGER NOT NULL,
    code_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_source_dimension UNIQUE (code, fiscal_year)
);

CREATE INDEX ix_edfi_source_dimension_change_version ON edfi.source_dimension (change_version);

CREATE TABLE edfi.learning_standard (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    learning_standard_id TEXT COLLATE "C" NOT NULL,
    parent_learning_standard_id TEXT COLLATE "C",
    learning_standard_category_descriptor TEXT COLLATE "C",
    learning_standard_scope_descriptor TEXT COLLATE "C",
    course_title TEXT,
    description TEXT NOT NULL,
    learning_standard_item_code TEXT,
    namespace TEXT NOT NULL,
    success_criteria TEXT,
    uri TEXT,
    academic_subjects JSONB NOT NULL,
    content_standard JSONB,
    grade_levels JSONB NOT NULL,
    identification_codes JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_learning_standard_parent_learning_standard FOREIGN KEY(parent_learning_standard_id) REFERENCES edfi.learning_standard (learning_standard_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_learning_standard UNIQUE (learning_standard_id)
);

CREATE INDEX ix_edfi_learning_standard_change_version ON edfi.learning_standard (change_version);

CREATE TABLE edfi.school_year_type (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_year INTEGER NOT NULL,
    current_school_year BOOLEAN NOT NULL,
    school_year_description TEXT NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_school_year_type UNIQUE (school_year)
);

CREATE INDEX ix_edfi_school_year_type_change_version ON edfi.school_year_type (change_version);

CREATE TABLE edfi.crisis_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    crisis_event_name TEXT COLLATE "C" NOT NULL,
    crisis_type_descriptor TEXT COLLATE "C" NOT NULL,
    crisis_description TEXT,
    crisis_end_date DATE,
    crisis_start_date DATE,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_crisis_event UNIQUE (crisis_event_name)
);

CREATE INDEX ix_edfi_crisis_event_change_version ON edfi.crisis_event (change_version);

CREATE TABLE edfi.credential (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    state_of_issue_state_abbreviation_descriptor TEXT COLLATE "C" NOT NULL,
    credential_identifier TEXT COLLATE "C" NOT NULL,
    credential_field_descriptor TEXT COLLATE "C",
    credential_type_descriptor TEXT COLLATE "C" NOT NULL,
    teaching_credential_basis_descriptor TEXT COLLATE "C",
    teaching_credential_descriptor TEXT COLLATE "C",
    effective_date DATE,
    expiration_date DATE,
    issuance_date DATE NOT NULL,
    namespace TEXT NOT NULL,
    academic_subjects JSONB,
    endorsements JSONB,
    grade_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_credential UNIQUE (state_of_issue_state_abbreviation_descriptor, credential_identifier)
);

CREATE INDEX ix_edfi_credential_change_version ON edfi.credential (change_version);

CREATE TABLE edfi.person (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    source_system_descriptor TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT key_person UNIQUE (source_system_descriptor, person_id)
);

CREATE INDEX ix_edfi_person_change_version ON edfi.person (change_version);

CREATE TABLE edfi.assessment (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT,
    assessment_category_descriptor TEXT COLLATE "C",
    adaptive_assessment BOOLEAN,
    assessment_family TEXT,
    assessment_form TEXT,
    assessment_title TEXT NOT NULL,
    assessment_version INTEGER,
    max_raw_score NUMERIC(15, 5),
    nomenclature TEXT,
    revision_date DATE,
    academic_subjects JSONB NOT NULL,
    assessed_grade_levels JSONB,
    content_standard JSONB,
    identification_codes JSONB,
    languages JSONB,
    performance_levels JSONB,
    periods JSONB,
    platform_types JSONB,
    programs JSONB,
    scores JSONB,
    sections JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_assessment_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_assessment UNIQUE (assessment_identifier, namespace)
);

CREATE INDEX ix_edfi_assessment_change_version ON edfi.assessment (change_version);

CREATE TABLE edfi.course (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    course_code TEXT COLLATE "C" NOT NULL,
    career_pathway_descriptor TEXT COLLATE "C",
    course_defined_by_descriptor TEXT COLLATE "C",
    course_gpa_applicability_descriptor TEXT COLLATE "C",
    maximum_available_credit_type_descriptor TEXT COLLATE "C",
    minimum_available_credit_type_descriptor TEXT COLLATE "C",
    course_description TEXT,
    course_title TEXT NOT NULL,
    date_course_adopted DATE,
    high_school_course_requirement BOOLEAN,
    max_completions_for_credit INTEGER,
    maximum_available_credit_conversion NUMERIC(9, 2),
    maximum_available_credits NUMERIC(9, 3),
    minimum_available_credit_conversion NUMERIC(9, 2),
    minimum_available_credits NUMERIC(9, 3),
    number_of_parts INTEGER NOT NULL,
    time_required_for_completion INTEGER,
    academic_subjects JSONB,
    competency_levels JSONB,
    identification_codes JSONB,
    learning_standards JSONB,
    level_characteristics JSONB,
    offered_grade_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_course_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_course UNIQUE (education_organization_id, course_code)
);

CREATE INDEX ix_edfi_course_change_version ON edfi.course (change_version);

CREATE TABLE edfi.state_education_agency (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    state_education_agency_id BIGINT NOT NULL,
    operational_status_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    accountabilities JSONB,
    addresses JSONB,
    categories JSONB,
    federal_funds JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_state_education_agency_base FOREIGN KEY(state_education_agency_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_state_education_agency UNIQUE (state_education_agency_id)
);

CREATE INDEX ix_edfi_state_education_agency_change_version ON edfi.state_education_agency (change_version);

CREATE TABLE edfi.community_organization (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    community_organization_id BIGINT NOT NULL,
    operational_status_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    addresses JSONB,
    categories JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_community_organization_base FOREIGN KEY(community_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_community_organization UNIQUE (community_organization_id)
);

CREATE INDEX ix_edfi_community_organization_change_version ON edfi.community_organization (change_version);

CREATE TABLE edfi.education_organization_network (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_network_id BIGINT NOT NULL,
    network_purpose_descriptor TEXT COLLATE "C" NOT NULL,
    operational_status_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    addresses JSONB,
    categories JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_education_organization_network_base FOREIGN KEY(education_organization_network_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_education_organization_network UNIQUE (education_organization_network_id)
);

CREATE INDEX ix_edfi_education_organization_network_change_version ON edfi.education_organization_network (change_version);

CREATE TABLE edfi.education_organization_peer_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    peer_education_organization_id BIGINT NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_education_organization_peer_association_education_o_c382fbfd FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_education_organization_peer_association_peer_educat_01b2d013 FOREIGN KEY(peer_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_education_organization_peer_association UNIQUE (education_organization_id, peer_education_organization_id)
);

CREATE INDEX ix_edfi_education_organization_peer_association_change_version ON edfi.education_organization_peer_association (change_version);

CREATE TABLE edfi.organization_department (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    organization_department_id BIGINT NOT NULL,
    parent_education_organization_id BIGINT,
    academic_subject_descriptor TEXT COLLATE "C",
    operational_status_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    addresses JSONB,
    categories JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_organization_department_parent_education_organization FOREIGN KEY(parent_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_organization_department_base FOREIGN KEY(organization_department_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_organization_department UNIQUE (organization_department_id)
);

CREATE INDEX ix_edfi_organization_department_change_version ON edfi.organization_department (change_version);

CREATE TABLE edfi.post_secondary_institution (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    post_secondary_institution_id BIGINT NOT NULL,
    administrative_funding_control_descriptor TEXT COLLATE "C",
    operational_status_descriptor TEXT COLLATE "C",
    post_secondary_institution_level_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    addresses JSONB,
    categories JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    medium_of_instructions JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_post_secondary_institution_base FOREIGN KEY(post_secondary_institution_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_post_secondary_institution UNIQUE (post_secondary_institution_id)
);

CREATE INDEX ix_edfi_post_secondary_institution_change_version ON edfi.post_secondary_institution (change_version);

CREATE TABLE edfi.accountability_rating (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    rating_title TEXT COLLATE "C" NOT NULL,
    rating TEXT NOT NULL,
    rating_date DATE,
    rating_organization TEXT,
    rating_program TEXT,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_accountability_rating_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_accountability_rating_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_accountability_rating UNIQUE (education_organization_id, school_year, rating_title)
);

CREATE INDEX ix_edfi_accountability_rating_change_version ON edfi.accountability_rating (change_version);

CREATE TABLE edfi.program (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_id TEXT,
    characteristics JSONB,
    learning_standards JSONB,
    sponsors JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_program_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_program UNIQUE (education_organization_id, program_type_descriptor, program_name)
);

CREATE INDEX ix_edfi_program_change_version ON edfi.program (change_version);

CREATE TABLE edfi.chart_of_account (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    fiscal_year INTEGER NOT NULL,
    education_organization_id BIGINT NOT NULL,
    account_identifier TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C",
    function_dimension_code TEXT COLLATE "C",
    fund_dimension_code TEXT COLLATE "C",
    object_dimension_code TEXT COLLATE "C",
    operational_unit_dimension_code TEXT COLLATE "C",
    program_dimension_code TEXT COLLATE "C",
    project_dimension_code TEXT COLLATE "C",
    source_dimension_code TEXT COLLATE "C",
    account_type_descriptor TEXT COLLATE "C" NOT NULL,
    account_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_chart_of_account_balance_sheet_dimension FOREIGN KEY(code, fiscal_year) REFERENCES edfi.balance_sheet_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_function_dimension FOREIGN KEY(function_dimension_code, fiscal_year) REFERENCES edfi.function_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_fund_dimension FOREIGN KEY(fund_dimension_code, fiscal_year) REFERENCES edfi.fund_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_object_dimension FOREIGN KEY(object_dimension_code, fiscal_year) REFERENCES edfi.object_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_operational_unit_dimension FOREIGN KEY(operational_unit_dimension_code, fiscal_year) REFERENCES edfi.operational_unit_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_program_dimension FOREIGN KEY(program_dimension_code, fiscal_year) REFERENCES edfi.program_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_project_dimension FOREIGN KEY(project_dimension_code, fiscal_year) REFERENCES edfi.project_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_chart_of_account_source_dimension FOREIGN KEY(source_dimension_code, fiscal_year) REFERENCES edfi.source_dimension (code, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_chart_of_account UNIQUE (fiscal_year, education_organization_id, account_identifier)
);

CREATE INDEX ix_edfi_chart_of_account_change_version ON edfi.chart_of_account (change_version);

CREATE TABLE edfi.graduation_plan (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    graduation_school_year INTEGER NOT NULL,
    graduation_plan_type_descriptor TEXT COLLATE "C" NOT NULL,
    total_required_credit_type_descriptor TEXT COLLATE "C",
    individual_plan BOOLEAN,
    total_required_credit_conversion NUMERIC(9, 2),
    total_required_credits NUMERIC(9, 3) NOT NULL,
    credits_by_courses JSONB,
    credits_by_credit_categories JSONB,
    credits_by_subjects JSONB,
    required_assessments JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_graduation_plan_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_graduation_plan_graduation_school_year_type FOREIGN KEY(graduation_school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_graduation_plan UNIQUE (education_organization_id, graduation_school_year, graduation_plan_type_descriptor)
);

CREATE INDEX ix_edfi_graduation_plan_change_version ON edfi.graduation_plan (change_version);

CREATE TABLE edfi.intervention (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    intervention_identification_code TEXT COLLATE "C" NOT NULL,
    delivery_method_descriptor TEXT COLLATE "C" NOT NULL,
    intervention_class_descriptor TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE,
    max_dosage INTEGER,
    min_dosage INTEGER,
    namespace TEXT,
    appropriate_grade_levels JSONB,
    appropriate_sexes JSONB,
    diagnoses JSONB,
    education_contents JSONB,
    intervention_prescriptions JSONB,
    learning_resource_metadata_ur_is JSONB,
    meeting_times JSONB,
    population_serveds JSONB,
    staffs JSONB,
    uris JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_intervention_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_intervention UNIQUE (education_organization_id, intervention_identification_code)
);

CREATE INDEX ix_edfi_intervention_change_version ON edfi.intervention (change_version);

CREATE TABLE edfi.intervention_prescription (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    intervention_prescription_identification_code TEXT COLLATE "C" NOT NULL,
    delivery_method_descriptor TEXT COLLATE "C" NOT NULL,
    intervention_class_descriptor TEXT COLLATE "C" NOT NULL,
    max_dosage INTEGER,
    min_dosage INTEGER,
    namespace TEXT,
    appropriate_grade_levels JSONB,
    appropriate_sexes JSONB,
    diagnoses JSONB,
    education_contents JSONB,
    learning_resource_metadata_ur_is JSONB,
    population_serveds JSONB,
    uris JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_intervention_prescription_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_intervention_prescription UNIQUE (education_organization_id, intervention_prescription_identification_code)
);

CREATE INDEX ix_edfi_intervention_prescription_change_version ON edfi.intervention_prescription (change_version);

CREATE TABLE edfi.learning_standard_equivalence_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    source_learning_standard_id TEXT COLLATE "C" NOT NULL,
    target_learning_standard_id TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    learning_standard_equivalence_strength_descriptor TEXT COLLATE "C",
    effective_date DATE,
    learning_standard_equivalence_strength_description TEXT,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_learning_standard_equivalence_association_source_le_ffd9b000 FOREIGN KEY(source_learning_standard_id) REFERENCES edfi.learning_standard (learning_standard_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_learning_standard_equivalence_association_target_le_1933c8f1 FOREIGN KEY(target_learning_standard_id) REFERENCES edfi.learning_standard (learning_standard_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_learning_standard_equivalence_association UNIQUE (source_learning_standard_id, target_learning_standard_id, namespace)
);

CREATE INDEX ix_edfi_learning_standard_equivalence_association_chang_8597 ON edfi.learning_standard_equivalence_association (change_version);

CREATE TABLE edfi.education_content (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    content_identifier TEXT COLLATE "C" NOT NULL,
    learning_standard_id TEXT COLLATE "C",
    content_class_descriptor TEXT COLLATE "C",
    cost_rate_descriptor TEXT COLLATE "C",
    interactivity_style_descriptor TEXT COLLATE "C",
    additional_authors_indicator BOOLEAN,
    cost NUMERIC(19, 4),
    description TEXT,
    learning_resource_metadata_uri TEXT,
    namespace TEXT NOT NULL,
    publication_date DATE,
    publication_year INTEGER,
    publisher TEXT,
    short_description TEXT,
    time_required TEXT,
    use_rights_url TEXT,
    version TEXT,
    appropriate_grade_levels JSONB,
    appropriate_sexes JSONB,
    authors JSONB,
    derivative_source_education_contents JSONB,
    derivative_source_learning_resource_metadata_ur_is JSONB,
    derivative_source_ur_is JSONB,
    languages JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_education_content_learning_standard FOREIGN KEY(learning_standard_id) REFERENCES edfi.learning_standard (learning_standard_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_education_content UNIQUE (content_identifier)
);

CREATE INDEX ix_edfi_education_content_change_version ON edfi.education_content (change_version);

CREATE TABLE edfi.staff (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    source_system_descriptor TEXT COLLATE "C",
    citizenship_status_descriptor TEXT COLLATE "C",
    highest_completed_level_of_education_descriptor TEXT COLLATE "C",
    sex_descriptor TEXT COLLATE "C",
    birth_date DATE,
    first_name TEXT NOT NULL,
    gender_identity TEXT,
    generation_code_suffix TEXT,
    highly_qualified_teacher BOOLEAN,
    hispanic_latino_ethnicity BOOLEAN,
    last_surname TEXT NOT NULL,
    login_id TEXT,
    maiden_name TEXT,
    middle_name TEXT,
    personal_title_prefix TEXT,
    preferred_first_name TEXT,
    preferred_last_surname TEXT,
    years_of_prior_professional_experience NUMERIC(5, 2),
    years_of_prior_teaching_experience NUMERIC(5, 2),
    addresses JSONB,
    ancestry_ethnic_origins JSONB,
    credentials JSONB,
    electronic_mails JSONB,
    identification_codes JSONB,
    identification_documents JSONB,
    international_addresses JSONB,
    languages JSONB,
    other_names JSONB,
    personal_identification_documents JSONB,
    races JSONB,
    recognitions JSONB,
    telephones JSONB,
    tribal_affiliations JSONB,
    visas JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_person FOREIGN KEY(person_id, source_system_descriptor) REFERENCES edfi.person (person_id, source_system_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff UNIQUE (staff_unique_id)
);

CREATE INDEX ix_edfi_staff_change_version ON edfi.staff (change_version);

CREATE TABLE edfi.open_staff_position (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    requisition_number TEXT COLLATE "C" NOT NULL,
    employment_status_descriptor TEXT COLLATE "C" NOT NULL,
    posting_result_descriptor TEXT COLLATE "C",
    program_assignment_descriptor TEXT COLLATE "C",
    staff_classification_descriptor TEXT COLLATE "C" NOT NULL,
    date_posted DATE NOT NULL,
    date_posting_removed DATE,
    position_title TEXT,
    academic_subjects JSONB,
    instructional_grade_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_open_staff_position_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_open_staff_position UNIQUE (education_organization_id, requisition_number)
);

CREATE INDEX ix_edfi_open_staff_position_change_version ON edfi.open_staff_position (change_version);

CREATE TABLE edfi.competency_objective (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    objective_grade_level_descriptor TEXT COLLATE "C" NOT NULL,
    objective TEXT COLLATE "C" NOT NULL,
    competency_objective_id TEXT,
    description TEXT,
    success_criteria TEXT,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_competency_objective_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_competency_objective UNIQUE (education_organization_id, objective_grade_level_descriptor, objective)
);

CREATE INDEX ix_edfi_competency_objective_change_version ON edfi.competency_objective (change_version);

CREATE TABLE edfi.cohort (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    cohort_identifier TEXT COLLATE "C" NOT NULL,
    academic_subject_descriptor TEXT COLLATE "C",
    cohort_scope_descriptor TEXT COLLATE "C",
    cohort_type_descriptor TEXT COLLATE "C" NOT NULL,
    cohort_description TEXT,
    programs JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_cohort_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_cohort UNIQUE (education_organization_id, cohort_identifier)
);

CREATE INDEX ix_edfi_cohort_change_version ON edfi.cohort (change_version);

CREATE TABLE edfi.student (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    source_system_descriptor TEXT COLLATE "C",
    birth_country_descriptor TEXT COLLATE "C",
    birth_sex_descriptor TEXT COLLATE "C",
    birth_state_abbreviation_descriptor TEXT COLLATE "C",
    citizenship_status_descriptor TEXT COLLATE "C",
    birth_city TEXT,
    birth_date DATE NOT NULL,
    birth_international_province TEXT,
    date_entered_us DATE,
    first_name TEXT NOT NULL,
    generation_code_suffix TEXT,
    last_surname TEXT NOT NULL,
    maiden_name TEXT,
    middle_name TEXT,
    multiple_birth_status BOOLEAN,
    personal_title_prefix TEXT,
    preferred_first_name TEXT,
    preferred_last_surname TEXT,
    identification_documents JSONB,
    other_names JSONB,
    personal_identification_documents JSONB,
    visas JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_person FOREIGN KEY(person_id, source_system_descriptor) REFERENCES edfi.person (person_id, source_system_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student UNIQUE (student_unique_id)
);

CREATE INDEX ix_edfi_student_change_version ON edfi.student (change_version);

CREATE TABLE edfi.contact (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    contact_unique_id TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    source_system_descriptor TEXT COLLATE "C",
    highest_completed_level_of_education_descriptor TEXT COLLATE "C",
    sex_descriptor TEXT COLLATE "C",
    first_name TEXT NOT NULL,
    gender_identity TEXT,
    generation_code_suffix TEXT,
    last_surname TEXT NOT NULL,
    login_id TEXT,
    maiden_name TEXT,
    middle_name TEXT,
    personal_title_prefix TEXT,
    preferred_first_name TEXT,
    preferred_last_surname TEXT,
    addresses JSONB,
    electronic_mails JSONB,
    international_addresses JSONB,
    languages JSONB,
    other_names JSONB,
    personal_identification_documents JSONB,
    telephones JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_contact_person FOREIGN KEY(person_id, source_system_descriptor) REFERENCES edfi.person (person_id, source_system_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_contact UNIQUE (contact_unique_id)
);

CREATE INDEX ix_edfi_contact_change_version ON edfi.contact (change_version);

CREATE TABLE edfi.assessment_item (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    identification_code TEXT COLLATE "C" NOT NULL,
    assessment_item_category_descriptor TEXT COLLATE "C",
    assessment_item_uri TEXT,
    expected_time_assessed TEXT,
    item_text TEXT,
    max_raw_score NUMERIC(15, 5),
    nomenclature TEXT,
    learning_standards JSONB,
    possible_responses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_assessment_item_assessment FOREIGN KEY(assessment_identifier, namespace) REFERENCES edfi.assessment (assessment_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_assessment_item UNIQUE (assessment_identifier, namespace, identification_code)
);

CREATE INDEX ix_edfi_assessment_item_change_version ON edfi.assessment_item (change_version);

CREATE TABLE edfi.objective_assessment (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    identification_code TEXT COLLATE "C" NOT NULL,
    parent_identification_code TEXT COLLATE "C",
    academic_subject_descriptor TEXT COLLATE "C",
    description TEXT,
    max_raw_score NUMERIC(15, 5),
    nomenclature TEXT,
    percent_of_assessment NUMERIC(5, 4),
    assessment_items JSONB,
    learning_standards JSONB,
    performance_levels JSONB,
    scores JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_objective_assessment_assessment FOREIGN KEY(assessment_identifier, namespace) REFERENCES edfi.assessment (assessment_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_objective_assessment_parent_objective_assessment FOREIGN KEY(assessment_identifier, namespace, parent_identification_code) REFERENCES edfi.objective_assessment (assessment_identifier, namespace, identification_code) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_objective_assessment UNIQUE (assessment_identifier, namespace, identification_code)
);

CREATE INDEX ix_edfi_objective_assessment_change_version ON edfi.objective_assessment (change_version);

CREATE TABLE edfi.assessment_administration (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    assigning_education_organization_id BIGINT NOT NULL,
    administration_identifier TEXT COLLATE "C" NOT NULL,
    assessment_battery_parts JSONB,
    periods JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_assessment_administration_assessment FOREIGN KEY(assessment_identifier, namespace) REFERENCES edfi.assessment (assessment_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_assessment_administration_assigning_education_organization FOREIGN KEY(assigning_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_assessment_administration UNIQUE (assessment_identifier, namespace, assigning_education_organization_id, administration_identifier)
);

CREATE INDEX ix_edfi_assessment_administration_change_version ON edfi.assessment_administration (change_version);

CREATE TABLE edfi.assessment_battery_part (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    assessment_battery_part_name TEXT COLLATE "C" NOT NULL,
    objective_assessments JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_assessment_battery_part_assessment FOREIGN KEY(assessment_identifier, namespace) REFERENCES edfi.assessment (assessment_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_assessment_battery_part UNIQUE (assessment_identifier, namespace, assessment_battery_part_name)
);

CREATE INDEX ix_edfi_assessment_battery_part_change_version ON edfi.assessment_battery_part (change_version);

CREATE TABLE edfi.student_education_organization_assessment_accommodation (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    general_accommodations JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_education_organization_assessment_accommoda_e0e11a79 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_education_organization_assessment_accommoda_e0560fb4 FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_education_organization_assessment_accommodation UNIQUE (student_unique_id, education_organization_id)
);

CREATE INDEX ix_edfi_student_education_organization_assessment_accom_b03c ON edfi.student_education_organization_assessment_accommodation (change_version);

CREATE TABLE edfi.education_service_center (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_service_center_id BIGINT NOT NULL,
    state_education_agency_id BIGINT,
    operational_status_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    addresses JSONB,
    categories JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_education_service_center_state_education_agency FOREIGN KEY(state_education_agency_id) REFERENCES edfi.state_education_agency (state_education_agency_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_education_service_center_base FOREIGN KEY(education_service_center_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_education_service_center UNIQUE (education_service_center_id)
);

CREATE INDEX ix_edfi_education_service_center_change_version ON edfi.education_service_center (change_version);

CREATE TABLE edfi.community_provider (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    community_provider_id BIGINT NOT NULL,
    community_organization_id BIGINT,
    operational_status_descriptor TEXT COLLATE "C",
    provider_category_descriptor TEXT COLLATE "C" NOT NULL,
    provider_profitability_descriptor TEXT COLLATE "C",
    provider_status_descriptor TEXT COLLATE "C" NOT NULL,
    license_exempt_indicator BOOLEAN,
    name_of_institution TEXT NOT NULL,
    school_indicator BOOLEAN,
    short_name_of_institution TEXT,
    web_site TEXT,
    addresses JSONB,
    categories JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_community_provider_community_organization FOREIGN KEY(community_organization_id) REFERENCES edfi.community_organization (community_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_community_provider_base FOREIGN KEY(community_provider_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_community_provider UNIQUE (community_provider_id)
);

CREATE INDEX ix_edfi_community_provider_change_version ON edfi.community_provider (change_version);

CREATE TABLE edfi.education_organization_network_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_network_id BIGINT NOT NULL,
    member_education_organization_id BIGINT NOT NULL,
    begin_date DATE,
    end_date DATE,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_education_organization_network_association_educatio_29a04c65 FOREIGN KEY(education_organization_network_id) REFERENCES edfi.education_organization_network (education_organization_network_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_education_organization_network_association_member_e_9ef9ff5b FOREIGN KEY(member_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_education_organization_network_association UNIQUE (education_organization_network_id, member_education_organization_id)
);

CREATE INDEX ix_edfi_education_organization_network_association_chan_86ce ON edfi.education_organization_network_association (change_version);

CREATE TABLE edfi.local_account (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    fiscal_year INTEGER NOT NULL,
    education_organization_id BIGINT NOT NULL,
    account_identifier TEXT COLLATE "C" NOT NULL,
    chart_of_account_account_identifier TEXT COLLATE "C" NOT NULL,
    chart_of_account_education_organization_id BIGINT NOT NULL,
    account_name TEXT,
    reporting_tags JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_local_account_chart_of_account FOREIGN KEY(chart_of_account_account_identifier, chart_of_account_education_organization_id, fiscal_year) REFERENCES edfi.chart_of_account (account_identifier, education_organization_id, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_local_account_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_local_account UNIQUE (fiscal_year, education_organization_id, account_identifier)
);

CREATE INDEX ix_edfi_local_account_change_version ON edfi.local_account (change_version);

CREATE TABLE edfi.post_secondary_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    post_secondary_event_category_descriptor TEXT COLLATE "C" NOT NULL,
    event_date DATE NOT NULL,
    post_secondary_institution_id BIGINT,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_post_secondary_event_post_secondary_institution FOREIGN KEY(post_secondary_institution_id) REFERENCES edfi.post_secondary_institution (post_secondary_institution_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_post_secondary_event_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_post_secondary_event UNIQUE (student_unique_id, post_secondary_event_category_descriptor, event_date)
);

CREATE INDEX ix_edfi_post_secondary_event_change_version ON edfi.post_secondary_event (change_version);

CREATE TABLE edfi.intervention_study (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    intervention_study_identification_code TEXT COLLATE "C" NOT NULL,
    intervention_prescription_education_organization_id BIGINT NOT NULL,
    intervention_prescription_identification_code TEXT COLLATE "C" NOT NULL,
    delivery_method_descriptor TEXT COLLATE "C" NOT NULL,
    intervention_class_descriptor TEXT COLLATE "C" NOT NULL,
    participants INTEGER NOT NULL,
    appropriate_grade_levels JSONB,
    appropriate_sexes JSONB,
    education_contents JSONB,
    intervention_effectivenesses JSONB,
    learning_resource_metadata_ur_is JSONB,
    population_serveds JSONB,
    state_abbreviations JSONB,
    uris JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_intervention_study_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_intervention_study_intervention_prescription FOREIGN KEY(intervention_prescription_education_organization_id, intervention_prescription_identification_code) REFERENCES edfi.intervention_prescription (education_organization_id, intervention_prescription_identification_code) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_intervention_study UNIQUE (education_organization_id, intervention_study_identification_code)
);

CREATE INDEX ix_edfi_intervention_study_change_version ON edfi.intervention_study (change_version);

CREATE TABLE edfi.education_organization_intervention_prescription_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    intervention_prescription_education_organization_id BIGINT NOT NULL,
    intervention_prescription_identification_code TEXT COLLATE "C" NOT NULL,
    begin_date DATE,
    end_date DATE,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_education_organization_intervention_prescription_as_6558826a FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_education_organization_intervention_prescription_as_3fb82321 FOREIGN KEY(intervention_prescription_education_organization_id, intervention_prescription_identification_code) REFERENCES edfi.intervention_prescription (education_organization_id, intervention_prescription_identification_code) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_education_organization_intervention_prescription_a_d5c15742 UNIQUE (education_organization_id, intervention_prescription_education_organization_id, intervention_prescription_identification_code)
);

CREATE INDEX ix_edfi_education_organization_intervention_prescriptio_5f8f ON edfi.education_organization_intervention_prescription_association (change_version);

CREATE TABLE edfi.student_intervention_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    intervention_identification_code TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    cohort_identifier TEXT COLLATE "C",
    cohort_education_organization_id BIGINT,
    diagnostic_statement TEXT,
    dosage INTEGER,
    intervention_effectivenesses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_intervention_association_cohort FOREIGN KEY(cohort_identifier, cohort_education_organization_id) REFERENCES edfi.cohort (cohort_identifier, education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_intervention_association_intervention FOREIGN KEY(education_organization_id, intervention_identification_code) REFERENCES edfi.intervention (education_organization_id, intervention_identification_code) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_intervention_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_intervention_association UNIQUE (student_unique_id, education_organization_id, intervention_identification_code)
);

CREATE INDEX ix_edfi_student_intervention_association_change_version ON edfi.student_intervention_association (change_version);

CREATE TABLE edfi.program_evaluation (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_period_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_title TEXT COLLATE "C" NOT NULL,
    evaluation_max_numeric_rating NUMERIC(6, 3),
    evaluation_min_numeric_rating NUMERIC(6, 3),
    program_evaluation_description TEXT,
    levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_program_evaluation_program FOREIGN KEY(education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_program_evaluation UNIQUE (education_organization_id, program_name, program_type_descriptor, program_evaluation_period_descriptor, program_evaluation_type_descriptor, program_evaluation_title)
);

CREATE INDEX ix_edfi_program_evaluation_change_version ON edfi.program_evaluation (change_version);

CREATE TABLE edfi.student_special_education_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    reason_exited_descriptor TEXT COLLATE "C",
    special_education_exit_reason_descriptor TEXT COLLATE "C",
    special_education_setting_descriptor TEXT COLLATE "C",
    end_date DATE,
    idea_eligibility BOOLEAN,
    iep_begin_date DATE,
    iep_end_date DATE,
    iep_review_date DATE,
    last_evaluation_date DATE,
    medically_fragile BOOLEAN,
    multiply_disabled BOOLEAN,
    reduction_in_hours_per_week_compared_to_peers NUMERIC(5, 2),
    school_hours_per_week NUMERIC(5, 2),
    served_outside_of_regular_session BOOLEAN,
    shortened_school_day_indicator BOOLEAN,
    special_education_exit_date DATE,
    special_education_exit_explained TEXT,
    special_education_hours_per_week NUMERIC(5, 2),
    disabilities JSONB,
    program_participation_statuses JSONB,
    service_providers JSONB,
    special_education_program_services JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_special_education_program_association_educa_eba5a0c0 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_special_education_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_special_education_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_special_education_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_special_education_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_special_education_program_association_c_8e37 ON edfi.student_special_education_program_association (change_version);

CREATE TABLE edfi.student_special_education_program_eligibility_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    consent_to_evaluation_received_date DATE NOT NULL,
    eligibility_delay_reason_descriptor TEXT COLLATE "C",
    eligibility_evaluation_type_descriptor TEXT COLLATE "C",
    evaluation_delay_reason_descriptor TEXT COLLATE "C",
    idea_part_descriptor TEXT COLLATE "C" NOT NULL,
    consent_to_evaluation_date DATE,
    eligibility_conference_date DATE,
    eligibility_determination_date DATE,
    eligibility_evaluation_date DATE,
    evaluation_complete_indicator BOOLEAN,
    evaluation_delay_days INTEGER,
    evaluation_late_reason TEXT,
    idea_indicator BOOLEAN,
    original_eci_services_date DATE,
    transition_conference_date DATE,
    transition_notification_date DATE,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_special_education_program_eligibility_assoc_b8261105 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_special_education_program_eligibility_assoc_c4d01c50 FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_special_education_program_eligibility_assoc_10f0365d FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_special_education_program_eligibility_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, consent_to_evaluation_received_date)
);

CREATE INDEX ix_edfi_student_special_education_program_eligibility_a_6e9d ON edfi.student_special_education_program_eligibility_association (change_version);

CREATE TABLE edfi.staff_absence_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    absence_event_category_descriptor TEXT COLLATE "C" NOT NULL,
    event_date DATE NOT NULL,
    absence_event_reason TEXT,
    hours_absent NUMERIC(18, 2),
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_absence_event_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_absence_event UNIQUE (staff_unique_id, absence_event_category_descriptor, event_date)
);

CREATE INDEX ix_edfi_staff_absence_event_change_version ON edfi.staff_absence_event (change_version);

CREATE TABLE edfi.staff_leave (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    staff_leave_event_category_descriptor TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE,
    reason TEXT,
    substitute_assigned BOOLEAN,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_leave_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_leave UNIQUE (staff_unique_id, staff_leave_event_category_descriptor, begin_date)
);

CREATE INDEX ix_edfi_staff_leave_change_version ON edfi.staff_leave (change_version);

CREATE TABLE edfi.staff_education_organization_contact_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    contact_title TEXT COLLATE "C" NOT NULL,
    contact_type_descriptor TEXT COLLATE "C",
    electronic_mail_address TEXT NOT NULL,
    address JSONB,
    telephones JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_education_organization_contact_association_ed_280dd6f1 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_education_organization_contact_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_education_organization_contact_association UNIQUE (staff_unique_id, education_organization_id, contact_title)
);

CREATE INDEX ix_edfi_staff_education_organization_contact_associatio_845f ON edfi.staff_education_organization_contact_association (change_version);

CREATE TABLE edfi.staff_education_organization_employment_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    employment_status_descriptor TEXT COLLATE "C" NOT NULL,
    hire_date DATE NOT NULL,
    credential_identifier TEXT COLLATE "C",
    state_of_issue_state_abbreviation_descriptor TEXT COLLATE "C",
    separation_descriptor TEXT COLLATE "C",
    separation_reason_descriptor TEXT COLLATE "C",
    annual_wage NUMERIC(19, 4),
    department TEXT,
    end_date DATE,
    full_time_equivalency NUMERIC(5, 4),
    hourly_wage NUMERIC(19, 4),
    offer_date DATE,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_education_organization_employment_association_218066d3 FOREIGN KEY(credential_identifier, state_of_issue_state_abbreviation_descriptor) REFERENCES edfi.credential (credential_identifier, state_of_issue_state_abbreviation_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_education_organization_employment_association_d33b2df5 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_education_organization_employment_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_education_organization_employment_association UNIQUE (staff_unique_id, education_organization_id, employment_status_descriptor, hire_date)
);

CREATE INDEX ix_edfi_staff_education_organization_employment_associa_82bc ON edfi.staff_education_organization_employment_association (change_version);

CREATE TABLE edfi.staff_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE,
    student_record_access BOOLEAN,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_program_association_program FOREIGN KEY(education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_program_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_program_association UNIQUE (staff_unique_id, education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_staff_program_association_change_version ON edfi.staff_program_association (change_version);

CREATE TABLE edfi.student_academic_record (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    term_descriptor TEXT COLLATE "C" NOT NULL,
    cumulative_attempted_credit_type_descriptor TEXT COLLATE "C",
    cumulative_earned_credit_type_descriptor TEXT COLLATE "C",
    session_attempted_credit_type_descriptor TEXT COLLATE "C",
    session_earned_credit_type_descriptor TEXT COLLATE "C",
    cumulative_attempted_credit_conversion NUMERIC(9, 2),
    cumulative_attempted_credits NUMERIC(9, 3),
    cumulative_earned_credit_conversion NUMERIC(9, 2),
    cumulative_earned_credits NUMERIC(9, 3),
    projected_graduation_date DATE,
    session_attempted_credit_conversion NUMERIC(9, 2),
    session_attempted_credits NUMERIC(9, 3),
    session_earned_credit_conversion NUMERIC(9, 2),
    session_earned_credits NUMERIC(9, 3),
    academic_honors JSONB,
    diplomas JSONB,
    grade_point_averages JSONB,
    recognitions JSONB,
    report_cards JSONB,
    class_ranking JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_academic_record_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_academic_record_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_academic_record_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_academic_record UNIQUE (student_unique_id, education_organization_id, school_year, term_descriptor)
);

CREATE INDEX ix_edfi_student_academic_record_change_version ON edfi.student_academic_record (change_version);

CREATE TABLE edfi.student_program_attendance_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    attendance_event_category_descriptor TEXT COLLATE "C" NOT NULL,
    event_date DATE NOT NULL,
    educational_environment_descriptor TEXT COLLATE "C",
    attendance_event_reason TEXT,
    event_duration NUMERIC(3, 2),
    program_attendance_duration INTEGER,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_program_attendance_event_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_attendance_event_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_attendance_event_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_program_attendance_event UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, attendance_event_category_descriptor, event_date)
);

CREATE INDEX ix_edfi_student_program_attendance_event_change_version ON edfi.student_program_attendance_event (change_version);

CREATE TABLE edfi.student_intervention_attendance_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    intervention_identification_code TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    attendance_event_category_descriptor TEXT COLLATE "C" NOT NULL,
    event_date DATE NOT NULL,
    educational_environment_descriptor TEXT COLLATE "C",
    attendance_event_reason TEXT,
    event_duration NUMERIC(3, 2),
    intervention_duration INTEGER,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_intervention_attendance_event_intervention FOREIGN KEY(education_organization_id, intervention_identification_code) REFERENCES edfi.intervention (education_organization_id, intervention_identification_code) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_intervention_attendance_event_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_intervention_attendance_event UNIQUE (student_unique_id, education_organization_id, intervention_identification_code, attendance_event_category_descriptor, event_date)
);

CREATE INDEX ix_edfi_student_intervention_attendance_event_change_version ON edfi.student_intervention_attendance_event (change_version);

CREATE TABLE edfi.student_cohort_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    cohort_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE,
    sections JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_cohort_association_cohort FOREIGN KEY(cohort_identifier, education_organization_id) REFERENCES edfi.cohort (cohort_identifier, education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_cohort_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_cohort_association UNIQUE (student_unique_id, cohort_identifier, education_organization_id, begin_date)
);

CREATE INDEX ix_edfi_student_cohort_association_change_version ON edfi.student_cohort_association (change_version);

CREATE TABLE edfi.staff_cohort_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    cohort_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE,
    student_record_access BOOLEAN,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_cohort_association_cohort FOREIGN KEY(cohort_identifier, education_organization_id) REFERENCES edfi.cohort (cohort_identifier, education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_cohort_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_cohort_association UNIQUE (staff_unique_id, cohort_identifier, education_organization_id, begin_date)
);

CREATE INDEX ix_edfi_staff_cohort_association_change_version ON edfi.staff_cohort_association (change_version);

CREATE TABLE edfi.student_contact_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    contact_unique_id TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    relation_descriptor TEXT COLLATE "C",
    contact_priority INTEGER,
    contact_restrictions TEXT,
    emergency_contact_status BOOLEAN,
    legal_guardian BOOLEAN,
    lives_with BOOLEAN,
    primary_contact_status BOOLEAN,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_contact_association_contact FOREIGN KEY(contact_unique_id) REFERENCES edfi.contact (contact_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_contact_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_contact_association UNIQUE (contact_unique_id, student_unique_id)
);

CREATE INDEX ix_edfi_student_contact_association_change_version ON edfi.student_contact_association (change_version);

CREATE TABLE edfi.student_education_organization_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    barrier_to_internet_access_in_residence_descriptor TEXT COLLATE "C",
    internet_access_type_in_residence_descriptor TEXT COLLATE "C",
    internet_performance_in_residence_descriptor TEXT COLLATE "C",
    limited_english_proficiency_descriptor TEXT COLLATE "C",
    primary_learning_device_access_descriptor TEXT COLLATE "C",
    primary_learning_device_away_from_school_descriptor TEXT COLLATE "C",
    primary_learning_device_provider_descriptor TEXT COLLATE "C",
    sex_descriptor TEXT COLLATE "C",
    supporter_military_connection_descriptor TEXT COLLATE "C",
    gender_identity TEXT,
    hispanic_latino_ethnicity BOOLEAN,
    internet_access_in_residence BOOLEAN,
    login_id TEXT,
    profile_thumbnail TEXT,
    addresses JSONB,
    ancestry_ethnic_origins JSONB,
    cohort_years JSONB,
    disabilities JSONB,
    displaced_students JSONB,
    electronic_mails JSONB,
    international_addresses JSONB,
    languages JSONB,
    races JSONB,
    student_characteristics JSONB,
    student_identification_codes JSONB,
    student_indicators JSONB,
    telephones JSONB,
    tribal_affiliations JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_education_organization_association_educatio_d2e30c36 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_education_organization_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_education_organization_association UNIQUE (student_unique_id, education_organization_id)
);

CREATE INDEX ix_edfi_student_education_organization_association_chan_8840 ON edfi.student_education_organization_association (change_version);

CREATE TABLE edfi.student_education_organization_responsibility_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    responsibility_descriptor TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_education_organization_responsibility_assoc_558473f3 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_education_organization_responsibility_assoc_5abb70a0 FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_education_organization_responsibility_association UNIQUE (student_unique_id, education_organization_id, responsibility_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_education_organization_responsibility_a_36bb ON edfi.student_education_organization_responsibility_association (change_version);

CREATE TABLE edfi.student_health (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    non_medical_immunization_exemption_descriptor TEXT COLLATE "C",
    as_of_date DATE NOT NULL,
    non_medical_immunization_exemption_date DATE,
    additional_immunizations JSONB,
    required_immunizations JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_health_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_health_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_health UNIQUE (student_unique_id, education_organization_id)
);

CREATE INDEX ix_edfi_student_health_change_version ON edfi.student_health (change_version);

CREATE TABLE edfi.student_transportation (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    transportation_education_organization_id BIGINT NOT NULL,
    transportation_public_expense_eligibility_type_descriptor TEXT COLLATE "C",
    transportation_type_descriptor TEXT COLLATE "C",
    special_accomodation_requirements TEXT,
    student_bus_details JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_transportation_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_transportation_transportation_education_organization FOREIGN KEY(transportation_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_transportation UNIQUE (student_unique_id, transportation_education_organization_id)
);

CREATE INDEX ix_edfi_student_transportation_change_version ON edfi.student_transportation (change_version);

CREATE TABLE edfi.student_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    reason_exited_descriptor TEXT COLLATE "C",
    end_date DATE,
    served_outside_of_regular_session BOOLEAN,
    program_participation_statuses JSONB,
    services JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_program_association_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_program_association_change_version ON edfi.student_program_association (change_version);

CREATE TABLE edfi.student_cte_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    reason_exited_descriptor TEXT COLLATE "C",
    technical_skills_assessment_descriptor TEXT COLLATE "C",
    end_date DATE,
    non_traditional_gender_status BOOLEAN,
    private_cte_program BOOLEAN,
    served_outside_of_regular_session BOOLEAN,
    cte_program_services JSONB,
    program_participation_statuses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_cte_program_association_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_cte_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_cte_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_cte_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_cte_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_cte_program_association_change_version ON edfi.student_cte_program_association (change_version);

CREATE TABLE edfi.student_homeless_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    homeless_primary_nighttime_residence_descriptor TEXT COLLATE "C",
    reason_exited_descriptor TEXT COLLATE "C",
    awaiting_foster_care BOOLEAN,
    end_date DATE,
    homeless_unaccompanied_youth BOOLEAN,
    served_outside_of_regular_session BOOLEAN,
    homeless_program_services JSONB,
    program_participation_statuses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_homeless_program_association_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_homeless_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_homeless_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_homeless_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_homeless_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_homeless_program_association_change_version ON edfi.student_homeless_program_association (change_version);

CREATE TABLE edfi.student_language_instruction_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    reason_exited_descriptor TEXT COLLATE "C",
    dosage INTEGER,
    end_date DATE,
    english_learner_participation BOOLEAN,
    served_outside_of_regular_session BOOLEAN,
    english_language_proficiency_assessments JSONB,
    language_instruction_program_services JSONB,
    program_participation_statuses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_language_instruction_program_association_ed_2d3168a2 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_language_instruction_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_language_instruction_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_language_instruction_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_language_instruction_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_language_instruction_program_associatio_679d ON edfi.student_language_instruction_program_association (change_version);

CREATE TABLE edfi.student_migrant_education_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    continuation_of_services_reason_descriptor TEXT COLLATE "C",
    reason_exited_descriptor TEXT COLLATE "C",
    eligibility_expiration_date DATE,
    end_date DATE,
    last_qualifying_move DATE NOT NULL,
    priority_for_services BOOLEAN NOT NULL,
    qualifying_arrival_date DATE,
    served_outside_of_regular_session BOOLEAN,
    state_residency_date DATE,
    us_initial_entry DATE,
    us_initial_school_entry DATE,
    us_most_recent_entry DATE,
    migrant_education_program_services JSONB,
    program_participation_statuses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_migrant_education_program_association_educa_537e6d41 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_migrant_education_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_migrant_education_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_migrant_education_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_migrant_education_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_migrant_education_program_association_c_035c ON edfi.student_migrant_education_program_association (change_version);

CREATE TABLE edfi.student_neglected_or_delinquent_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    ela_progress_level_descriptor TEXT COLLATE "C",
    mathematics_progress_level_descriptor TEXT COLLATE "C",
    neglected_or_delinquent_program_descriptor TEXT COLLATE "C",
    reason_exited_descriptor TEXT COLLATE "C",
    end_date DATE,
    served_outside_of_regular_session BOOLEAN,
    neglected_or_delinquent_program_services JSONB,
    program_participation_statuses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_neglected_or_delinquent_program_association_90f533c4 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_neglected_or_delinquent_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_neglected_or_delinquent_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_neglected_or_delinquent_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_neglected_or_delinquent_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_neglected_or_delinquent_program_associa_f6cf ON edfi.student_neglected_or_delinquent_program_association (change_version);

CREATE TABLE edfi.student_school_food_service_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    reason_exited_descriptor TEXT COLLATE "C",
    direct_certification BOOLEAN,
    end_date DATE,
    served_outside_of_regular_session BOOLEAN,
    program_participation_statuses JSONB,
    school_food_service_program_services JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_school_food_service_program_association_edu_dcb21f71 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_food_service_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_food_service_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_food_service_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_school_food_service_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_school_food_service_program_association_a74f ON edfi.student_school_food_service_program_association (change_version);

CREATE TABLE edfi.student_section504_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    reason_exited_descriptor TEXT COLLATE "C",
    section504_disability_descriptor TEXT COLLATE "C",
    accommodation_plan BOOLEAN,
    end_date DATE,
    section504_eligibility BOOLEAN NOT NULL,
    section504_eligibility_decision_date DATE,
    section504_meeting_date DATE,
    served_outside_of_regular_session BOOLEAN,
    program_participation_statuses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_section504_program_association_education_or_ed89350d FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_section504_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_section504_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_section504_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_section504_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_section504_program_association_change_version ON edfi.student_section504_program_association (change_version);

CREATE TABLE edfi.student_title_i_part_a_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    reason_exited_descriptor TEXT COLLATE "C",
    title_i_part_a_participant_descriptor TEXT COLLATE "C" NOT NULL,
    end_date DATE,
    served_outside_of_regular_session BOOLEAN,
    program_participation_statuses JSONB,
    title_i_part_a_program_services JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_title_i_part_a_program_association_educatio_3905c5ae FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_title_i_part_a_program_association_program FOREIGN KEY(program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_title_i_part_a_program_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_title_i_part_a_program_association_base FOREIGN KEY(begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) REFERENCES edfi.general_student_program_association (begin_date, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_title_i_part_a_program_association UNIQUE (student_unique_id, education_organization_id, program_education_organization_id, program_name, program_type_descriptor, begin_date)
);

CREATE INDEX ix_edfi_student_title_i_part_a_program_association_chan_0348 ON edfi.student_title_i_part_a_program_association (change_version);

CREATE TABLE edfi.assessment_score_range_learning_standard (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    score_range_id TEXT COLLATE "C" NOT NULL,
    identification_code TEXT COLLATE "C",
    assessment_reporting_method_descriptor TEXT COLLATE "C",
    maximum_score TEXT NOT NULL,
    minimum_score TEXT NOT NULL,
    learning_standards JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_assessment_score_range_learning_standard_assessment FOREIGN KEY(assessment_identifier, namespace) REFERENCES edfi.assessment (assessment_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_assessment_score_range_learning_standard_objective__2e2311e1 FOREIGN KEY(assessment_identifier, namespace, identification_code) REFERENCES edfi.objective_assessment (assessment_identifier, namespace, identification_code) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_assessment_score_range_learning_standard UNIQUE (assessment_identifier, namespace, score_range_id)
);

CREATE INDEX ix_edfi_assessment_score_range_learning_standard_change_version ON edfi.assessment_score_range_learning_standard (change_version);

CREATE TABLE edfi.assessment_administration_participation (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    administration_identifier TEXT COLLATE "C" NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    assigning_education_organization_id BIGINT NOT NULL,
    participating_education_organization_id BIGINT NOT NULL,
    administration_point_of_contacts JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_assessment_administration_participation_assessment__8c0c6539 FOREIGN KEY(administration_identifier, assessment_identifier, namespace, assigning_education_organization_id) REFERENCES edfi.assessment_administration (administration_identifier, assessment_identifier, namespace, assigning_education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_assessment_administration_participation_participati_9a037dac FOREIGN KEY(participating_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_assessment_administration_participation UNIQUE (administration_identifier, assessment_identifier, namespace, assigning_education_organization_id, participating_education_organization_id)
);

CREATE INDEX ix_edfi_assessment_administration_participation_change_version ON edfi.assessment_administration_participation (change_version);

CREATE TABLE edfi.local_education_agency (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    local_education_agency_id BIGINT NOT NULL,
    education_service_center_id BIGINT,
    parent_local_education_agency_id BIGINT,
    state_education_agency_id BIGINT,
    charter_status_descriptor TEXT COLLATE "C",
    local_education_agency_category_descriptor TEXT COLLATE "C" NOT NULL,
    operational_status_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    accountabilities JSONB,
    addresses JSONB,
    categories JSONB,
    federal_funds JSONB,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_local_education_agency_education_service_center FOREIGN KEY(education_service_center_id) REFERENCES edfi.education_service_center (education_service_center_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_local_education_agency_parent_local_education_agency FOREIGN KEY(parent_local_education_agency_id) REFERENCES edfi.local_education_agency (local_education_agency_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_local_education_agency_state_education_agency FOREIGN KEY(state_education_agency_id) REFERENCES edfi.state_education_agency (state_education_agency_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_local_education_agency_base FOREIGN KEY(local_education_agency_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_local_education_agency UNIQUE (local_education_agency_id)
);

CREATE INDEX ix_edfi_local_education_agency_change_version ON edfi.local_education_agency (change_version);

CREATE TABLE edfi.community_provider_license (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    community_provider_id BIGINT NOT NULL,
    license_identifier TEXT COLLATE "C" NOT NULL,
    licensing_organization TEXT COLLATE "C" NOT NULL,
    license_status_descriptor TEXT COLLATE "C",
    license_type_descriptor TEXT COLLATE "C" NOT NULL,
    authorized_facility_capacity INTEGER,
    license_effective_date DATE NOT NULL,
    license_expiration_date DATE,
    license_issue_date DATE,
    oldest_age_authorized_to_serve INTEGER,
    youngest_age_authorized_to_serve INTEGER,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_community_provider_license_community_provider FOREIGN KEY(community_provider_id) REFERENCES edfi.community_provider (community_provider_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_community_provider_license UNIQUE (community_provider_id, license_identifier, licensing_organization)
);

CREATE INDEX ix_edfi_community_provider_license_change_version ON edfi.community_provider_license (change_version);

CREATE TABLE edfi.local_actual (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    account_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    as_of_date DATE NOT NULL,
    financial_collection_descriptor TEXT COLLATE "C",
    amount NUMERIC(19, 4) NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_local_actual_local_account FOREIGN KEY(account_identifier, education_organization_id, fiscal_year) REFERENCES edfi.local_account (account_identifier, education_organization_id, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_local_actual UNIQUE (account_identifier, education_organization_id, fiscal_year, as_of_date)
);

CREATE INDEX ix_edfi_local_actual_change_version ON edfi.local_actual (change_version);

CREATE TABLE edfi.local_budget (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    account_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    as_of_date DATE NOT NULL,
    financial_collection_descriptor TEXT COLLATE "C",
    amount NUMERIC(19, 4) NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_local_budget_local_account FOREIGN KEY(account_identifier, education_organization_id, fiscal_year) REFERENCES edfi.local_account (account_identifier, education_organization_id, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_local_budget UNIQUE (account_identifier, education_organization_id, fiscal_year, as_of_date)
);

CREATE INDEX ix_edfi_local_budget_change_version ON edfi.local_budget (change_version);

CREATE TABLE edfi.local_contracted_staff (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    account_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    as_of_date DATE NOT NULL,
    financial_collection_descriptor TEXT COLLATE "C",
    amount NUMERIC(19, 4) NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_local_contracted_staff_local_account FOREIGN KEY(account_identifier, education_organization_id, fiscal_year) REFERENCES edfi.local_account (account_identifier, education_organization_id, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_local_contracted_staff_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_local_contracted_staff UNIQUE (staff_unique_id, account_identifier, education_organization_id, fiscal_year, as_of_date)
);

CREATE INDEX ix_edfi_local_contracted_staff_change_version ON edfi.local_contracted_staff (change_version);

CREATE TABLE edfi.local_encumbrance (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    account_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    as_of_date DATE NOT NULL,
    financial_collection_descriptor TEXT COLLATE "C",
    amount NUMERIC(19, 4) NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_local_encumbrance_local_account FOREIGN KEY(account_identifier, education_organization_id, fiscal_year) REFERENCES edfi.local_account (account_identifier, education_organization_id, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_local_encumbrance UNIQUE (account_identifier, education_organization_id, fiscal_year, as_of_date)
);

CREATE INDEX ix_edfi_local_encumbrance_change_version ON edfi.local_encumbrance (change_version);

CREATE TABLE edfi.local_payroll (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    account_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    as_of_date DATE NOT NULL,
    financial_collection_descriptor TEXT COLLATE "C",
    amount NUMERIC(19, 4) NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_local_payroll_local_account FOREIGN KEY(account_identifier, education_organization_id, fiscal_year) REFERENCES edfi.local_account (account_identifier, education_organization_id, fiscal_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_local_payroll_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_local_payroll UNIQUE (staff_unique_id, account_identifier, education_organization_id, fiscal_year, as_of_date)
);

CREATE INDEX ix_edfi_local_payroll_change_version ON edfi.local_payroll (change_version);

CREATE TABLE edfi.program_evaluation_objective (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    program_evaluation_period_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_title TEXT COLLATE "C" NOT NULL,
    program_evaluation_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_objective_title TEXT COLLATE "C" NOT NULL,
    objective_max_numeric_rating NUMERIC(6, 3),
    objective_min_numeric_rating NUMERIC(6, 3),
    objective_sort_order INTEGER,
    program_evaluation_objective_description TEXT,
    program_evaluation_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_program_evaluation_objective_program_evaluation FOREIGN KEY(program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program_evaluation (program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_program_evaluation_objective UNIQUE (program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_education_organization_id, program_name, program_type_descriptor, program_evaluation_objective_title)
);

CREATE INDEX ix_edfi_program_evaluation_objective_change_version ON edfi.program_evaluation_objective (change_version);

CREATE TABLE edfi.student_program_evaluation (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    program_evaluation_period_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_title TEXT COLLATE "C" NOT NULL,
    program_evaluation_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    evaluation_date DATE NOT NULL,
    education_organization_id BIGINT,
    staff_evaluator_staff_unique_id TEXT COLLATE "C",
    summary_evaluation_rating_level_descriptor TEXT COLLATE "C",
    evaluation_duration INTEGER,
    summary_evaluation_comment TEXT,
    summary_evaluation_numeric_rating NUMERIC(6, 3),
    external_evaluators JSONB,
    student_evaluation_elements JSONB,
    student_evaluation_objectives JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_program_evaluation_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_evaluation_program_evaluation FOREIGN KEY(program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program_evaluation (program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_evaluation_staff_evaluator_staff FOREIGN KEY(staff_evaluator_staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_program_evaluation_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_program_evaluation UNIQUE (student_unique_id, program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_education_organization_id, program_name, program_type_descriptor, evaluation_date)
);

CREATE INDEX ix_edfi_student_program_evaluation_change_version ON edfi.student_program_evaluation (change_version);

CREATE TABLE edfi.staff_education_organization_assignment_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    staff_classification_descriptor TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    credential_identifier TEXT COLLATE "C",
    state_of_issue_state_abbreviation_descriptor TEXT COLLATE "C",
    employment_education_organization_id BIGINT,
    employment_employment_status_descriptor TEXT COLLATE "C",
    employment_hire_date DATE,
    end_date DATE,
    full_time_equivalency NUMERIC(5, 4),
    order_of_assignment INTEGER,
    position_title TEXT,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_education_organization_assignment_association_337eb4e5 FOREIGN KEY(credential_identifier, state_of_issue_state_abbreviation_descriptor) REFERENCES edfi.credential (credential_identifier, state_of_issue_state_abbreviation_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_education_organization_assignment_association_4b41a842 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_education_organization_assignment_association_5f20d762 FOREIGN KEY(employment_education_organization_id, employment_employment_status_descriptor, employment_hire_date, staff_unique_id) REFERENCES edfi.staff_education_organization_employment_association (education_organization_id, employment_status_descriptor, hire_date, staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_education_organization_assignment_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_education_organization_assignment_association UNIQUE (staff_unique_id, education_organization_id, staff_classification_descriptor, begin_date)
);

CREATE INDEX ix_edfi_staff_education_organization_assignment_associa_3697 ON edfi.staff_education_organization_assignment_association (change_version);

CREATE TABLE edfi.course_transcript (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    course_code TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_academic_record_education_organization_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    term_descriptor TEXT COLLATE "C" NOT NULL,
    course_attempt_result_descriptor TEXT COLLATE "C" NOT NULL,
    external_education_organization_id BIGINT,
    responsible_teacher_staff_unique_id TEXT COLLATE "C",
    attempted_credit_type_descriptor TEXT COLLATE "C",
    course_repeat_code_descriptor TEXT COLLATE "C",
    earned_credit_type_descriptor TEXT COLLATE "C",
    method_credit_earned_descriptor TEXT COLLATE "C",
    when_taken_grade_level_descriptor TEXT COLLATE "C",
    alternative_course_title TEXT,
    assigning_organization_identification_code TEXT,
    attempted_credit_conversion NUMERIC(9, 2),
    attempted_credits NUMERIC(9, 3),
    course_catalog_url TEXT,
    course_title TEXT,
    earned_credit_conversion NUMERIC(9, 2),
    earned_credits NUMERIC(9, 3),
    external_education_organization_name_of_institution TEXT,
    final_letter_grade_earned TEXT,
    final_numeric_grade_earned NUMERIC(9, 2),
    academic_subjects JSONB,
    alternative_course_identification_codes JSONB,
    course_programs JSONB,
    credit_categories JSONB,
    earned_additional_credits JSONB,
    partial_course_transcript_awards JSONB,
    sections JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_course_transcript_course FOREIGN KEY(course_code, education_organization_id) REFERENCES edfi.course (course_code, education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_course_transcript_external_education_organization FOREIGN KEY(external_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_course_transcript_responsible_teacher_staff FOREIGN KEY(responsible_teacher_staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_course_transcript_student_academic_record FOREIGN KEY(student_academic_record_education_organization_id, school_year, student_unique_id, term_descriptor) REFERENCES edfi.student_academic_record (education_organization_id, school_year, student_unique_id, term_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_course_transcript UNIQUE (student_unique_id, course_code, education_organization_id, student_academic_record_education_organization_id, school_year, term_descriptor, course_attempt_result_descriptor)
);

CREATE INDEX ix_edfi_course_transcript_change_version ON edfi.course_transcript (change_version);

CREATE TABLE edfi.school (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    charter_approval_school_year INTEGER,
    local_education_agency_id BIGINT,
    administrative_funding_control_descriptor TEXT COLLATE "C",
    charter_approval_agency_type_descriptor TEXT COLLATE "C",
    charter_status_descriptor TEXT COLLATE "C",
    internet_access_descriptor TEXT COLLATE "C",
    magnet_special_program_emphasis_school_descriptor TEXT COLLATE "C",
    operational_status_descriptor TEXT COLLATE "C",
    school_type_descriptor TEXT COLLATE "C",
    title_i_part_a_school_designation_descriptor TEXT COLLATE "C",
    name_of_institution TEXT NOT NULL,
    short_name_of_institution TEXT,
    web_site TEXT,
    addresses JSONB,
    education_organization_categories JSONB NOT NULL,
    grade_levels JSONB NOT NULL,
    identification_codes JSONB,
    indicators JSONB,
    institution_telephones JSONB,
    international_addresses JSONB,
    school_categories JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_school_charter_approval_school_year_type FOREIGN KEY(charter_approval_school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_school_local_education_agency FOREIGN KEY(local_education_agency_id) REFERENCES edfi.local_education_agency (local_education_agency_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_school_base FOREIGN KEY(school_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_school UNIQUE (school_id)
);

CREATE INDEX ix_edfi_school_change_version ON edfi.school (change_version);

CREATE TABLE edfi.program_evaluation_element (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_evaluation_period_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_title TEXT COLLATE "C" NOT NULL,
    program_evaluation_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_element_title TEXT COLLATE "C" NOT NULL,
    program_evaluation_objective_title TEXT COLLATE "C",
    element_max_numeric_rating NUMERIC(6, 3),
    element_min_numeric_rating NUMERIC(6, 3),
    element_sort_order INTEGER,
    program_evaluation_element_description TEXT,
    program_evaluation_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_program_evaluation_element_program_evaluation_objective FOREIGN KEY(program_evaluation_objective_title, program_education_organization_id, program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_name, program_type_descriptor) REFERENCES edfi.program_evaluation_objective (program_evaluation_objective_title, program_education_organization_id, program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_program_evaluation_element_program_evaluation FOREIGN KEY(program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program_evaluation (program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_program_evaluation_element UNIQUE (program_education_organization_id, program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_name, program_type_descriptor, program_evaluation_element_title)
);

CREATE INDEX ix_edfi_program_evaluation_element_change_version ON edfi.program_evaluation_element (change_version);

CREATE TABLE edfi.student_assessment (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    student_assessment_identifier TEXT COLLATE "C" NOT NULL,
    reported_school_id BIGINT,
    school_year INTEGER,
    administration_environment_descriptor TEXT COLLATE "C",
    administration_language_descriptor TEXT COLLATE "C",
    event_circumstance_descriptor TEXT COLLATE "C",
    platform_type_descriptor TEXT COLLATE "C",
    reason_not_tested_descriptor TEXT COLLATE "C",
    retest_indicator_descriptor TEXT COLLATE "C",
    when_assessed_grade_level_descriptor TEXT COLLATE "C",
    administration_date TIMESTAMP WITHOUT TIME ZONE,
    administration_end_date TIMESTAMP WITHOUT TIME ZONE,
    assessed_minutes INTEGER,
    event_description TEXT,
    reported_school_identifier TEXT,
    serial_number TEXT,
    accommodations JSONB,
    items JSONB,
    performance_levels JSONB,
    score_results JSONB,
    student_objective_assessments JSONB,
    period JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_assessment_assessment FOREIGN KEY(assessment_identifier, namespace) REFERENCES edfi.assessment (assessment_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_reported_school FOREIGN KEY(reported_school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_assessment UNIQUE (student_unique_id, assessment_identifier, namespace, student_assessment_identifier)
);

CREATE INDEX ix_edfi_student_assessment_change_version ON edfi.student_assessment (change_version);

CREATE TABLE edfi.bell_schedule (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    bell_schedule_name TEXT COLLATE "C" NOT NULL,
    alternate_day_name TEXT,
    end_time TIME WITHOUT TIME ZONE,
    start_time TIME WITHOUT TIME ZONE,
    total_instructional_time INTEGER,
    class_periods JSONB,
    dates JSONB,
    grade_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_bell_schedule_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_bell_schedule UNIQUE (school_id, bell_schedule_name)
);

CREATE INDEX ix_edfi_bell_schedule_change_version ON edfi.bell_schedule (change_version);

CREATE TABLE edfi.class_period (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    class_period_name TEXT COLLATE "C" NOT NULL,
    official_attendance_period BOOLEAN,
    meeting_times JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_class_period_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_class_period UNIQUE (school_id, class_period_name)
);

CREATE INDEX ix_edfi_class_period_change_version ON edfi.class_period (change_version);

CREATE TABLE edfi.discipline_action (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    discipline_action_identifier TEXT COLLATE "C" NOT NULL,
    discipline_date DATE NOT NULL,
    assignment_school_id BIGINT,
    responsibility_school_id BIGINT NOT NULL,
    discipline_action_length_difference_reason_descriptor TEXT COLLATE "C",
    actual_discipline_action_length NUMERIC(5, 2),
    discipline_action_length NUMERIC(5, 2),
    iep_placement_meeting_indicator BOOLEAN,
    related_to_zero_tolerance_policy BOOLEAN,
    disciplines JSONB NOT NULL,
    staffs JSONB,
    student_discipline_incident_behavior_associations JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_discipline_action_assignment_school FOREIGN KEY(assignment_school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_discipline_action_responsibility_school FOREIGN KEY(responsibility_school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_discipline_action_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_discipline_action UNIQUE (student_unique_id, discipline_action_identifier, discipline_date)
);

CREATE INDEX ix_edfi_discipline_action_change_version ON edfi.discipline_action (change_version);

CREATE TABLE edfi.discipline_incident (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    incident_identifier TEXT COLLATE "C" NOT NULL,
    incident_location_descriptor TEXT COLLATE "C",
    reporter_description_descriptor TEXT COLLATE "C",
    case_number TEXT,
    incident_cost NUMERIC(19, 4),
    incident_date DATE NOT NULL,
    incident_description TEXT,
    incident_time TIME WITHOUT TIME ZONE,
    reported_to_law_enforcement BOOLEAN,
    reporter_name TEXT,
    behaviors JSONB,
    external_participants JSONB,
    weapons JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_discipline_incident_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_discipline_incident UNIQUE (school_id, incident_identifier)
);

CREATE INDEX ix_edfi_discipline_incident_change_version ON edfi.discipline_incident (change_version);

CREATE TABLE edfi.feeder_school_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    feeder_school_id BIGINT NOT NULL,
    school_id BIGINT NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE,
    feeder_relationship_description TEXT,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_feeder_school_association_feeder_school FOREIGN KEY(feeder_school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_feeder_school_association_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_feeder_school_association UNIQUE (feeder_school_id, school_id, begin_date)
);

CREATE INDEX ix_edfi_feeder_school_association_change_version ON edfi.feeder_school_association (change_version);

CREATE TABLE edfi.location (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    classroom_identification_code TEXT COLLATE "C" NOT NULL,
    maximum_number_of_seats INTEGER,
    optimal_number_of_seats INTEGER,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_location_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_location UNIQUE (school_id, classroom_identification_code)
);

CREATE INDEX ix_edfi_location_change_version ON edfi.location (change_version);

CREATE TABLE edfi.evaluation_rubric_dimension (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    program_evaluation_element_title TEXT COLLATE "C" NOT NULL,
    program_education_organization_id BIGINT NOT NULL,
    program_evaluation_period_descriptor TEXT COLLATE "C" NOT NULL,
    program_evaluation_title TEXT COLLATE "C" NOT NULL,
    program_evaluation_type_descriptor TEXT COLLATE "C" NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    evaluation_rubric_rating INTEGER NOT NULL,
    evaluation_rubric_rating_level_descriptor TEXT COLLATE "C",
    evaluation_criterion_description TEXT NOT NULL,
    rubric_dimension_sort_order INTEGER,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_evaluation_rubric_dimension_program_evaluation_element FOREIGN KEY(program_evaluation_element_title, program_education_organization_id, program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_name, program_type_descriptor) REFERENCES edfi.program_evaluation_element (program_evaluation_element_title, program_education_organization_id, program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_evaluation_rubric_dimension UNIQUE (program_evaluation_element_title, program_education_organization_id, program_evaluation_period_descriptor, program_evaluation_title, program_evaluation_type_descriptor, program_name, program_type_descriptor, evaluation_rubric_rating)
);

CREATE INDEX ix_edfi_evaluation_rubric_dimension_change_version ON edfi.evaluation_rubric_dimension (change_version);

CREATE TABLE edfi.academic_week (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    week_identifier TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE NOT NULL,
    total_instructional_days INTEGER NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_academic_week_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_academic_week UNIQUE (school_id, week_identifier)
);

CREATE INDEX ix_edfi_academic_week_change_version ON edfi.academic_week (change_version);

CREATE TABLE edfi.calendar (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_year INTEGER NOT NULL,
    school_id BIGINT NOT NULL,
    calendar_code TEXT COLLATE "C" NOT NULL,
    calendar_type_descriptor TEXT COLLATE "C" NOT NULL,
    grade_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_calendar_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_calendar_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_calendar UNIQUE (school_year, school_id, calendar_code)
);

CREATE INDEX ix_edfi_calendar_change_version ON edfi.calendar (change_version);

CREATE TABLE edfi.grading_period (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_year INTEGER NOT NULL,
    school_id BIGINT NOT NULL,
    grading_period_descriptor TEXT COLLATE "C" NOT NULL,
    grading_period_name TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE NOT NULL,
    period_sequence INTEGER,
    total_instructional_days INTEGER NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_grading_period_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_grading_period_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_grading_period UNIQUE (school_year, school_id, grading_period_descriptor, grading_period_name)
);

CREATE INDEX ix_edfi_grading_period_change_version ON edfi.grading_period (change_version);

CREATE TABLE edfi.session (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_year INTEGER NOT NULL,
    school_id BIGINT NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    term_descriptor TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    end_date DATE NOT NULL,
    total_instructional_days INTEGER NOT NULL,
    academic_weeks JSONB,
    grading_periods JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_session_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_session_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_session UNIQUE (school_year, school_id, session_name)
);

CREATE INDEX ix_edfi_session_change_version ON edfi.session (change_version);

CREATE TABLE edfi.student_assessment_education_organization_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    student_assessment_identifier TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    education_organization_association_type_descriptor TEXT COLLATE "C" NOT NULL,
    school_year INTEGER,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_assessment_education_organization_associati_fae82139 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_education_organization_associati_9e8c415e FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_education_organization_associati_0143802c FOREIGN KEY(assessment_identifier, namespace, student_assessment_identifier, student_unique_id) REFERENCES edfi.student_assessment (assessment_identifier, namespace, student_assessment_identifier, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_assessment_education_organization_association UNIQUE (student_unique_id, education_organization_id, assessment_identifier, namespace, student_assessment_identifier, education_organization_association_type_descriptor)
);

CREATE INDEX ix_edfi_student_assessment_education_organization_assoc_901e ON edfi.student_assessment_education_organization_association (change_version);

CREATE TABLE edfi.restraint_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    restraint_event_identifier TEXT COLLATE "C" NOT NULL,
    incident_identifier TEXT COLLATE "C",
    educational_environment_descriptor TEXT COLLATE "C",
    event_date DATE NOT NULL,
    programs JSONB,
    reasons JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_restraint_event_discipline_incident FOREIGN KEY(incident_identifier, school_id) REFERENCES edfi.discipline_incident (incident_identifier, school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_restraint_event_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_restraint_event_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_restraint_event UNIQUE (student_unique_id, school_id, restraint_event_identifier)
);

CREATE INDEX ix_edfi_restraint_event_change_version ON edfi.restraint_event (change_version);

CREATE TABLE edfi.staff_discipline_incident_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    incident_identifier TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    discipline_incident_participation_codes JSONB NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_discipline_incident_association_discipline_incident FOREIGN KEY(incident_identifier, school_id) REFERENCES edfi.discipline_incident (incident_identifier, school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_discipline_incident_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_discipline_incident_association UNIQUE (staff_unique_id, incident_identifier, school_id)
);

CREATE INDEX ix_edfi_staff_discipline_incident_association_change_version ON edfi.staff_discipline_incident_association (change_version);

CREATE TABLE edfi.student_discipline_incident_behavior_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    incident_identifier TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    behavior_descriptor TEXT COLLATE "C" NOT NULL,
    behavior_detailed_description TEXT,
    discipline_incident_participation_codes JSONB,
    weapons JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_discipline_incident_behavior_association_di_b7959036 FOREIGN KEY(incident_identifier, school_id) REFERENCES edfi.discipline_incident (incident_identifier, school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_discipline_incident_behavior_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_discipline_incident_behavior_association UNIQUE (student_unique_id, incident_identifier, school_id, behavior_descriptor)
);

CREATE INDEX ix_edfi_student_discipline_incident_behavior_associatio_72fd ON edfi.student_discipline_incident_behavior_association (change_version);

CREATE TABLE edfi.student_discipline_incident_non_offender_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    incident_identifier TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    discipline_incident_participation_codes JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_discipline_incident_non_offender_associatio_5ea048b5 FOREIGN KEY(incident_identifier, school_id) REFERENCES edfi.discipline_incident (incident_identifier, school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_discipline_incident_non_offender_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_discipline_incident_non_offender_association UNIQUE (student_unique_id, incident_identifier, school_id)
);

CREATE INDEX ix_edfi_student_discipline_incident_non_offender_associ_94be ON edfi.student_discipline_incident_non_offender_association (change_version);

CREATE TABLE edfi.student_school_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    entry_date DATE NOT NULL,
    calendar_code TEXT COLLATE "C",
    school_year INTEGER,
    class_of_school_year INTEGER,
    education_organization_id BIGINT,
    graduation_plan_type_descriptor TEXT COLLATE "C",
    graduation_school_year INTEGER,
    next_year_school_id BIGINT,
    enrollment_type_descriptor TEXT COLLATE "C",
    entry_grade_level_descriptor TEXT COLLATE "C" NOT NULL,
    entry_grade_level_reason_descriptor TEXT COLLATE "C",
    entry_type_descriptor TEXT COLLATE "C",
    exit_withdraw_type_descriptor TEXT COLLATE "C",
    next_year_grade_level_descriptor TEXT COLLATE "C",
    residency_status_descriptor TEXT COLLATE "C",
    school_choice_basis_descriptor TEXT COLLATE "C",
    employed_while_enrolled BOOLEAN,
    exit_withdraw_date DATE,
    full_time_equivalency NUMERIC(5, 4),
    primary_school BOOLEAN,
    repeat_grade_indicator BOOLEAN,
    school_choice BOOLEAN,
    school_choice_transfer BOOLEAN,
    term_completion_indicator BOOLEAN,
    alternative_graduation_plans JSONB,
    education_plans JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_school_association_calendar FOREIGN KEY(calendar_code, school_id, school_year) REFERENCES edfi.calendar (calendar_code, school_id, school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_association_class_of_school_year_type FOREIGN KEY(class_of_school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_association_graduation_plan FOREIGN KEY(education_organization_id, graduation_plan_type_descriptor, graduation_school_year) REFERENCES edfi.graduation_plan (education_organization_id, graduation_plan_type_descriptor, graduation_school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_association_next_year_school FOREIGN KEY(next_year_school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_association_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_association_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_school_association UNIQUE (student_unique_id, school_id, entry_date)
);

CREATE INDEX ix_edfi_student_school_association_change_version ON edfi.student_school_association (change_version);

CREATE TABLE edfi.calendar_date (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    calendar_code TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    date DATE NOT NULL,
    calendar_events JSONB NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_calendar_date_calendar FOREIGN KEY(calendar_code, school_id, school_year) REFERENCES edfi.calendar (calendar_code, school_id, school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_calendar_date UNIQUE (calendar_code, school_id, school_year, date)
);

CREATE INDEX ix_edfi_calendar_date_change_version ON edfi.calendar_date (change_version);

CREATE TABLE edfi.staff_school_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    program_assignment_descriptor TEXT COLLATE "C" NOT NULL,
    calendar_code TEXT COLLATE "C",
    school_year INTEGER,
    academic_subjects JSONB,
    grade_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_school_association_calendar FOREIGN KEY(calendar_code, school_id, school_year) REFERENCES edfi.calendar (calendar_code, school_id, school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_school_association_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_school_association_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_school_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_school_association UNIQUE (staff_unique_id, school_id, program_assignment_descriptor)
);

CREATE INDEX ix_edfi_staff_school_association_change_version ON edfi.staff_school_association (change_version);

CREATE TABLE edfi.report_card (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    grading_period_descriptor TEXT COLLATE "C" NOT NULL,
    grading_period_name TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    number_of_days_absent NUMERIC(18, 4),
    number_of_days_in_attendance NUMERIC(18, 4),
    number_of_days_tardy INTEGER,
    grade_point_averages JSONB,
    grades JSONB,
    student_competency_objectives JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_report_card_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_report_card_grading_period FOREIGN KEY(grading_period_descriptor, grading_period_name, school_id, school_year) REFERENCES edfi.grading_period (grading_period_descriptor, grading_period_name, school_id, school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_report_card_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_report_card UNIQUE (student_unique_id, education_organization_id, grading_period_descriptor, grading_period_name, school_id, school_year)
);

CREATE INDEX ix_edfi_report_card_change_version ON edfi.report_card (change_version);

CREATE TABLE edfi.student_competency_objective (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    grading_period_descriptor TEXT COLLATE "C" NOT NULL,
    grading_period_name TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    objective_education_organization_id BIGINT NOT NULL,
    objective_objective TEXT COLLATE "C" NOT NULL,
    objective_objective_grade_level_descriptor TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    competency_level_descriptor TEXT COLLATE "C" NOT NULL,
    diagnostic_statement TEXT,
    general_student_program_associations JSONB,
    student_section_associations JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_competency_objective_grading_period FOREIGN KEY(grading_period_descriptor, grading_period_name, school_id, school_year) REFERENCES edfi.grading_period (grading_period_descriptor, grading_period_name, school_id, school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_competency_objective_objective_competency_objective FOREIGN KEY(objective_education_organization_id, objective_objective, objective_objective_grade_level_descriptor) REFERENCES edfi.competency_objective (education_organization_id, objective, objective_grade_level_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_competency_objective_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_competency_objective UNIQUE (student_unique_id, grading_period_descriptor, grading_period_name, school_id, school_year, objective_education_organization_id, objective_objective, objective_objective_grade_level_descriptor)
);

CREATE INDEX ix_edfi_student_competency_objective_change_version ON edfi.student_competency_objective (change_version);

CREATE TABLE edfi.student_school_attendance_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    attendance_event_category_descriptor TEXT COLLATE "C" NOT NULL,
    event_date DATE NOT NULL,
    educational_environment_descriptor TEXT COLLATE "C",
    arrival_time TIME WITHOUT TIME ZONE,
    attendance_event_reason TEXT,
    departure_time TIME WITHOUT TIME ZONE,
    event_duration NUMERIC(3, 2),
    school_attendance_duration INTEGER,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_school_attendance_event_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_attendance_event_session FOREIGN KEY(school_id, school_year, session_name) REFERENCES edfi.session (school_id, school_year, session_name) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_school_attendance_event_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_school_attendance_event UNIQUE (student_unique_id, school_id, school_year, session_name, attendance_event_category_descriptor, event_date)
);

CREATE INDEX ix_edfi_student_school_attendance_event_change_version ON edfi.student_school_attendance_event (change_version);

CREATE TABLE edfi.survey (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT,
    school_year INTEGER NOT NULL,
    school_id BIGINT,
    session_name TEXT COLLATE "C",
    survey_category_descriptor TEXT COLLATE "C",
    number_administered INTEGER,
    survey_title TEXT NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_education_organization FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_school_year_type FOREIGN KEY(school_year) REFERENCES edfi.school_year_type (school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_session FOREIGN KEY(school_id, school_year, session_name) REFERENCES edfi.session (school_id, school_year, session_name) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey UNIQUE (namespace, survey_identifier)
);

CREATE INDEX ix_edfi_survey_change_version ON edfi.survey (change_version);

CREATE TABLE edfi.course_offering (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    course_code TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    instructional_time_planned INTEGER,
    local_course_title TEXT,
    course_level_characteristics JSONB,
    curriculum_useds JSONB,
    offered_grade_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_course_offering_course FOREIGN KEY(course_code, education_organization_id) REFERENCES edfi.course (course_code, education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_course_offering_school FOREIGN KEY(school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_course_offering_session FOREIGN KEY(school_id, school_year, session_name) REFERENCES edfi.session (school_id, school_year, session_name) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_course_offering UNIQUE (school_id, school_year, session_name, local_course_code)
);

CREATE INDEX ix_edfi_course_offering_change_version ON edfi.course_offering (change_version);

CREATE TABLE edfi.student_assessment_registration (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    administration_identifier TEXT COLLATE "C" NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    assigning_education_organization_id BIGINT NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    reporting_education_organization_id BIGINT,
    scheduled_education_organization_id BIGINT,
    scheduled_student_unique_id TEXT COLLATE "C",
    entry_date DATE NOT NULL,
    school_id BIGINT NOT NULL,
    testing_education_organization_id BIGINT,
    assessment_grade_level_descriptor TEXT COLLATE "C",
    platform_type_descriptor TEXT COLLATE "C",
    assessment_accommodations JSONB,
    assessment_customizations JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_assessment_registration_assessment_administration FOREIGN KEY(administration_identifier, assessment_identifier, namespace, assigning_education_organization_id) REFERENCES edfi.assessment_administration (administration_identifier, assessment_identifier, namespace, assigning_education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_registration_reporting_education_f8819921 FOREIGN KEY(reporting_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_registration_scheduled_student_e_172d99a3 FOREIGN KEY(scheduled_education_organization_id, scheduled_student_unique_id) REFERENCES edfi.student_education_organization_assessment_accommodation (education_organization_id, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_registration_student_education_o_7db1029e FOREIGN KEY(education_organization_id, student_unique_id) REFERENCES edfi.student_education_organization_association (education_organization_id, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_registration_student_school_association FOREIGN KEY(entry_date, school_id, student_unique_id) REFERENCES edfi.student_school_association (entry_date, school_id, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_registration_testing_education_o_96e6d110 FOREIGN KEY(testing_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_assessment_registration UNIQUE (student_unique_id, administration_identifier, assessment_identifier, namespace, assigning_education_organization_id, education_organization_id)
);

CREATE INDEX ix_edfi_student_assessment_registration_change_version ON edfi.student_assessment_registration (change_version);

CREATE TABLE edfi.survey_course_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    course_code TEXT COLLATE "C" NOT NULL,
    education_organization_id BIGINT NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_course_association_course FOREIGN KEY(course_code, education_organization_id) REFERENCES edfi.course (course_code, education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_course_association_survey FOREIGN KEY(namespace, survey_identifier) REFERENCES edfi.survey (namespace, survey_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_course_association UNIQUE (course_code, education_organization_id, namespace, survey_identifier)
);

CREATE INDEX ix_edfi_survey_course_association_change_version ON edfi.survey_course_association (change_version);

CREATE TABLE edfi.survey_program_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    program_name TEXT COLLATE "C" NOT NULL,
    program_type_descriptor TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_program_association_program FOREIGN KEY(education_organization_id, program_name, program_type_descriptor) REFERENCES edfi.program (education_organization_id, program_name, program_type_descriptor) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_program_association_survey FOREIGN KEY(namespace, survey_identifier) REFERENCES edfi.survey (namespace, survey_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_program_association UNIQUE (education_organization_id, program_name, program_type_descriptor, namespace, survey_identifier)
);

CREATE INDEX ix_edfi_survey_program_association_change_version ON edfi.survey_program_association (change_version);

CREATE TABLE edfi.survey_response (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_response_identifier TEXT COLLATE "C" NOT NULL,
    contact_unique_id TEXT COLLATE "C",
    staff_unique_id TEXT COLLATE "C",
    student_unique_id TEXT COLLATE "C",
    electronic_mail_address TEXT,
    full_name TEXT,
    location TEXT,
    response_date DATE NOT NULL,
    response_time INTEGER,
    survey_levels JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_response_contact FOREIGN KEY(contact_unique_id) REFERENCES edfi.contact (contact_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_response_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_response_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_response_survey FOREIGN KEY(namespace, survey_identifier) REFERENCES edfi.survey (namespace, survey_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_response UNIQUE (namespace, survey_identifier, survey_response_identifier)
);

CREATE INDEX ix_edfi_survey_response_change_version ON edfi.survey_response (change_version);

CREATE TABLE edfi.survey_section (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_section_title TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_section_survey FOREIGN KEY(namespace, survey_identifier) REFERENCES edfi.survey (namespace, survey_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_section UNIQUE (namespace, survey_identifier, survey_section_title)
);

CREATE INDEX ix_edfi_survey_section_change_version ON edfi.survey_section (change_version);

CREATE TABLE edfi.section (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    section_identifier TEXT COLLATE "C" NOT NULL,
    classroom_identification_code TEXT COLLATE "C",
    location_school_id BIGINT,
    available_credit_type_descriptor TEXT COLLATE "C",
    educational_environment_descriptor TEXT COLLATE "C",
    instruction_language_descriptor TEXT COLLATE "C",
    medium_of_instruction_descriptor TEXT COLLATE "C",
    population_served_descriptor TEXT COLLATE "C",
    section_type_descriptor TEXT COLLATE "C",
    available_credit_conversion NUMERIC(9, 2),
    available_credits NUMERIC(9, 3),
    official_attendance_period BOOLEAN,
    section_name TEXT,
    sequence_of_course INTEGER,
    characteristics JSONB,
    class_periods JSONB,
    course_level_characteristics JSONB,
    offered_grade_levels JSONB,
    programs JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_section_course_offering FOREIGN KEY(local_course_code, school_id, school_year, session_name) REFERENCES edfi.course_offering (local_course_code, school_id, school_year, session_name) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_section_location FOREIGN KEY(classroom_identification_code, location_school_id) REFERENCES edfi.location (classroom_identification_code, school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_section_location_school FOREIGN KEY(location_school_id) REFERENCES edfi.school (school_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_section UNIQUE (local_course_code, school_id, school_year, session_name, section_identifier)
);

CREATE INDEX ix_edfi_section_change_version ON edfi.section (change_version);

CREATE TABLE edfi.student_assessment_registration_battery_part_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    assessment_battery_part_name TEXT COLLATE "C" NOT NULL,
    assessment_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    administration_identifier TEXT COLLATE "C" NOT NULL,
    assigning_education_organization_id BIGINT NOT NULL,
    education_organization_id BIGINT NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    accommodations JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_assessment_registration_battery_part_associ_966cd9ad FOREIGN KEY(assessment_battery_part_name, assessment_identifier, namespace) REFERENCES edfi.assessment_battery_part (assessment_battery_part_name, assessment_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_assessment_registration_battery_part_associ_1642aea1 FOREIGN KEY(administration_identifier, assessment_identifier, assigning_education_organization_id, namespace, education_organization_id, student_unique_id) REFERENCES edfi.student_assessment_registration (administration_identifier, assessment_identifier, assigning_education_organization_id, namespace, education_organization_id, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_assessment_registration_battery_part_association UNIQUE (student_unique_id, assessment_battery_part_name, assessment_identifier, namespace, administration_identifier, assigning_education_organization_id, education_organization_id)
);

CREATE INDEX ix_edfi_student_assessment_registration_battery_part_as_a5cf ON edfi.student_assessment_registration_battery_part_association (change_version);

CREATE TABLE edfi.gradebook_entry (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    gradebook_entry_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    grading_period_descriptor TEXT COLLATE "C",
    grading_period_name TEXT COLLATE "C",
    school_id BIGINT,
    school_year INTEGER,
    local_course_code TEXT COLLATE "C",
    session_name TEXT COLLATE "C",
    section_identifier TEXT COLLATE "C",
    gradebook_entry_type_descriptor TEXT COLLATE "C",
    date_assigned DATE NOT NULL,
    description TEXT,
    due_date DATE,
    due_time TIME WITHOUT TIME ZONE,
    max_points NUMERIC(9, 2),
    source_section_identifier TEXT NOT NULL,
    title TEXT NOT NULL,
    learning_standards JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_gradebook_entry_grading_period FOREIGN KEY(grading_period_descriptor, grading_period_name, school_id, school_year) REFERENCES edfi.grading_period (grading_period_descriptor, grading_period_name, school_id, school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_gradebook_entry_section FOREIGN KEY(local_course_code, school_id, school_year, session_name, section_identifier) REFERENCES edfi.section (local_course_code, school_id, school_year, session_name, section_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_gradebook_entry UNIQUE (gradebook_entry_identifier, namespace)
);

CREATE INDEX ix_edfi_gradebook_entry_change_version ON edfi.gradebook_entry (change_version);

CREATE TABLE edfi.student_section_attendance_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    section_identifier TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    attendance_event_category_descriptor TEXT COLLATE "C" NOT NULL,
    event_date DATE NOT NULL,
    educational_environment_descriptor TEXT COLLATE "C",
    arrival_time TIME WITHOUT TIME ZONE,
    attendance_event_reason TEXT,
    departure_time TIME WITHOUT TIME ZONE,
    event_duration NUMERIC(3, 2),
    section_attendance_duration INTEGER,
    class_periods JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_section_attendance_event_section FOREIGN KEY(local_course_code, school_id, school_year, session_name, section_identifier) REFERENCES edfi.section (local_course_code, school_id, school_year, session_name, section_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_section_attendance_event_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_section_attendance_event UNIQUE (student_unique_id, local_course_code, school_id, school_year, session_name, section_identifier, attendance_event_category_descriptor, event_date)
);

CREATE INDEX ix_edfi_student_section_attendance_event_change_version ON edfi.student_section_attendance_event (change_version);

CREATE TABLE edfi.survey_question (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    question_code TEXT COLLATE "C" NOT NULL,
    survey_section_title TEXT COLLATE "C",
    question_form_descriptor TEXT COLLATE "C" NOT NULL,
    question_text TEXT NOT NULL,
    matrices JSONB,
    response_choices JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_question_survey_section FOREIGN KEY(namespace, survey_identifier, survey_section_title) REFERENCES edfi.survey_section (namespace, survey_identifier, survey_section_title) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_question_survey FOREIGN KEY(namespace, survey_identifier) REFERENCES edfi.survey (namespace, survey_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_question UNIQUE (namespace, survey_identifier, question_code)
);

CREATE INDEX ix_edfi_survey_question_change_version ON edfi.survey_question (change_version);

CREATE TABLE edfi.survey_response_education_organization_target_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_response_identifier TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_response_education_organization_target_assoc_1480eeac FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_response_education_organization_target_assoc_3db486eb FOREIGN KEY(namespace, survey_identifier, survey_response_identifier) REFERENCES edfi.survey_response (namespace, survey_identifier, survey_response_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_response_education_organization_target_association UNIQUE (education_organization_id, namespace, survey_identifier, survey_response_identifier)
);

CREATE INDEX ix_edfi_survey_response_education_organization_target_a_3450 ON edfi.survey_response_education_organization_target_association (change_version);

CREATE TABLE edfi.survey_response_staff_target_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_response_identifier TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_response_staff_target_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_response_staff_target_association_survey_response FOREIGN KEY(namespace, survey_identifier, survey_response_identifier) REFERENCES edfi.survey_response (namespace, survey_identifier, survey_response_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_response_staff_target_association UNIQUE (staff_unique_id, namespace, survey_identifier, survey_response_identifier)
);

CREATE INDEX ix_edfi_survey_response_staff_target_association_change_version ON edfi.survey_response_staff_target_association (change_version);

CREATE TABLE edfi.survey_section_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    section_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_section_association_section FOREIGN KEY(local_course_code, school_id, school_year, session_name, section_identifier) REFERENCES edfi.section (local_course_code, school_id, school_year, session_name, section_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_section_association_survey FOREIGN KEY(namespace, survey_identifier) REFERENCES edfi.survey (namespace, survey_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_section_association UNIQUE (local_course_code, school_id, school_year, session_name, section_identifier, namespace, survey_identifier)
);

CREATE INDEX ix_edfi_survey_section_association_change_version ON edfi.survey_section_association (change_version);

CREATE TABLE edfi.survey_section_response (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_response_identifier TEXT COLLATE "C" NOT NULL,
    survey_section_title TEXT COLLATE "C" NOT NULL,
    section_rating NUMERIC(9, 3),
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_section_response_survey_response FOREIGN KEY(namespace, survey_identifier, survey_response_identifier) REFERENCES edfi.survey_response (namespace, survey_identifier, survey_response_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_section_response_survey_section FOREIGN KEY(namespace, survey_identifier, survey_section_title) REFERENCES edfi.survey_section (namespace, survey_identifier, survey_section_title) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_section_response UNIQUE (namespace, survey_identifier, survey_response_identifier, survey_section_title)
);

CREATE INDEX ix_edfi_survey_section_response_change_version ON edfi.survey_section_response (change_version);

CREATE TABLE edfi.student_section_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    section_identifier TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    dual_credit_education_organization_id BIGINT,
    attempt_status_descriptor TEXT COLLATE "C",
    dual_credit_institution_descriptor TEXT COLLATE "C",
    dual_credit_type_descriptor TEXT COLLATE "C",
    repeat_identifier_descriptor TEXT COLLATE "C",
    dual_credit_indicator BOOLEAN,
    dual_high_school_credit_indicator BOOLEAN,
    end_date DATE,
    homeroom_indicator BOOLEAN,
    teacher_student_data_link_exclusion BOOLEAN,
    programs JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_section_association_dual_credit_education_o_4727cab4 FOREIGN KEY(dual_credit_education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_section_association_section FOREIGN KEY(local_course_code, school_id, school_year, session_name, section_identifier) REFERENCES edfi.section (local_course_code, school_id, school_year, session_name, section_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_section_association_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_section_association UNIQUE (student_unique_id, local_course_code, school_id, school_year, session_name, section_identifier, begin_date)
);

CREATE INDEX ix_edfi_student_section_association_change_version ON edfi.student_section_association (change_version);

CREATE TABLE edfi.staff_section_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    section_identifier TEXT COLLATE "C" NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    begin_date DATE NOT NULL,
    classroom_position_descriptor TEXT COLLATE "C" NOT NULL,
    end_date DATE,
    highly_qualified_teacher BOOLEAN,
    percentage_contribution NUMERIC(5, 4),
    teacher_student_data_link_exclusion BOOLEAN,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_staff_section_association_section FOREIGN KEY(local_course_code, school_id, school_year, session_name, section_identifier) REFERENCES edfi.section (local_course_code, school_id, school_year, session_name, section_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_staff_section_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_staff_section_association UNIQUE (staff_unique_id, local_course_code, school_id, school_year, session_name, section_identifier, begin_date)
);

CREATE INDEX ix_edfi_staff_section_association_change_version ON edfi.staff_section_association (change_version);

CREATE TABLE edfi.section_attendance_taken_event (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    calendar_code TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    date DATE NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    section_identifier TEXT COLLATE "C" NOT NULL,
    staff_unique_id TEXT COLLATE "C",
    event_date DATE NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_section_attendance_taken_event_calendar_date FOREIGN KEY(calendar_code, school_id, school_year, date) REFERENCES edfi.calendar_date (calendar_code, school_id, school_year, date) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_section_attendance_taken_event_section FOREIGN KEY(local_course_code, school_id, school_year, session_name, section_identifier) REFERENCES edfi.section (local_course_code, school_id, school_year, session_name, section_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_section_attendance_taken_event_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_section_attendance_taken_event UNIQUE (calendar_code, school_id, school_year, date, local_course_code, session_name, section_identifier)
);

CREATE INDEX ix_edfi_section_attendance_taken_event_change_version ON edfi.section_attendance_taken_event (change_version);

CREATE TABLE edfi.student_gradebook_entry (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    gradebook_entry_identifier TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    assignment_late_status_descriptor TEXT COLLATE "C",
    competency_level_descriptor TEXT COLLATE "C",
    submission_status_descriptor TEXT COLLATE "C",
    date_fulfilled DATE,
    diagnostic_statement TEXT,
    letter_grade_earned TEXT,
    numeric_grade_earned NUMERIC(9, 2),
    points_earned NUMERIC(9, 2),
    time_fulfilled TIME WITHOUT TIME ZONE,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_student_gradebook_entry_gradebook_entry FOREIGN KEY(gradebook_entry_identifier, namespace) REFERENCES edfi.gradebook_entry (gradebook_entry_identifier, namespace) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_student_gradebook_entry_student FOREIGN KEY(student_unique_id) REFERENCES edfi.student (student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_student_gradebook_entry UNIQUE (student_unique_id, gradebook_entry_identifier, namespace)
);

CREATE INDEX ix_edfi_student_gradebook_entry_change_version ON edfi.student_gradebook_entry (change_version);

CREATE TABLE edfi.grade (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    grading_period_descriptor TEXT COLLATE "C" NOT NULL,
    grading_period_name TEXT COLLATE "C" NOT NULL,
    school_id BIGINT NOT NULL,
    school_year INTEGER NOT NULL,
    begin_date DATE NOT NULL,
    local_course_code TEXT COLLATE "C" NOT NULL,
    section_identifier TEXT COLLATE "C" NOT NULL,
    session_name TEXT COLLATE "C" NOT NULL,
    student_unique_id TEXT COLLATE "C" NOT NULL,
    grade_type_descriptor TEXT COLLATE "C" NOT NULL,
    performance_base_conversion_descriptor TEXT COLLATE "C",
    current_grade_as_of_date DATE,
    current_grade_indicator BOOLEAN,
    diagnostic_statement TEXT,
    grade_earned_description TEXT,
    letter_grade_earned TEXT,
    numeric_grade_earned NUMERIC(9, 2),
    learning_standard_grades JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_grade_grading_period FOREIGN KEY(grading_period_descriptor, grading_period_name, school_id, school_year) REFERENCES edfi.grading_period (grading_period_descriptor, grading_period_name, school_id, school_year) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_grade_student_section_association FOREIGN KEY(begin_date, local_course_code, school_id, school_year, section_identifier, session_name, student_unique_id) REFERENCES edfi.student_section_association (begin_date, local_course_code, school_id, school_year, section_identifier, session_name, student_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_grade UNIQUE (student_unique_id, grading_period_descriptor, grading_period_name, school_id, school_year, begin_date, local_course_code, section_identifier, session_name, grade_type_descriptor)
);

CREATE INDEX ix_edfi_grade_change_version ON edfi.grade (change_version);

CREATE TABLE edfi.survey_question_response (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    question_code TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_response_identifier TEXT COLLATE "C" NOT NULL,
    comment TEXT,
    no_response BOOLEAN,
    survey_question_matrix_element_responses JSONB,
    values JSONB,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_question_response_survey_question FOREIGN KEY(question_code, namespace, survey_identifier) REFERENCES edfi.survey_question (question_code, namespace, survey_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_question_response_survey_response FOREIGN KEY(namespace, survey_identifier, survey_response_identifier) REFERENCES edfi.survey_response (namespace, survey_identifier, survey_response_identifier) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_question_response UNIQUE (question_code, namespace, survey_identifier, survey_response_identifier)
);

CREATE INDEX ix_edfi_survey_question_response_change_version ON edfi.survey_question_response (change_version);

CREATE TABLE edfi.survey_section_response_education_organization_target__d2dfb13b (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    education_organization_id BIGINT NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_response_identifier TEXT COLLATE "C" NOT NULL,
    survey_section_title TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_section_response_education_organization_targ_6b3309f3 FOREIGN KEY(education_organization_id) REFERENCES edfi.education_organization (education_organization_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_section_response_education_organization_targ_3e223cc6 FOREIGN KEY(namespace, survey_identifier, survey_response_identifier, survey_section_title) REFERENCES edfi.survey_section_response (namespace, survey_identifier, survey_response_identifier, survey_section_title) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_section_response_education_organization_tar_eb2fcfb0 UNIQUE (education_organization_id, namespace, survey_identifier, survey_response_identifier, survey_section_title)
);

CREATE INDEX ix_edfi_survey_section_response_education_organization__462c ON edfi.survey_section_response_education_organization_target__d2dfb13b (change_version);

CREATE TABLE edfi.survey_section_response_staff_target_association (
    id UUID DEFAULT (md5(((random())::text || (random())::text)))::uuid NOT NULL,
    staff_unique_id TEXT COLLATE "C" NOT NULL,
    namespace TEXT COLLATE "C" NOT NULL,
    survey_identifier TEXT COLLATE "C" NOT NULL,
    survey_response_identifier TEXT COLLATE "C" NOT NULL,
    survey_section_title TEXT COLLATE "C" NOT NULL,
    change_version BIGINT DEFAULT nextval('edfi.change_version') NOT NULL,
    last_modified TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    source_rows BIGINT[] DEFAULT '{}' NOT NULL,
    said JSONB,
    written_by TEXT,
    PRIMARY KEY (id),
    CONSTRAINT fk_survey_section_response_staff_target_association_staff FOREIGN KEY(staff_unique_id) REFERENCES edfi.staff (staff_unique_id) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT fk_survey_section_response_staff_target_association_su_6d2a3751 FOREIGN KEY(namespace, survey_identifier, survey_response_identifier, survey_section_title) REFERENCES edfi.survey_section_response (namespace, survey_identifier, survey_response_identifier, survey_section_title) ON UPDATE CASCADE DEFERRABLE,
    CONSTRAINT key_survey_section_response_staff_target_association UNIQUE (staff_unique_id, namespace, survey_identifier, survey_response_identifier, survey_section_title)
);

CREATE INDEX ix_edfi_survey_section_response_staff_target_associatio_7327 ON edfi.survey_section_response_staff_target_association (change_version);

CREATE SCHEMA IF NOT EXISTS consolidation;

CREATE TABLE consolidation.delivery (
    delivery_id TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (delivery_id)
);

CREATE TABLE consolidation.run (
    id SERIAL NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE consolidation.rule (
    name TEXT NOT NULL,
    sentence TEXT NOT NULL,
    advice TEXT NOT NULL,
    severity TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE consolidation.identity (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    unique_id TEXT NOT NULL,
    probability DOUBLE PRECISION,
    decided_by TEXT NOT NULL,
    UNIQUE (source, kind, source_id)
);

CREATE TABLE consolidation.match (
    kind TEXT NOT NULL,
    left_source TEXT NOT NULL,
    left_id TEXT NOT NULL,
    right_source TEXT NOT NULL,
    right_id TEXT NOT NULL,
    probability DOUBLE PRECISION,
    state TEXT NOT NULL,
    comparison JSONB
);

CREATE TABLE consolidation.match_decision (
    kind TEXT NOT NULL,
    left_source TEXT NOT NULL,
    left_id TEXT NOT NULL,
    right_source TEXT NOT NULL,
    right_id TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (kind, left_source, left_id, right_source, right_id)
);

CREATE TABLE consolidation.delivered_file (
    number INTEGER NOT NULL,
    delivery_id TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    position_unit TEXT NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(delivery_id) REFERENCES consolidation.delivery (delivery_id)
);

CREATE TABLE consolidation.run_step (
    run_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    rows BIGINT NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (run_id, position),
    FOREIGN KEY(run_id) REFERENCES consolidation.run (id)
);

CREATE TABLE consolidation.source_count (
    run_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    landed BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    failure TEXT,
    PRIMARY KEY (run_id, source),
    FOREIGN KEY(run_id) REFERENCES consolidation.run (id)
);

CREATE TABLE consolidation.quarantine (
    run_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    source_row BIGINT,
    file_number BIGINT,
    rule TEXT NOT NULL,
    field TEXT,
    sentence TEXT,
    severity TEXT NOT NULL,
    FOREIGN KEY(run_id) REFERENCES consolidation.run (id)
);

CREATE INDEX ix_consolidation_quarantine_run_id ON consolidation.quarantine (run_id);
