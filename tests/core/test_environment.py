"""What an installation may write into its environment, and what it is told when it is wrong."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_files_are_kept_in_a_folder_or_a_bucket(monkeypatch):
    assert "FileSystemStorage" in env.files("FILES_URL", "folder://")["BACKEND"]

    monkeypatch.setenv(
        "FILES_URL", "s3://papers/cadre?region=eu-central-1&endpoint=https://s3.example"
    )
    kept = env.files("FILES_URL", "folder://")
    assert kept["BACKEND"] == "storages.backends.s3.S3Storage"
    assert kept["OPTIONS"]["bucket_name"] == "papers"
    assert kept["OPTIONS"]["location"] == "cadre"
    assert kept["OPTIONS"]["region_name"] == "eu-central-1"
    assert kept["OPTIONS"]["endpoint_url"] == "https://s3.example"
    assert kept["OPTIONS"]["default_acl"] is None


@pytest.mark.parametrize("value", ["s3://", "ftp://host", "bucket"])
def test_a_store_that_we_do_not_know_is_said(monkeypatch, value):
    monkeypatch.setenv("FILES_URL", value)
    with pytest.raises(ImproperlyConfigured, match="FILES_URL must be"):
        env.files("FILES_URL", "folder://")


def test_what_is_missing_is_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(ImproperlyConfigured, match="Set the environment variable DATABASE_URL"):
        env.database("DATABASE_URL")


def test_another_database_than_postgresql_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///db")
    with pytest.raises(ImproperlyConfigured, match="must begin with postgres://"):
        env.database("DATABASE_URL")
