"""Why a backup was not made or not taken in."""

OLDER = (
    "The backup is older than 0.1.0, the first release, and nothing is carried over from before it."
)


class Refused(Exception):
    """A backup that cannot be made, opened or restored, with the reason in plain words."""
