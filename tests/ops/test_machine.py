import socket

import pytest

from ops import machine, state


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_busy_port_is_refused_with_the_remedy(busy_port):
    with pytest.raises(state.Refused) as refused:
        machine.check_port(str(busy_port))

    assert str(refused.value) == (
        f"Port {busy_port} can't be used (address already in use): stop what uses it, or choose "
        "another: make demo PORT=8000"
    )


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1"])
def test_port_must_be_a_number(text):
    with pytest.raises(state.Refused) as refused:
        machine.check_port(text)

    assert str(refused.value) == f"PORT must be a number from 1 to 65535, not {text!r}."


def test_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(machine, "LIBRARIES", ["gobject-2.0", "nowhere-9.9"])

    with pytest.raises(state.Refused) as refused:
        machine.check_pango()

    assert "and nowhere-9.9 can't be loaded" in str(refused.value)
    assert "libpango-1.0-0" in str(refused.value)
    assert "brew install pango" in str(refused.value)
