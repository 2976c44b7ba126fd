"""python manage.py import_municipalities [FILE]; without a file, the portal's own register."""

from foundation.editing.table_command import TableCommand
from municipalities.register import REGISTER, REGISTER_TABLE


class Command(TableCommand):
    """Take in the register of municipalities."""

    table = REGISTER_TABLE
    default_file = REGISTER
