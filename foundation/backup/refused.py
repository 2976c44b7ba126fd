"""Why a backup was not made or not taken in."""


class Refused(Exception):
    """A backup that cannot be made, opened or restored, with the reason in plain words."""
