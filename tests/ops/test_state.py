import pytest

from ops import state


@pytest.fixture
def checkout(tmp_path):
    """Return the folder and the identity of a checkout."""
    folder = tmp_path / "checkout"
    (folder / ".local").mkdir(parents=True)
    (folder / ".local" / "id").write_text("abc")
    return folder


def test_living_checkout_was_not_deleted(checkout):
    assert not state.was_deleted(str(checkout), "abc", str(checkout.stat().st_dev))


def test_checkout_cloned_anew_to_the_same_place_is_another(checkout):
    assert state.was_deleted(str(checkout), "old", str(checkout.stat().st_dev))


def test_removed_checkout_was_deleted(tmp_path):
    gone = tmp_path / "gone" / "checkout"

    assert state.was_deleted(str(gone), "abc", str(tmp_path.stat().st_dev))


def test_checkout_on_an_absent_disk_was_not_deleted(tmp_path):
    assert not state.was_deleted(str(tmp_path / "disk" / "checkout"), "abc", "another device")
