"""The pages are shown to this machine alone, take forms from themselves alone, and leave nothing behind."""

import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from homeroom.settings import Workspace


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.5", "127.0.0.1.evil.example"])
def test_a_name_that_is_not_this_machines_is_refused(pages, host):
    assert pages.client.get("/", headers={"Host": host}).status_code == 400


def test_the_server_listens_to_this_machine_alone(pages):
    port = urlsplit(pages.address).port
    with socket.socket() as other, pytest.raises(OSError, match="refused"):
        other.connect((_address_on_the_network(), port))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(pages, headers):
    answer = pages.client.post("/students", data={"words": ""}, headers=headers)
    assert answer.status_code == 403
    assert "found" not in answer.text


def test_a_form_of_our_own_page_is_taken(pages):
    own = {"Origin": pages.address.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert pages.client.post("/students", data={"words": ""}, headers=own).status_code == 200


@pytest.mark.parametrize("address", ["/", "/students", "/nothing", "/matches?page=abc", "/static/homeroom.css"])
def test_every_answer_forbids_what_a_page_does_not_need(pages, address):
    headers = pages.client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_a_taken_port_is_told_in_a_sentence_that_says_what_to_do(tmp_path):
    workspace = Workspace.create(tmp_path / "district", "Maple Grove")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [sys.executable, "-m", "homeroom.cli", "serve", "--port", str(port), "--workspace", workspace.root],
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 1
    assert f"Port {port} of this machine is taken" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def _address_on_the_network() -> str:
    """An address of this machine that others see; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine is on no network")
        return str(probe.getsockname()[0])
