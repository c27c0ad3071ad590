"""Look whether this machine can run Cadre, before anything is installed."""

import argparse
import ctypes
import ctypes.util
import socket
from collections.abc import Iterator

from ops.state import Refused, plain_errors

# What WeasyPrint loads. It is not in any Python package.
LIBRARIES = ["gobject-2.0", "pango-1.0", "harfbuzz", "fontconfig", "pangoft2-1.0"]
PANGO_MISSING = (
    "Cadre prints PDFs with Pango, and {} can't be loaded: install it (Debian: apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Homebrew: brew install pango)."
)


def file_names(library: str) -> Iterator[str]:
    """List what a library may be called; the names need no compiler or ldconfig to be found."""
    yield f"lib{library}.so.0"
    yield f"lib{library}.so.1"
    yield f"lib{library}.dylib"
    yield f"lib{library}.0.dylib"
    yield f"lib{library}.1.dylib"
    if found := ctypes.util.find_library(library):
        yield found


def loads(library: str) -> bool:
    for name in file_names(library):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def check_pango() -> None:
    missing = [library for library in LIBRARIES if not loads(library)]
    if missing:
        raise Refused(PANGO_MISSING.format(" and ".join(missing)))


def check_port(text: str) -> int:
    """Return the port to serve on, unless somebody has it."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Refused(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        # As gunicorn does: a port that was just given up may be taken again at once.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = error.strerror.lower() if error.strerror else "refused"
            raise Refused(
                f"Port {port} can't be used ({reason}): stop what uses it, or choose another: "
                f"make demo PORT={8001 if port == 8000 else 8000}"
            ) from None
    return port


def free_port() -> int:
    """Return a port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port")
    options = parser.parse_args()
    with plain_errors():
        check_pango()
        if options.port is not None:
            check_port(options.port)


if __name__ == "__main__":
    main()
