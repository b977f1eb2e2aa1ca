"""Servers on loopback that sources are fetched from: OpenSSH's SFTP, and one that speaks S3."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


@dataclass(frozen=True)
class SftpServer:
    """`drop`: the folder that it shows; `key`: the file of a key that it lets in; `host_key`: what it is known by."""

    port: int
    drop: Path
    key: Path
    host_key: str

    @property
    def address(self) -> str:
        return f"sftp://{getuser()}@127.0.0.1:{self.port}{self.drop}"


@contextmanager
def sftp_server(folder: Path) -> Iterator[SftpServer]:
    """OpenSSH's own server, run by this user for itself."""
    host_key, key, drop = folder / "host_key", folder / "user_key", folder / "drop"
    drop.mkdir()
    for path in (host_key, key):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    shown = subprocess.run(["ssh-keygen", "-lf", f"{host_key}.pub"], check=True, capture_output=True, text=True)
    port = free_port()
    settings = folder / "sshd_config"
    settings.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {host_key}\nAuthorizedKeysFile {key}.pub\n"
        f"PidFile {folder}/pid\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n"
        "Subsystem sftp internal-sftp\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True) if getuser() == "root" else None
    with subprocess.Popen([str(SSHD), "-D", "-f", str(settings)], stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield SftpServer(port, drop, key, shown.stdout.split()[1])
        finally:
            server.terminate()


@contextmanager
def s3_server() -> Iterator[str]:
    """The URL of a server that speaks S3 and is empty."""
    port = free_port()
    command = [sys.executable, "-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("The server did not start.")
