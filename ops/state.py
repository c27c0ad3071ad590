"""Where one checkout keeps what it makes on this machine, apart from every other checkout's."""

import fcntl
import hashlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
VENV_PYTHON = ROOT / ".venv" / "bin" / "python"
AS_ROOT = os.geteuid() == 0


class Refused(Exception):
    """A sentence for the person at the terminal: what is wrong, and the remedy."""


def checkout_id() -> str:
    """Name this checkout; one that was removed and cloned again to the same path is another."""
    LOCAL.mkdir(exist_ok=True)
    file = LOCAL / "id"
    with locked("id"):
        if not file.exists():
            file.write_text(secrets.token_hex(8))
    return file.read_text()


def token() -> str:
    """Shorten path and identity to a name for folders that stand outside the checkout."""
    return hashlib.sha256(f"{ROOT}\n{checkout_id()}".encode()).hexdigest()[:12]


def database_folder(kind: str) -> Path:
    """Say where the cluster `kind` stands.

    For root it can't be in the checkout: postgres runs as another user, who may not be able to
    reach a folder of root's, and whom nobody's home shall be opened to.
    """
    return (shared_folder() if AS_ROOT else LOCAL) / kind


def shared_folder() -> Path:
    """Make root's folder outside the checkout, and drop those whose checkout is gone."""
    lib = Path("/var/lib")
    base = lib if lib.is_dir() else Path("/var/tmp")  # noqa: S108 -- survives a reboot
    sweep(base)
    folder = base / f"cadre-{token()}"
    folder.mkdir(exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != 0:
        raise Refused(f"{folder} belongs to somebody else: remove it, then try again.")
    folder.chmod(0o755)  # whatever the umask: the user who runs postgres passes through
    (folder / "checkout").write_text(f"{ROOT}\n{checkout_id()}\n{ROOT.stat().st_dev}\n")
    return folder


def sweep(base: Path) -> None:
    """Remove root's folders of checkouts that were deleted."""
    for record in base.glob("cadre-*/checkout"):
        lines = record.read_text().splitlines()
        if record.stat().st_uid == 0 and len(lines) == 3 and was_deleted(*lines):
            shutil.rmtree(record.parent, ignore_errors=True)


def was_deleted(path: str, identity: str, device: str) -> bool:
    """Say whether a checkout is gone for good, and not on a disk that is just not mounted."""
    file = Path(path) / ".local" / "id"
    if file.is_file() and file.read_text() == identity:
        return False
    nearest = next(folder for folder in [Path(path), *Path(path).parents] if folder.is_dir())
    return str(nearest.stat().st_dev) == device


@contextmanager
def locked(name: str, *, refusal: str = "") -> Iterator[None]:
    """Hold a lock that dies with this process. With `refusal`, do not wait for it."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if refusal else 0))
        except BlockingIOError:
            raise Refused(refusal) from None
        yield


@contextmanager
def plain_errors() -> Iterator[None]:
    """End with one sentence instead of a traceback, where we know one."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except Refused as refused:
        sys.exit(str(refused))
    except PermissionError as error:
        sys.exit(
            f"{error.filename} may not be written by you. If it was made by another user's "
            f"run in this checkout, remove {LOCAL} and .venv as that user, then try again."
        )
