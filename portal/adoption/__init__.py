"""Taking over an engagement that runs already: its client, team, people and applications.

    manage.py adopt_engagement FILE.yaml            what it would make, or all that is wrong with it
    manage.py adopt_engagement FILE.yaml --confirm  makes it

`docs/formats.md` describes the file, `docs/decisions/0010-taking-over.md` says what is asked for
and what is not. Reading makes unsaved rows with their histories; taking saves all or none.
"""

from portal.adoption.taking import Result, adopt_engagement

__all__ = ["Result", "adopt_engagement"]
