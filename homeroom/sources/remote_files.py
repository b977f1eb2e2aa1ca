"""Files that lie elsewhere, fetched by their address: SFTP, S3 and what speaks like it, Azure, Google.

    sftp://homeroom@files.vendor.example/out        a folder, a file, or, with a pattern such as roster-*.zip,
    s3://bucket/out/roster-*.zip                    the newest file that it fits
    az://container/out
    gs://bucket/out

Passwords and keys come from the workspace's secrets file, never from the address. A server of SFTP is believed only
under the key that the settings name: who stands in its way must not get the password.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

from fsspec import AbstractFileSystem, filesystem

from homeroom.errors import CannotRun, HomeroomError
from homeroom.patterns import SIGNS
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.archive import ArchiveLimits

_SECONDS = 30


def fetch_files(
    source: SourceSettings,
    secrets: Secrets,
    limits: ArchiveLimits,
    into: Path,
    needs_earlier: Callable[[Path], bool] = lambda _: False,
) -> list[Path]:
    """Bring the files at the source's address into the folder `into`, with the folders that they lie in there.

    `needs_earlier` says of a folder whether what was fetched to it means nothing without what came before: the file
    that fits a pattern and was written before it is then brought too, into a folder beside `into`. Gives all these
    folders, `into` the last. Raises CannotRun, without any secret in its words, where they can't all be had whole.
    """
    address = _parsed(source)
    try:
        files = _FILESYSTEMS[address.scheme](address, source, secrets)
        found = _found(files, unquote(address.netloc + address.path if address.scheme != "sftp" else address.path))
        folders: list[Path] = []
        for one in found:
            folder = into.with_name(f"{into.name}-{len(folders)}") if folders else into
            _refuse_too_much(source, one, limits)
            for path, (relative, size) in one.items():
                _take(files, source, path, folder / relative, size)
            folders.insert(0, folder)
            if not needs_earlier(folder):
                break
        return folders
    except HomeroomError:
        raise
    except FileNotFoundError:
        raise CannotRun(f"There is nothing at {source.address}. Check the path of {source.name}.") from None
    except PermissionError:
        raise CannotRun(
            f"{address.netloc} did not let {source.name} read {source.address}. Check the user and the secrets."
        ) from None
    except Exception as problem:  # noqa: BLE001 - each library has a tree of errors of its own, and its words may tell
        _tell(source, address, problem)


def _parsed(source: SourceSettings) -> SplitResult:
    # A pattern's question mark is no query, and a number sign in a name no fragment.
    address = urlsplit((source.address or "").replace("?", "%3F").replace("#", "%23"))
    if address.scheme not in _FILESYSTEMS:
        raise CannotRun(
            f"Files can't be fetched from addresses that begin with {address.scheme}://. "
            f"Those that can begin with {', '.join(f'{scheme}://' for scheme in _FILESYSTEMS)}."
        )
    if address.password:
        raise CannotRun(
            f"The address of {source.name} holds a password. Take it out of homeroom.toml, which many people read, and "
            f'write it into secrets.toml under [{source.name}], as password = "...".'
        )
    return address


def _tell(source: SourceSettings, address: SplitResult, problem: Exception) -> NoReturn:
    """What the library says may hold a secret or a name of its own making: only its kind is told."""
    kind = type(problem).__name__
    if "Auth" in kind or "Credential" in kind or "SSH" in kind:
        words = f"{address.hostname} did not accept the user or the secret of {source.name} ({kind})."
    else:
        words = f"{address.hostname} did not answer as it should ({kind})."
    raise CannotRun(f"{words} Check {source.address} and the secrets of {source.name}, and run again.") from None


def _found(files: AbstractFileSystem, path: str) -> list[dict[str, tuple[str, int]]]:
    """What may be the delivery, the newest first, each as its files by their paths there.

    Of a file: the path to keep it under, and its size in bytes.
    """
    if SIGNS & set(path):
        matches = [entry for entry in files.glob(path, detail=True).values() if entry["type"] == "file"]
        if not matches:
            raise FileNotFoundError(path)
        matches.sort(key=lambda entry: (str(_changed(entry)), entry["name"]), reverse=True)
        return [{entry["name"]: (PurePosixPath(entry["name"]).name, int(entry["size"]))} for entry in matches]
    top = files.info(path)
    if top["type"] == "file":
        return [{top["name"]: (PurePosixPath(path).name, int(top["size"]))}]
    inside = {name: entry for name, entry in files.find(path, detail=True).items() if entry["type"] == "file"}
    root = PurePosixPath(str(top["name"]).strip("/"))
    kept = {}
    for name, entry in inside.items():
        relative = PurePosixPath(name.strip("/")).relative_to(root)
        if ".." in relative.parts:
            raise PermissionError(name)
        kept[name] = (str(relative), int(entry["size"]))
    return [kept]


def _changed(entry: Mapping[str, Any]) -> Any:
    """When a file was written last, in the word of its kind of place."""
    for word in ("mtime", "LastModified", "last_modified", "updated"):
        if entry.get(word) is not None:
            return entry[word]
    return ""


def _refuse_too_much(source: SourceSettings, found: Mapping[str, tuple[str, int]], limits: ArchiveLimits) -> None:
    total = sum(size for _, size in found.values())
    if len(found) > limits.members or total > limits.total_bytes:
        raise CannotRun(
            f"{source.address} holds {len(found):,} files of {total / (1 << 30):,.1f} GB in all, more than [archive] "
            "in homeroom.toml allows. Name a folder of its own for this source, or allow more."
        )


def _take(files: AbstractFileSystem, source: SourceSettings, path: str, target: Path, size: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    files.get_file(path, str(target))
    if target.stat().st_size != size or int(files.info(path)["size"]) != size:
        raise CannotRun(f"{path} at {source.name} was being written while it was fetched. Run again when it is done.")


def _sftp(address: SplitResult, source: SourceSettings, secrets: Secrets) -> AbstractFileSystem:
    import paramiko

    class _OnlyTheNamedKey(paramiko.MissingHostKeyPolicy):
        def missing_host_key(self, client: object, hostname: str, key: paramiko.PKey) -> None:
            shown = "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
            named = source.options.get("host_key", "")
            if not named:
                raise CannotRun(
                    f"{hostname} shows the key {shown}, and homeroom.toml names none for {source.name}. Ask its owner "
                    f'whether that is theirs, and add under the source: host_key = "{shown}"'
                )
            if not hmac.compare_digest(named, shown):
                raise CannotRun(
                    f"{hostname} shows the key {shown}, which is not the one that homeroom.toml names for "
                    f"{source.name}. Nothing was sent to it. Ask its owner whether they changed it."
                )

    ways: dict[str, Any] = {"look_for_keys": False, "allow_agent": False}
    if key := secrets.get("private_key"):
        ways |= {"key_filename": str(Path(key).expanduser()), "passphrase": secrets.get("passphrase")}
    else:
        ways["password"] = secrets["password"]
    return filesystem(
        "sftp",
        host=address.hostname,
        port=address.port or 22,
        username=address.username,
        host_key_policy=_OnlyTheNamedKey(),
        timeout=_SECONDS,
        skip_instance_cache=True,
        **ways,
    )


def _s3(address: SplitResult, source: SourceSettings, secrets: Secrets) -> AbstractFileSystem:
    return filesystem(
        "s3",
        key=secrets.get("access_key_id"),
        secret=secrets.get("secret_access_key"),
        endpoint_url=source.options.get("endpoint"),
        client_kwargs={"region_name": source.options["region"]} if "region" in source.options else {},
        config_kwargs={"connect_timeout": _SECONDS, "read_timeout": _SECONDS, "retries": {"max_attempts": 4}},
        use_listings_cache=False,
        skip_instance_cache=True,
    )


def _azure(address: SplitResult, source: SourceSettings, secrets: Secrets) -> AbstractFileSystem:
    return filesystem(
        "az",
        account_name=secrets["account_name"],
        account_key=secrets.get("account_key"),
        sas_token=secrets.get("sas_token"),
        use_listings_cache=False,
        skip_instance_cache=True,
    )


def _google(address: SplitResult, source: SourceSettings, secrets: Secrets) -> AbstractFileSystem:
    return filesystem(
        "gs",
        token=secrets.get("service_account_file"),
        endpoint_url=source.options.get("endpoint"),
        use_listings_cache=False,
        skip_instance_cache=True,
    )


_FILESYSTEMS: Mapping[str, Callable[[SplitResult, SourceSettings, Secrets], AbstractFileSystem]] = {
    "sftp": _sftp,
    "s3": _s3,
    "az": _azure,
    "gs": _google,
}
