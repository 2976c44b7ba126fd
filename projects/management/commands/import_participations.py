"""python manage.py import_participations FILE"""

from foundation.editing.table_command import TableCommand
from projects.participations import PARTICIPATION_TABLE


class Command(TableCommand):
    """Take in who takes part in the project; the example network, if there is one, is removed."""

    table = PARTICIPATION_TABLE
