"""What lies on another machine is fetched whole, from a server that is known, and no secret shows."""

import os

import boto3
import pytest
from servers import SSHD, s3_server, sftp_server

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.remote_files import fetch_files

ORGS = "sourcedId,name\n1,Maple Grove\n"


@pytest.fixture(scope="module")
def sftp(tmp_path_factory):
    if SSHD is None:
        pytest.skip("OpenSSH's server is not installed")
    with sftp_server(tmp_path_factory.mktemp("sftp")) as server:
        (server.drop / "out" / "monday").mkdir(parents=True)
        (server.drop / "out" / "orgs.csv").write_text(ORGS)
        (server.drop / "out" / "monday" / "users.csv").write_text("sourcedId\n7\n")
        for day, name in enumerate(["roster-10.zip", "roster-9.zip"]):
            (server.drop / name).write_text(name)
            os.utime(server.drop / name, (day * 86_400, day * 86_400))
        yield server


@pytest.fixture(scope="module")
def s3():
    with s3_server() as url:
        client = boto3.client(
            "s3", endpoint_url=url, aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1"
        )
        client.create_bucket(Bucket="drop")
        for number in range(3):
            client.put_object(Bucket="drop", Key=f"out/part-{number}.csv", Body=ORGS.encode())
        client.put_object(Bucket="drop", Key="out/deeper/users.csv", Body=b"sourcedId\n7\n")
        yield url


@pytest.fixture
def into(tmp_path):
    folder = tmp_path / "fetched"
    folder.mkdir()
    return folder


def source(address, **options):
    return SourceSettings("sis", "oneroster-csv", None, 0, options, address)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_folder_on_an_sftp_server_comes_with_the_folders_inside_it(sftp, into):
    secrets = Secrets("sis", {"private_key": str(sftp.key)})
    fetch_files(source(f"{sftp.address}/out", host_key=sftp.host_key), secrets, ArchiveLimits(), into)
    assert files(into) == ["monday/users.csv", "orgs.csv"]
    assert (into / "orgs.csv").read_text() == ORGS


def test_of_the_files_that_fit_a_pattern_the_one_written_last_is_the_delivery(sftp, into):
    secrets = Secrets("sis", {"private_key": str(sftp.key)})
    address = f"{sftp.address}/roster-?*.zip"
    fetch_files(source(address, host_key=sftp.host_key), secrets, ArchiveLimits(), into)
    assert files(into) == ["roster-9.zip"]


def test_a_file_that_means_nothing_without_those_before_comes_behind_them(sftp, into):
    secrets = Secrets("sis", {"private_key": str(sftp.key)})
    address = f"{sftp.address}/roster-?*.zip"
    found = fetch_files(source(address, host_key=sftp.host_key), secrets, ArchiveLimits(), into, lambda _: True)
    assert [files(folder) for folder in found] == [["roster-10.zip"], ["roster-9.zip"]]
    assert found[-1] == into


def test_a_server_of_which_no_key_is_named_is_not_asked_and_its_key_is_told(sftp, into):
    with pytest.raises(CannotRun) as told:
        fetch_files(
            source(f"{sftp.address}/out"), Secrets("sis", {"private_key": str(sftp.key)}), ArchiveLimits(), into
        )
    assert f'host_key = "{sftp.host_key}"' in str(told.value)
    assert files(into) == []


def test_a_server_with_another_key_than_the_named_one_gets_no_password(sftp, into):
    with pytest.raises(CannotRun, match="Nothing was sent to it"):
        fetch_files(
            source(f"{sftp.address}/out", host_key="SHA256:" + "A" * 43),
            Secrets("sis", {"password": "swordfish"}),
            ArchiveLimits(),
            into,
        )


def test_a_password_that_is_not_accepted_is_told_without_it(sftp, into):
    with pytest.raises(CannotRun, match="did not accept") as told:
        fetch_files(
            source(f"{sftp.address}/out", host_key=sftp.host_key),
            Secrets("sis", {"password": "swordfish"}),
            ArchiveLimits(),
            into,
        )
    assert "swordfish" not in str(told.value)


def test_a_path_that_is_not_there_is_told(sftp, into):
    secrets = Secrets("sis", {"private_key": str(sftp.key)})
    for path in ("/nowhere", "/nothing-*.zip"):
        with pytest.raises(CannotRun, match="There is nothing at"):
            fetch_files(source(sftp.address + path, host_key=sftp.host_key), secrets, ArchiveLimits(), into)


def test_more_than_the_settings_allow_is_not_fetched(sftp, into):
    secrets = Secrets("sis", {"private_key": str(sftp.key)})
    with pytest.raises(CannotRun, match="more than"):
        fetch_files(source(f"{sftp.address}/out", host_key=sftp.host_key), secrets, ArchiveLimits(total_bytes=10), into)
    assert files(into) == []


def test_a_password_in_the_address_is_refused_before_anybody_is_asked(into):
    with pytest.raises(CannotRun, match=r"secrets\.toml") as told:
        fetch_files(source("sftp://user:swordfish@127.0.0.1/out"), Secrets("sis", {}), ArchiveLimits(), into)
    assert "swordfish" not in str(told.value)


def test_a_folder_of_a_bucket_comes_whole(s3, into):
    secrets = Secrets("sis", {"access_key_id": "a", "secret_access_key": "b"})
    fetch_files(source("s3://drop/out", endpoint=s3, region="us-east-1"), secrets, ArchiveLimits(), into)
    assert files(into) == ["deeper/users.csv", "part-0.csv", "part-1.csv", "part-2.csv"]
    assert (into / "part-1.csv").read_text() == ORGS


def test_one_file_of_a_bucket_comes_by_its_name(s3, into):
    secrets = Secrets("sis", {"access_key_id": "a", "secret_access_key": "b"})
    fetch_files(source("s3://drop/out/part-2.csv", endpoint=s3, region="us-east-1"), secrets, ArchiveLimits(), into)
    assert files(into) == ["part-2.csv"]


def test_a_bucket_that_is_not_there_is_told(s3, into):
    secrets = Secrets("sis", {"access_key_id": "a", "secret_access_key": "b"})
    with pytest.raises(CannotRun, match="There is nothing at"):
        fetch_files(source("s3://nowhere/out", endpoint=s3, region="us-east-1"), secrets, ArchiveLimits(), into)


def test_a_server_that_does_not_answer_is_told(into):
    for address in ("sftp://user@127.0.0.1:1/out", "s3://drop/out"):
        secrets = Secrets("sis", {"password": "x", "access_key_id": "a", "secret_access_key": "swordfish"})
        with pytest.raises(CannotRun, match="did not answer") as told:
            fetch_files(
                source(address, host_key="SHA256:x", endpoint="http://127.0.0.1:1", region="us-east-1"),
                secrets,
                ArchiveLimits(),
                into,
            )
        assert "swordfish" not in str(told.value)


def test_an_address_of_another_kind_is_told_with_those_that_are_known(into):
    with pytest.raises(CannotRun, match="sftp://, s3://, az://, gs://"):
        fetch_files(source("ftp://vendor.example/out"), Secrets("sis", {}), ArchiveLimits(), into)
