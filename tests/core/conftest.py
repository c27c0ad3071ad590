import pytest


@pytest.fixture
def anna(actor_as):
    return actor_as("Recruiter", name="Anna")
