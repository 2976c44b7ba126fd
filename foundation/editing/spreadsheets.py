"""Cells that people open in a spreadsheet."""

from typing import Any

# Signs by which a spreadsheet takes a cell for a formula (OWASP, CSV injection).
_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers and days stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and _is_formula(cell) else cell


def as_written(cell: str) -> str:
    """What was written, of a cell that `harmless` may have marked."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip(" ").startswith(_BEGIN_A_FORMULA)
