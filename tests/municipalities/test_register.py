"""The register of municipalities comes from a CSV file: in whole, or not at all."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from foundation.content.models import SlugHistory
from foundation.editing.table_exchange import Plan, take_in
from foundation.editing.table_import import ROW_LIMIT, SIZE_LIMIT, Refused
from municipalities.models import Municipality, Region
from municipalities.register import REGISTER, REGISTER_TABLE

HEADER = "code,name_fi,name_sv,languages,region_code,region_fi,region_sv,lat,lon"
ESPOO = "049,Espoo,Esbo,fi/sv,01,Uusimaa,Nyland,60.21,24.66"
TURKU = "853,Turku,Åbo,fi/sv,02,Varsinais-Suomi,Egentliga Finland,60.45,22.27"
INKOO = "149,Inkoo,Ingå,sv/fi,01,Uusimaa,Nyland,60.04,24.01"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the messages as they stand in the source."""
    with override("en"):
        yield


def table(*rows: str, header: str = HEADER) -> BytesIO:
    return BytesIO("\n".join([header, *rows, ""]).encode())


def backwards(row: str) -> str:
    return ",".join(reversed(row.split(",")))


def lines_of(file: BytesIO) -> list[str]:
    """What the refused file is refused for; the database holds no municipality after it."""
    with pytest.raises(Refused) as refusal:
        take_in(REGISTER_TABLE, file)
    assert not Municipality.objects.exists()
    assert not Region.objects.exists()
    return refusal.value.lines


def load_register() -> Plan:
    with REGISTER.open("rb") as file:
        return take_in(REGISTER_TABLE, file)


def test_register_holds_every_municipality_by_language_status() -> None:
    assert load_register().counts == {"new": 309, "untouched": 0}
    statuses = Counter(Municipality.objects.values_list("language_status", flat=True))
    assert statuses == {"fi": 260, "fi/sv": 18, "sv/fi": 15, "sv": 16}
    assert Region.objects.count() == 19
    assert not Municipality.objects.filter(latitude=None).exists()


@pytest.mark.parametrize(
    ("code", "sv", "fi"),
    [
        ("049", "esbo", "espoo"),
        ("491", "st-michel", "mikkeli"),
        ("202", "st-karins", "kaarina"),
        ("284", "koskis", "koski-tl"),
        ("508", "mantta-vilppula", "mantta-vilppula"),
        ("599", "pedersore", "pedersoren-kunta"),
        ("853", "abo", "turku"),
    ],
)
def test_register_makes_addresses_of_names(code: str, sv: str, fi: str) -> None:
    load_register()
    municipality = Municipality.objects.get(code=code)
    assert (municipality.slug_sv, municipality.slug_fi) == (sv, fi)


def test_register_has_no_numbered_address() -> None:
    load_register()
    assert not Municipality.objects.filter(slug_sv__regex=r"\d").exists()
    assert not Municipality.objects.filter(slug_fi__regex=r"\d").exists()


def test_second_import_changes_nothing(django_assert_max_num_queries) -> None:
    load_register()
    with django_assert_max_num_queries(6):
        assert load_register().counts == {"unchanged": 309, "untouched": 0}


def test_import_updates_by_code_and_deletes_nothing() -> None:
    take_in(REGISTER_TABLE, table(ESPOO, TURKU))
    esbo = Municipality.objects.get(code="049")
    plan = take_in(REGISTER_TABLE, table(ESPOO.replace("fi/sv", "sv/fi"), INKOO))
    assert plan.counts == {"new": 1, "changed": 1, "untouched": 1}
    esbo.refresh_from_db()
    assert esbo.language_status == "sv/fi"
    assert set(Municipality.objects.values_list("code", flat=True)) == {"049", "149", "853"}


def test_renamed_municipality_gets_the_address_of_its_new_name() -> None:
    take_in(REGISTER_TABLE, table(ESPOO))
    take_in(REGISTER_TABLE, table(ESPOO.replace("Esbo", "Stor-Esbo")))
    municipality = Municipality.objects.get()
    assert (municipality.slug_sv, municipality.slug_fi) == ("stor-esbo", "espoo")
    former = SlugHistory.objects.get()
    assert (former.object_id, former.language, former.slug) == (municipality.pk, "sv", "esbo")


def test_renamed_municipality_keeps_the_address_an_editor_chose() -> None:
    take_in(REGISTER_TABLE, table(ESPOO))
    Municipality.objects.update(slug_sv="esbo-stad")
    take_in(REGISTER_TABLE, table(ESPOO.replace("Esbo", "Stor-Esbo")))
    assert Municipality.objects.get().slug_sv == "esbo-stad"


def test_region_is_renamed_by_its_code() -> None:
    take_in(REGISTER_TABLE, table(ESPOO))
    take_in(REGISTER_TABLE, table(ESPOO.replace("Nyland", "Nya Nyland")))
    region = Region.objects.get()
    assert (region.code, region.name_sv, region.name_fi) == ("01", "Nya Nyland", "Uusimaa")


@pytest.mark.parametrize(
    "file",
    [
        f"{HEADER}\r\n{ESPOO}\r\n".encode("utf-8-sig"),
        f"{HEADER}\n{ESPOO}\n".replace(",", ";").encode(),
        f"{HEADER}\n{ESPOO}\n".replace(",", ";").replace("60.21", "60,21").encode(),
        f"{HEADER}\n{ESPOO}".replace(",", "\t").encode(),
        f"{HEADER}\r{ESPOO}\r".encode(),
        f"\n{HEADER.upper()},,\n,,,,,,,,,,\n{ESPOO},,\n\n".encode(),
        table(ESPOO.replace("60.21", " 60.2134 ").replace("Esbo", '"Esbo"')).getvalue(),
        table(ESPOO.replace("049", "49").replace(",01,", ",1,")).getvalue(),
        table(ESPOO.replace("Esbo", "Esbo\xa0")).getvalue(),
        table(backwards(ESPOO), header=backwards(HEADER)).getvalue(),
    ],
    ids=[
        "byte order mark and CRLF",
        "semicolons",
        "decimal commas",
        "tabs",
        "CR alone",
        "empty rows and columns",
        "quotes, spaces and four decimals",
        "zeros dropped",
        "no-break space",
        "columns in another order",
    ],
)
def test_file_as_spreadsheets_write_it_is_read(file: bytes) -> None:
    take_in(REGISTER_TABLE, BytesIO(file))
    municipality = Municipality.objects.select_related("region").get()
    assert (municipality.code, municipality.name_sv, municipality.name_fi) == (
        "049",
        "Esbo",
        "Espoo",
    )
    assert municipality.region.code == "01"
    assert municipality.latitude == Decimal("60.21")


def test_letters_in_two_parts_are_composed() -> None:
    take_in(REGISTER_TABLE, table(TURKU.replace("Åbo", "A\N{COMBINING RING ABOVE}bo")))
    assert Municipality.objects.get().name_sv == "Åbo"


def test_points_may_be_left_out_and_then_stay() -> None:
    take_in(REGISTER_TABLE, table(ESPOO))
    take_in(
        REGISTER_TABLE,
        table(ESPOO.rsplit(",", 2)[0].replace("fi/sv", "sv/fi"), header=HEADER.rsplit(",", 2)[0]),
    )
    municipality = Municipality.objects.get()
    assert municipality.language_status == "sv/fi"
    assert municipality.latitude == Decimal("60.21")


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        (ESPOO.replace("049", "4x9"), "Line 3 – code: “4x9” is no code of 3 digits."),
        (ESPOO.replace("049", "0049"), "Line 3 – code: “0049” is no code of 3 digits."),
        (ESPOO.replace("049", "०४९"), "Line 3 – code: “०४९” is no code of 3 digits."),
        (ESPOO.replace("049", "853"), "Line 3 – code: 853 stands on line 2 already."),
        (
            ESPOO.replace("Esbo", ""),
            "Line 3 – name_sv: the name is missing; the two names may be equal.",
        ),
        (ESPOO.replace("Espoo", "E" * 81), "Line 3 – name_fi: the name is longer than 80 signs."),
        (ESPOO.replace("Espoo", "=1+1"), "Line 3 – name_fi: “=1+1” is no name."),
        (ESPOO.replace("Espoo", "Эспоо"), "Line 3 – name_fi: “Эспоо” is no name."),
        (
            ESPOO.replace("Esbo", '"Es\nbo"'),
            "Line 3 – name_sv: the cell holds a line break or an invisible sign.",
        ),
        (
            ESPOO.replace("fi/sv", "svenska"),
            "Line 3 – languages: “svenska” is no language status; they are fi, sv, fi/sv, sv/fi.",
        ),
        (
            ESPOO.replace("60.21", "24.66").replace(",24.66\n", ",60.21\n"),
            "Line 3 – lat: 24.66 lies outside Finland (59–71 degrees).",
        ),
        (
            ESPOO.replace("24.66", "124.66"),
            "Line 3 – lon: 124.66 lies outside Finland (19–32 degrees).",
        ),
        (
            ESPOO.replace("60.21", "NaN"),
            "Line 3 – lat: “NaN” is no number of degrees, such as 60.17.",
        ),
        (ESPOO.replace("24.66", ""), "Line 3 – lon: give both coordinates or neither."),
        (ESPOO.replace("60.21", "60,21"), "Line 3 – the row has more cells than there are heading"),
        (ESPOO + ",extra", "Line 3 – the row has more cells than there are headings."),
        (
            ESPOO.replace(",01,", ",02,"),
            "Line 3 – region_sv: region 02 is called “Egentliga Finland” on line 2.",
        ),
        (
            ESPOO.replace("Esbo", "Abo"),
            "Line 3 – name_sv: “Abo” would get the address of municipality 853.",
        ),
        (
            ESPOO.replace("Espoo", "Åbo"),
            "Line 3 – name_fi: “Åbo” would get the address of municipality 853.",
        ),
        (
            ESPOO.replace("049", "x" * 200),
            f"Line 3 – code: “{'x' * 40}…” is no code of 3 digits.",
        ),
    ],
)
def test_bad_row_is_named_by_line_and_column(bad: str, line: str) -> None:
    (found,) = lines_of(table(TURKU, bad, INKOO))
    assert found.startswith(line)


def test_every_bad_row_has_one_line() -> None:
    bad = ESPOO.replace("049", "").replace("fi/sv", "?").replace("60.21", "0")
    assert lines_of(table(bad, TURKU, "", INKOO.replace("Ingå", ""))) == [
        "Line 2 – code: “” is no code of 3 digits. – languages: “?” is no language status; they "
        "are fi, sv, fi/sv, sv/fi. – lat: 0 lies outside Finland (59–71 degrees).",
        "Line 5 – name_sv: the name is missing; the two names may be equal.",
    ]


def test_row_after_a_cell_of_two_lines_has_its_own_number() -> None:
    lines = lines_of(table(ESPOO.replace("Esbo", '"Es\nbo"'), TURKU.replace("853", "x")))
    assert [line[:6] for line in lines] == ["Line 2", "Line 4"]


def test_address_held_by_a_municipality_that_is_not_in_the_file_is_refused() -> None:
    take_in(REGISTER_TABLE, table(ESPOO))
    with pytest.raises(Refused, match="“Esbo” would get the address of municipality 049"):
        take_in(REGISTER_TABLE, table(INKOO.replace("Ingå", "Esbo")))
    assert Municipality.objects.count() == 1


def test_bad_row_leaves_what_was_there() -> None:
    take_in(REGISTER_TABLE, table(ESPOO))
    bad = TURKU.replace("fi/sv", "")
    with pytest.raises(Refused):
        take_in(REGISTER_TABLE, table(ESPOO.replace("Esbo", "Stor-Esbo"), bad))
    assert Municipality.objects.get().name_sv == "Esbo"


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n ; ;\r\n", "The file is empty."),
        (HEADER.encode(), "The file has headings but no rows."),
        (b"x" * (SIZE_LIMIT + 1), "The file is larger than 5 MB."),
        (
            (HEADER + f"\n{ESPOO}" * (ROW_LIMIT + 1)).encode(),
            f"The file has more than {ROW_LIMIT} rows.",
        ),
        (b"PK\x03\x04\0\0", "The workbook cannot be read. Save the sheet as “CSV UTF-8” in Excel."),
        (
            f"{HEADER}\n{ESPOO}".encode("utf-16"),
            "The file holds null bytes, so it is no text. Save it as “CSV UTF-8” in Excel.",
        ),
        (
            f"{HEADER}\n{ESPOO}\n{TURKU}".encode("latin-1"),
            "Line 3 is not UTF-8. Save the file as “CSV UTF-8” in Excel.",
        ),
        (
            f'{HEADER}\n{ESPOO}\n"{TURKU}'.encode(),
            "Line 3 cannot be read: a quotation mark is missing or one too many, or a cell is far "
            "too long.",
        ),
        (
            f"{HEADER}\n{'x' * 200_000}".encode(),
            "Line 2 cannot be read: a quotation mark is missing or one too many, or a cell is far "
            "too long.",
        ),
        (
            f"{HEADER}\n{ESPOO}".replace("languages", "språken").encode(),
            "Line 1 – there is no column “språken”. – these columns are missing: "
            "languages / språk / kielet.",
        ),
        (
            f"{HEADER}\n{ESPOO}".replace("name_sv", "name_fi").encode(),
            "Line 1 – the column “name_fi” is there twice. – these columns are missing: "
            "name_sv / svenskt namn / ruotsinkielinen nimi.",
        ),
        (
            f"{HEADER}\n{ESPOO}".replace("lat", "").encode(),
            "Line 1 – column 8 has no heading.",
        ),
    ],
    ids=[
        "no bytes",
        "nothing but separators",
        "headings only",
        "too large",
        "too many rows",
        "workbook",
        "UTF-16",
        "Latin-1",
        "open quotation mark",
        "endless cell",
        "unknown heading",
        "heading twice",
        "heading empty",
    ],
)
def test_file_that_cannot_be_read_says_why(file: bytes, line: str) -> None:
    assert lines_of(BytesIO(file)) == [line]


def test_message_is_not_a_way_to_the_terminal() -> None:
    (line,) = lines_of(table(ESPOO.replace("fi/sv", "\x1b[2J")))
    assert "\x1b" not in line


def test_database_refuses_points_outside_the_bounds_of_the_import() -> None:
    from municipalities import register

    constraint = next(
        one
        for one in Municipality._meta.constraints
        if one.name == "municipality_point_lies_in_finland"
    )
    condition = str(constraint.condition)
    assert f"('latitude__range', {register.LATITUDES})" in condition
    assert f"('longitude__range', {register.LONGITUDES})" in condition


def test_command_imports_the_register_of_the_portal() -> None:
    out = StringIO()
    call_command("import_municipalities", stdout=out)
    assert out.getvalue() == (
        "309 new, 0 changed, 0 removed, 0 unchanged, 0 not in the file and left as they were.\n"
    )


def test_command_names_bad_rows_and_imports_nothing(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(table(TURKU, ESPOO.replace("049", "x")).getvalue())
    with pytest.raises(CommandError) as refusal:
        call_command("import_municipalities", file)
    assert str(refusal.value) == (
        "Line 3 – code: “x” is no code of 3 digits.\nNothing was imported."
    )
    assert not Municipality.objects.exists()


@pytest.mark.parametrize("name", ["", "missing.csv"], ids=["folder", "no file"])
def test_command_says_that_a_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_municipalities", tmp_path / name)
