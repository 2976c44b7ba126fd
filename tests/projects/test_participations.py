"""Who takes part comes from the client's CSV file; until then an example network stands in."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from foundation.editing.table_exchange import Plan, take_in
from foundation.editing.table_import import Refused
from municipalities.models import Municipality, RegionalActor
from municipalities.register import REGISTER, REGISTER_TABLE
from projects.example_network import (
    ARTTU2_IN_DEPTH,
    KUOPIO,
    example_municipalities,
    load_example_network,
)
from projects.models import Participation, Project
from projects.participations import PARTICIPATION_TABLE
from tests.factories import (
    make_municipality,
    make_participation,
    make_project,
    make_region,
    make_regional_actor,
)

HEADER = "kod;namn;aktör;toimija;landskap;från;till"
ESBO = "049;Esbo;;;;1.9.2017;31.12.2019"
ABO = "853;;;;;2017-07-01;"
NYLAND = ";;Nylands förbund;Uudenmaan liitto;Nyland;1.7.2017;31.12.2019"

# By the rule of the product: one for each region of the mainland, then eight bilingual ones.
EXAMPLE_CODES = [
    *("005", "009", "016", "018", "019", "020", "046", "047", "049", "050", "061", "074", "075"),
    *("077", "078", "090", "091", "092", "105", "140", "149", "153", "231", "235", "257", "272"),
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the messages as they stand in the source."""
    with override("en"):
        yield


@pytest.fixture
def project() -> Project:
    """The project, beside Esbo, Helsingfors and Åbo."""
    for _number in range(3):
        make_municipality()
    return make_project()


@pytest.fixture
def project_with_register() -> Project:
    """The project, beside the whole register."""
    with REGISTER.open("rb") as file:
        take_in(REGISTER_TABLE, file)
    return make_project()


def table(*rows: str, header: str = HEADER) -> BytesIO:
    return BytesIO("\r\n".join([header, *rows, ""]).encode("utf-8-sig"))


def bring(*rows: str, header: str = HEADER) -> Plan:
    """Take in a table of these rows."""
    return take_in(PARTICIPATION_TABLE, table(*rows, header=header))


def stored() -> set[tuple[str, date, date | None]]:
    return {(str(one), one.start, one.end) for one in Participation.objects.all()}


def test_import_stores_municipalities_and_regional_actors(project: Project) -> None:
    assert bring(ESBO, ABO, NYLAND).counts == {"new": 3, "untouched": 0}
    assert stored() == {
        ("Esbo", date(2017, 9, 1), date(2019, 12, 31)),
        ("Åbo", date(2017, 7, 1), None),
        ("Nylands förbund", date(2017, 7, 1), date(2019, 12, 31)),
    }
    assert not Participation.objects.filter(is_example=True).exists()
    actor = RegionalActor.objects.get()
    assert (actor.name_fi, actor.region.code) == ("Uudenmaan liitto", "01")
    assert (actor.slug_sv, actor.slug_fi) == ("nylands-forbund", "uudenmaan-liitto")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("code,from,until", "049,2017-09-01,2019-12-31"),
        ("koodi;nimi;alkaen;asti", "49;espoo;1.9.2017;31.12.2019"),
        ("Kuntanumero;Kunta;Maakunta;Alkaen;Asti", "049;Espoo;Uusimaa;01.09.2017;31.12.2019"),
        ("Kommun;Landskap;Från;Till", "ESBO;1;1.9.2017;31.12.2019"),
    ],
)
def test_headings_are_english_swedish_or_finnish(project: Project, header: str, row: str) -> None:
    bring(row, header=header)
    assert stored() == {("Esbo", date(2017, 9, 1), date(2019, 12, 31))}


def test_second_import_changes_nothing(project: Project) -> None:
    bring(ESBO, ABO, NYLAND)
    before = set(Participation.objects.values_list("pk", flat=True))
    assert bring(ESBO, ABO, NYLAND).counts == {"unchanged": 3, "untouched": 0}
    assert set(Participation.objects.values_list("pk", flat=True)) == before


def test_corrected_days_replace_the_earlier_ones(project: Project) -> None:
    bring(ESBO, ABO)
    plan = bring("049;Esbo;;;;1.7.2017;31.12.2017", "049;Esbo;;;;1.7.2018;30.6.2019")
    assert plan.counts == {"new": 2, "removed": 1, "untouched": 1}
    assert stored() == {
        ("Esbo", date(2017, 7, 1), date(2017, 12, 31)),
        ("Esbo", date(2018, 7, 1), date(2019, 6, 30)),
        ("Åbo", date(2017, 7, 1), None),
    }


def test_known_actor_is_found_by_either_name(project: Project) -> None:
    actor = make_regional_actor(name_sv="Nylands förbund", name_fi="Uudenmaan liitto")
    bring(
        ";;nylands förbund;;;1.7.2017;31.12.2017",
        ";;;Uudenmaan liitto;;1.1.2018;",
    )
    assert RegionalActor.objects.get() == actor
    assert actor.participations.count() == 2


def test_new_actor_is_created_once_for_two_rows(project: Project) -> None:
    bring(NYLAND.replace("31.12.2019", "31.12.2017"), ";;Nylands förbund;;;1.1.2018;31.12.2019")
    assert RegionalActor.objects.get().participations.count() == 2


def test_import_removes_the_example_network(project_with_register: Project) -> None:
    load_example_network(project_with_register)
    plan = bring(ESBO)
    assert plan.counts == {"new": 1, "removed": 28, "untouched": 0}
    assert stored() == {("Esbo", date(2017, 9, 1), date(2019, 12, 31))}


def test_bad_row_leaves_the_example_network(project_with_register: Project) -> None:
    load_example_network(project_with_register)
    with pytest.raises(Refused):
        bring(ESBO, "998;;;;;1.7.2017;")
    assert Participation.objects.filter(is_example=True).count() == 28
    assert Participation.objects.count() == 28


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ("998;;;;;1.7.2017;", "kod: there is no municipality 998 in the register."),
        ("Esbo;;;;;1.7.2017;", "kod: “Esbo” is no code of 3 digits."),
        (";Ebso;;;;1.7.2017;", "namn: there is no municipality “Ebso” in the register."),
        ("049;Åbo;;;;1.7.2017;", "namn: municipality 049 is called Esbo, not “Åbo”."),
        (";;;;;1.7.2017;", "name either a municipality or a regional actor."),
        (
            "049;;Nylands förbund;;;1.7.2017;",
            "name either a municipality or a regional actor.",
        ),
        (
            ";;Nylands förbund;;Nyland;1.7.2017;",
            "the portal does not know this regional actor: give its Swedish name, its Finnish name "
            "and its region, and it is added.",
        ),
        (
            ";;Nylands förbund;Uudenmaan liitto;;1.7.2017;",
            "the portal does not know this regional actor: give its Swedish name, its Finnish name "
            "and its region, and it is added.",
        ),
        (
            ";;Nylands förbund;Uudenmaan liitto;Savonia;1.7.2017;",
            "landskap: there is no region “Savonia”.",
        ),
        (";;Nylands förbund;=1+1;Nyland;1.7.2017;", "toimija: “=1+1” is no name."),
        (
            f";;{'N' * 121};Uudenmaan liitto;Nyland;1.7.2017;",
            "aktör: the name is longer than 120 signs.",
        ),
        (
            ";;Birkalands förbund;Hämeen liitto;;1.7.2017;",
            "toimija: the portal knows this actor as “Pirkanmaan liitto”.",
        ),
        (
            ";;Birkalands förbund;;Nyland;1.7.2017;",
            "landskap: Birkalands förbund is not in the region Nyland.",
        ),
        (
            "049;;;;Birkaland;1.7.2017;",
            "landskap: Esbo is not in the region Birkaland.",
        ),
        ("049;;;;;;", "från: “” is no date; write it 11.10.2018 or 2018-10-11."),
        ("049;;;;;1.7.17;", "från: “1.7.17” is no date; write it 11.10.2018 or 2018-10-11."),
        ("049;;;;;7/1/2017;", "från: “7/1/2017” is no date; write it 11.10.2018 or 2018-10-11."),
        ("049;;;;;31.6.2018;", "från: there is no day 31.6.2018."),
        ("049;;;;;2018-02-30;", "från: there is no day 2018-02-30."),
        ("049;;;;;1.7.2071;", "från: the project runs from 1.7.2017 to 31.12.2019."),
        ("049;;;;;1.7.2017;1.1.2020", "till: the project runs from 1.7.2017 to 31.12.2019."),
        ("049;;;;;1.7.2018;30.6.2018", "till: the last day is before the first."),
        ("853;;;;;1.1.2018;", "Åbo takes part during these days already, on line 2."),
        ("049;;;;;1.7.2017;;extra", "the row has more cells than there are headings."),
    ],
)
def test_bad_row_is_named_by_line_and_column(project: Project, bad: str, line: str) -> None:
    region = make_region(code="06", name_sv="Birkaland", name_fi="Pirkanmaa")
    make_regional_actor(name_sv="Birkalands förbund", name_fi="Pirkanmaan liitto", region=region)
    with pytest.raises(Refused) as refusal:
        bring(ABO, bad, NYLAND)
    assert refusal.value.lines == [f"Line 3 – {line}"]
    assert not Participation.objects.exists()
    assert RegionalActor.objects.count() == 1


def test_name_of_two_municipalities_needs_the_code(project: Project) -> None:
    Municipality.objects.filter(code="091").update(name_fi="Esbo")
    with pytest.raises(Refused, match="several municipalities are called “Esbo”: give the code"):
        bring(";Esbo;;;;1.7.2017;")
    bring(ESBO)
    assert Participation.objects.get().municipality.code == "049"


def test_every_bad_row_has_one_line(project: Project) -> None:
    with pytest.raises(Refused) as refusal:
        bring("998;;;;;x;", ESBO, ";;;;;1.7.2017;")
    assert refusal.value.lines == [
        "Line 2 – kod: there is no municipality 998 in the register. – från: “x” is no date; "
        "write it 11.10.2018 or 2018-10-11.",
        "Line 4 – name either a municipality or a regional actor.",
    ]


def test_overlap_is_found_past_a_shorter_row(project: Project) -> None:
    rows = ["049;;;;;1.7.2017;31.12.2019", "049;;;;;1.1.2018;1.2.2018", "049;;;;;1.6.2018;"]
    with pytest.raises(Refused) as refusal:
        bring(*rows)
    assert refusal.value.lines == [
        "Line 3 – Esbo takes part during these days already, on line 2.",
        "Line 4 – Esbo takes part during these days already, on line 2.",
    ]


def test_missing_column_is_named_by_its_possible_headings(project: Project) -> None:
    with pytest.raises(Refused) as refusal:
        bring("049;x", header="kod;början")
    assert refusal.value.lines == [
        "Line 1 – there is no column “början”. – these columns are missing: from / från / alkaen."
    ]


def test_command_says_what_it_did(project_with_register: Project, tmp_path: Path) -> None:
    load_example_network(project_with_register)
    file = tmp_path / "deltagande.csv"
    new = ";;Birkalands förbund;Pirkanmaan liitto;Birkaland;1.7.2017;"
    file.write_bytes(table(ESBO, new).getvalue())
    out = StringIO()
    call_command("import_participations", file, stdout=out)
    *removed, told = out.getvalue().splitlines()
    assert len(removed) == 28
    assert "Nylands förbund: Is removed" in removed
    assert told == (
        "2 new, 0 changed, 28 removed, 0 unchanged, 0 not in the file and left as they were."
    )
    file.write_bytes(table(ESBO).getvalue())
    out = StringIO()
    call_command("import_participations", file, stdout=out)
    assert out.getvalue() == (
        "0 new, 0 changed, 0 removed, 1 unchanged, 1 not in the file and left as they were.\n"
    )


def test_command_names_bad_rows_and_imports_nothing(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "deltagande.csv"
    file.write_bytes(table(ESBO, "998;;;;;1.7.2017;").getvalue())
    with pytest.raises(CommandError) as refusal:
        call_command("import_participations", file)
    assert str(refusal.value) == (
        "Line 3 – kod: there is no municipality 998 in the register.\nNothing was imported."
    )
    assert not Participation.objects.exists()


def test_command_says_that_a_file_cannot_be_read(project: Project, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_participations", tmp_path / "missing.csv")


def test_command_needs_a_project(tmp_path: Path) -> None:
    file = tmp_path / "deltagande.csv"
    file.write_bytes(table(ESBO).getvalue())
    with pytest.raises(CommandError, match="There is no project yet"):
        call_command("import_participations", file)


def test_example_network_is_chosen_by_rule(project_with_register: Project) -> None:
    chosen = example_municipalities()
    assert [municipality.code for municipality in chosen] == EXAMPLE_CODES
    assert len({municipality.region_id for municipality in chosen}) == 18
    assert not {KUOPIO, *ARTTU2_IN_DEPTH} & {municipality.code for municipality in chosen}


def test_skipped_codes_are_kuopio_and_the_six_of_arttu2(project_with_register: Project) -> None:
    skipped = Municipality.objects.filter(code__in=(KUOPIO, *ARTTU2_IN_DEPTH))
    assert set(skipped.values_list("name_fi", flat=True)) == {
        *("Kuopio", "Hollola", "Mikkeli", "Sipoo", "Säkylä", "Tampere", "Turku")
    }


def test_example_network_is_stored_as_example_data(project_with_register: Project) -> None:
    assert load_example_network(project_with_register) == 28
    participations = project_with_register.participations
    assert participations.of_municipalities().count() == 26
    actors = participations.of_regional_actors().values_list(
        "regional_actor__name_sv", "regional_actor__name_fi", "regional_actor__region__name_sv"
    )
    assert set(actors) == {
        ("Nylands förbund", "Uudenmaan liitto", "Nyland"),
        ("Österbottens förbund", "Pohjanmaan liitto", "Österbotten"),
    }
    assert set(participations.values_list("is_example", "start", "end")) == {
        (True, date(2017, 7, 1), date(2019, 12, 31))
    }


def test_example_network_loads_twice_without_change(project_with_register: Project) -> None:
    load_example_network(project_with_register)
    before = set(Participation.objects.values_list("pk", flat=True))
    assert load_example_network(project_with_register) == 28
    assert set(Participation.objects.values_list("pk", flat=True)) == before
    assert RegionalActor.objects.count() == 2


def test_example_network_follows_the_years_of_the_project(project_with_register: Project) -> None:
    load_example_network(project_with_register)
    Project.objects.update(last_half=1)
    load_example_network(Project.objects.get())
    assert set(Participation.objects.values_list("end", flat=True)) == {date(2019, 6, 30)}


def test_example_network_never_stands_beside_real_parties(project_with_register: Project) -> None:
    make_participation(
        project=project_with_register, municipality=Municipality.objects.get(code="049")
    )
    assert load_example_network(project_with_register) == 0
    assert not Participation.objects.filter(is_example=True).exists()


def test_example_network_needs_the_register(project: Project) -> None:
    with pytest.raises(LookupError, match="Import the register of municipalities first"):
        load_example_network(project)
    assert not Participation.objects.exists()
