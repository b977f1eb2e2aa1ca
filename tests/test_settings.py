"""A workspace is a folder with a settings file that a person may read and edit."""

import stat
from pathlib import Path

import pytest

from homeroom.errors import CannotRun, WrongUse
from homeroom.settings import ArchiveSettings, Workspace

KINDS = ("oneroster-csv", "edfi-xml")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "maple-grove", "Maple Grove")


def test_a_new_workspace_knows_its_district_and_has_no_source(workspace):
    settings = workspace.settings()
    assert settings.district == "Maple Grove"
    assert settings.sources == ()
    assert settings.record_url is None


def test_nobody_else_on_the_machine_may_look_into_a_workspace(workspace):
    assert stat.S_IMODE(workspace.root.stat().st_mode) == 0o700


def test_a_folder_is_a_workspace_once(workspace):
    with pytest.raises(WrongUse, match="is a workspace already"):
        Workspace.create(workspace.root, "Another")


def test_a_folder_without_settings_is_no_workspace_and_the_error_says_how_to_make_one(tmp_path):
    with pytest.raises(WrongUse, match="homeroom init"):
        Workspace.open(tmp_path)


def test_sources_are_ranked_in_the_order_in_which_they_were_added(workspace, tmp_path):
    workspace.add_source("sis", "oneroster-csv", tmp_path, KINDS)
    workspace.add_source("warehouse", "edfi-xml", tmp_path, KINDS)
    assert [(s.name, s.kind, s.rank) for s in workspace.settings().sources] == [
        ("sis", "oneroster-csv", 0),
        ("warehouse", "edfi-xml", 1),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("SIS", "oneroster-csv", "lower-case letters"),
        ("sis; drop", "oneroster-csv", "lower-case letters"),
        ("sis", "oneroster", "The kinds are: oneroster-csv, edfi-xml"),
    ],
)
def test_a_source_that_cannot_be_is_refused_with_what_to_do(workspace, tmp_path, name, kind, sentence):
    with pytest.raises(WrongUse, match=sentence):
        workspace.add_source(name, kind, tmp_path, KINDS)


def test_a_source_whose_files_are_not_there_is_refused(workspace, tmp_path):
    with pytest.raises(WrongUse, match="There is nothing at"):
        workspace.add_source("sis", "oneroster-csv", tmp_path / "nowhere", KINDS)


def test_a_comment_that_a_person_wrote_outlives_the_next_source(workspace, tmp_path):
    text = workspace.settings_file.read_text() + "\n# ask Ms. Lindqvist before changing this\n"
    workspace.settings_file.write_text(text)
    workspace.add_source("sis", "oneroster-csv", tmp_path, KINDS)
    assert "ask Ms. Lindqvist" in workspace.settings_file.read_text()


def test_a_settings_file_that_cannot_be_read_is_told_with_its_line(workspace):
    workspace.settings_file.write_text("[district]\nname = \n")
    with pytest.raises(CannotRun, match="line 2"):
        workspace.settings()


def test_a_review_threshold_above_the_merge_threshold_is_refused(workspace):
    workspace.settings_file.write_text("[linking]\nmerge = 0.8\nreview = 0.9\n")
    with pytest.raises(CannotRun, match="review <= merge"):
        workspace.settings()


def test_how_much_an_archive_may_unpack_to_is_a_setting(workspace):
    text = workspace.settings_file.read_text()
    workspace.settings_file.write_text(f"{text}\n[archive]\nratio = 3000\n")
    assert workspace.settings().archive == ArchiveSettings(gigabytes=20, files=10_000, ratio=3000)


def test_spark_is_named_with_its_master_and_its_own_settings(workspace):
    text = workspace.settings_file.read_text()
    assert (workspace.settings().engine, workspace.settings().spark.master) == ("duckdb", "local[*]")
    own = '[spark.configuration]\nspark.executor.memory = "8g"\n"spark.task.cpus" = "2"\n'
    workspace.settings_file.write_text(f'engine = "spark"\n{text}\n[spark]\nmaster = "spark://m:7077"\n{own}')
    settings = workspace.settings()
    assert (settings.engine, settings.spark.master) == ("spark", "spark://m:7077")
    assert settings.spark.configuration == {"spark.executor.memory": "8g", "spark.task.cpus": "2"}


DISTRICT = '[district]\nname = "Maple Grove"\n'
SOURCE = '[[source]]\nname = "sis"\nkind = "edfi-xml"\npath = "x"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (DISTRICT + "[linkng]\nmerge = 0.9\n", "Was linking meant"),
        (DISTRICT + "[linking]\nmerg = 0.9\n", "Was merge meant"),
        (DISTRICT + '[linking]\nmerge = "high"\n', "has to be a number"),
        (DISTRICT + "[linking]\nmerge = nan\n", "has to be a number"),
        (DISTRICT + '[archive]\nratio = "x"\n', "has to be a whole number"),
        (DISTRICT + "[record]\nurl = 5\n", "text in quotation marks"),
        (DISTRICT + '[source]\nname = "sis"\n', "two pairs of brackets"),
        (DISTRICT + '[[source]]\nname = "sis"\n', "has no kind and no path"),
        (DISTRICT + '[[source]]\nname = "sis"\nkind = "edfi-xml"\npath = 3\n', "text in quotation marks"),
        (DISTRICT + '[[source]]\nname = "../sis"\nkind = "edfi-xml"\npath = "x"\n', "lower-case letters"),
        (DISTRICT + "[held]\nrows_lst = 0.4\n", "Was rows_lost meant"),
        (DISTRICT + "[held]\nrows_lost = 40\n", "a share from 0 to 1"),
        (DISTRICT + "[held]\nleast_rows = 0.5\n", "has to be a whole number"),
        (DISTRICT + '[held]\nnever = "sis"\n', "has to be a list of sources"),
        (DISTRICT + '[held]\nnever = ["sys"]\n' + SOURCE, "names the source 'sys', which is not there"),
        (DISTRICT + SOURCE * 2, "two sources are named 'sis'"),
        (DISTRICT + '[[source]]\nname = "sis"\nkind = "edfi-xml"\npath = "x"\nresult = "x"\n', "Was results meant"),
        ('engine = "sparc"\n' + DISTRICT, "engine has to be one of duckdb, spark, in quotation marks, not 'sparc'"),
        ("engine = 1\n" + DISTRICT, "engine has to be one of duckdb, spark"),
        (DISTRICT + "[spark]\nmastr = 1\n", "master may be meant"),
        (DISTRICT + "[spark]\nmaster = 1\n", "master under .spark. has to be the URL"),
        (DISTRICT + '[spark]\nmaster = "sc://x"\n', "a Spark Connect server"),
        (DISTRICT + "[spark.configuration]\nspark.task.cpus = 2\n", "spark.task.cpus .* has to be text"),
        (DISTRICT + '[spark.configuration]\ncores = "2"\n', "cores .* is no setting of Spark"),
        (DISTRICT + '[spark.configuration]\nspark.master = "local"\n', "is what master under .spark. says"),
        (DISTRICT + '[spark.configuration]\nspark.authenticate.secret = "x"\n', "belongs in spark-defaults.conf"),
        (DISTRICT + SOURCE + 'fax = "x"\n', "It may hold: name, kind, path, namespace, dates, area_code.$"),
        (DISTRICT + SOURCE + 'password = "x"\n', r"source 1 holds 'password'.*belongs in secrets\.toml"),
        (DISTRICT + SOURCE + 'dates = "american"\n', "dates of source 1 has to be day-first or month-first"),
        (DISTRICT + SOURCE + 'area_code = "17"\n', "three digits"),
        (DISTRICT + SOURCE + 'namespace = "maplegrove.example"\n', "has to be a URI"),
        (DISTRICT + SOURCE + 'signature = "RSA-SHA1"\n', "has to be HMAC-SHA256 or HMAC-SHA1"),
        (DISTRICT + SOURCE + 'whole_every = "weekly"\n', "a number of days"),
        ('district = "Maple Grove"\n', r"a line \[district\]"),
        ("[district]\nname = 3\n", "text in quotation marks"),
        ("", "the district has no name"),
    ],
)
def test_what_a_settings_file_gets_wrong_is_told_and_not_passed_over(workspace, text, sentence):
    workspace.settings_file.write_text(text)
    with pytest.raises(CannotRun, match=sentence):
        workspace.settings()


def test_an_option_of_another_kind_is_left_alone_so_that_a_source_may_change_its_kind(workspace):
    workspace.settings_file.write_text(DISTRICT + SOURCE + 'token_url = "https://sis.example/token"\n')
    assert workspace.settings().sources[0].options == {"token_url": "https://sis.example/token"}


def test_nobody_else_may_read_the_settings_which_may_hold_a_password(workspace):
    assert stat.S_IMODE(workspace.settings_file.stat().st_mode) == 0o600


def test_a_workspace_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotRun, match="can't be made"):
        Workspace.create(tmp_path / "file" / "district", "Maple Grove")
