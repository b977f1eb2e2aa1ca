"""Spark for one run: what this machine needs for it, how it is started without a word, and stopped."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homeroom.consolidate.engine import NotDone
from homeroom.spark_settings import SparkSettings

if TYPE_CHECKING:
    from pyspark import SparkContext

OLDEST_JAVA = 17
# How long a master may take to answer, and Java to end, in seconds.
_TO_ANSWER, _TO_END = 10, 20

_OURS = {
    "spark.app.name": "Homeroom",
    # Two attempts at one task would write the same file.
    "spark.speculation": "false",
    "spark.task.maxFailures": "1",
}
# What a district may have otherwise. Nothing listens that nobody asked for, and nothing is said beside our own bars.
_USUAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
_USUAL_ON_THIS_MACHINE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@dataclass(frozen=True)
class Started:
    """Spark under way, with the process of Java that it runs in."""

    context: SparkContext
    gateway: Any

    def stop(self) -> None:
        """End it, and Java with it: the next run may ask for other settings, which only a new one takes."""
        with suppress(Exception):
            # Java may have died before: then there is nobody to be told.
            self.context.stop()
        _end(self.gateway)


def check_this_machine(settings: SparkSettings) -> None:
    """Raises NotDone, with what to do, where PySpark or Java is missing, or the master does not answer."""
    if find_spec("pyspark") is None:
        raise NotDone('engine = "spark" needs PySpark, which is not installed. Run: pip install "homeroom[spark]"')
    _check_java()
    if settings.master.startswith("spark://"):
        _check_answers(settings.master)


def start(settings: SparkSettings, log: Path) -> Started:
    """Spark as the settings have it; what Java says goes to the file `log`. Raises NotDone where it can't be had."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    usual = _USUAL | (_USUAL_ON_THIS_MACHINE if settings.on_this_machine else {})
    configuration = {**usual, **settings.configuration, **_OURS, "spark.master": settings.master}
    conf = SparkConf(loadDefaults=False).setAll(list(configuration.items()))
    log.touch(mode=0o600)
    try:
        with log.open("ab") as words:
            gateway = launch_gateway(conf, {"stdout": words, "stderr": words, "start_new_session": True})
    except PySparkException:
        raise NotDone(
            f"Spark did not start on this machine. What it said is in {log}. Look whether each setting under "
            "[spark.configuration] is one of Spark's, and run again."
        ) from None
    try:
        context = SparkContext(conf=conf, gateway=gateway)
    except (Py4JError, PySparkException, OSError):
        _end(gateway)
        raise NotDone(
            f"Spark's master {settings.master} could not be reached, or refused to begin. What Spark said is in "
            f"{log}. Look that the master runs and that master under [spark] names it, and run again."
        ) from None
    # Those who set up the machines alike have the same Python in the same place on each.
    context.pythonExec = settings.configuration.get("spark.pyspark.python", sys.executable)
    return Started(context, gateway)


def _end(gateway: Any) -> None:
    from pyspark import SparkContext

    with suppress(Exception):
        gateway.shutdown()
    # PySpark keeps Java for the life of the process; without these, the next run would talk to one that has ended.
    SparkContext._gateway = None
    SparkContext._jvm = None
    java = gateway.proc
    if java is None:
        # Whoever started us with Spark's own command ends that Java as well.
        return
    # Java ends when it can't hear us any more.
    java.stdin.close()
    try:
        java.wait(_TO_END)
    except subprocess.TimeoutExpired:
        java.kill()
        java.wait()


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else shutil.which("java")
    needed = f"Spark needs Java {OLDEST_JAVA} or newer"
    advice = (
        "Install it (Debian: apt-get install default-jre-headless), or name its folder in JAVA_HOME, and run again."
    )
    if java is None or not Path(java).exists():
        where = "JAVA_HOME names a folder that has none" if home else "there is none on this machine"
        raise NotDone(f"{needed}, and {where}. {advice}")
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    # 17.0.15 is Java 17; 1.8.0 is Java 8.
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if version is None or int(version[1]) < OLDEST_JAVA:
        found = f"is Java {version[1]}" if version else "does not say which it is"
        raise NotDone(f"{needed}, but {java} {found}. {advice}")


def _check_answers(master: str) -> None:
    """Spark itself would try for a minute. Of several masters, of which one leads, one has to answer."""
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        with suppress(OSError, ValueError), socket.create_connection((host.strip("[]"), int(port)), _TO_ANSWER):
            return
    raise NotDone(
        f"Spark's master {master} does not answer. Look that it runs, that this machine may reach it, and that master "
        "under [spark] is its URL, such as spark://spark.example.org:7077; and run again."
    )
