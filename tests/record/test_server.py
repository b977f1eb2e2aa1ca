"""A workspace's own server starts without a word on the terminal."""

import os
import subprocess
import sys


def test_nothing_is_said_on_a_machine_without_a_runtime_folder():
    environment = {name: value for name, value in os.environ.items() if name != "XDG_RUNTIME_DIR"}
    said = subprocess.run(
        [sys.executable, "-c", "import homeroom.record.server"], env=environment, capture_output=True, check=True
    )
    assert (said.stdout, said.stderr) == (b"", b"")
