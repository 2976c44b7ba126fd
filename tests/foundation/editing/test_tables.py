"""Tables of staff: out as CSV and Excel, in after a dry run that shows each row's change."""

import io
import zipfile
from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from foundation.editing import workbooks
from foundation.editing.table_exchange import as_csv, as_workbook, dry_run, take_in
from foundation.editing.table_import import Refused
from municipalities.models import Municipality
from municipalities.register import REGISTER_TABLE
from projects.models import Contact, Participation, Workshop
from projects.participations import PARTICIPATION_TABLE
from projects.tables import CONTACT_TABLE, WORKSHOP_TABLE
from tests import factories
from tests.html_document import Document

pytestmark = pytest.mark.django_db

KINDS = {
    "contact": CONTACT_TABLE,
    "workshop": WORKSHOP_TABLE,
    "municipality": REGISTER_TABLE,
    "participation": PARTICIPATION_TABLE,
}
each_kind = pytest.mark.parametrize("kind", KINDS)


def url(kind: str, view: str) -> str:
    app = "municipalities" if kind == "municipality" else "projects"
    return reverse(f"admin:{app}_{kind}_{view}")


def rows_of_every_kind() -> None:
    project = factories.make_project()
    theme, municipality = factories.make_theme(), factories.make_municipality()
    for _number in range(2):
        factories.make_contact(employer=factories.make_organisation())
        factories.make_workshop(
            theme=theme,
            series=factories.make_series(),
            level="municipality",
            municipalities=[municipality],
        )
    factories.make_participation(project=project, municipality=municipality)
    actor = factories.make_regional_actor()
    factories.make_participation(project=project, regional_actor=actor, end=None)


def csv(*lines: str) -> io.BytesIO:
    return io.BytesIO("\r\n".join(lines).encode("utf-8-sig"))


@pytest.fixture
def editor(client):
    client.force_login(factories.make_user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("write", [as_csv, as_workbook])
@pytest.mark.parametrize("language", ["sv", "fi"])
@each_kind
def test_table_that_comes_back_as_it_went_out_changes_nothing(kind, language, write):
    rows_of_every_kind()
    with override(language):
        plan = dry_run(KINDS[kind], io.BytesIO(write(KINDS[kind])))
    assert plan.changes
    assert {one.verb for one in plan.changes} == {"unchanged"}
    assert [one.line for one in plan.changes] == list(range(2, len(plan.changes) + 2))


def test_dry_run_shows_each_change_and_stores_nothing():
    known = factories.make_contact(name="Eeva Ström")
    file = csv(
        "nummer;namn;titel på svenska;visas till",
        f"{known.pk};Eeva Ström;Chef;31.12.2030",
        ";Ny Person;Planerare;",
    )
    plan = dry_run(CONTACT_TABLE, file)
    changed, new = plan.changes
    assert (changed.line, changed.verb, changed.about) == (2, "changed", "Eeva Ström")
    assert [(c.heading, c.before, c.after) for c in changed.cells] == [
        ("titel på svenska", "Sakkunnig", "Chef"),
        ("visas till", "", "31.12.2030"),
    ]
    assert (new.line, new.verb, new.about) == (3, "new", "Ny Person")
    assert Contact.objects.get().title_sv == "Sakkunnig"


def test_contacts_are_changed_and_made():
    known = factories.make_contact(name="Eeva Ström")
    employer = factories.make_organisation(name_fi="Suomen Kuntaliitto")
    file = io.BytesIO(
        csv(
            "numero;nimi;vastuualueet suomeksi;työnantaja;palvelukieli;puhelin",
            f"{known.pk};Eeva Ström;kunta | hyvinvointi;SUOMEN kuntaliitto;suomi;+358 9 7711",
        ).getvalue()
    )
    plan = dry_run(CONTACT_TABLE, file)
    file.seek(0)
    take_in(CONTACT_TABLE, file, agreed=plan.digest)
    known.refresh_from_db()
    assert known.responsibilities_fi == "kunta\nhyvinvointi"
    assert (known.employer, known.service_languages) == (employer, "fi")
    assert known.phone == "+358 9 7711"
    assert known.title_sv == "Sakkunnig", "a column that the table lacks is left alone"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";Eeva Ström;;", "namn: det finns redan en kontakt med det namnet: ange numret."),
        ("99999;X;;", "nummer: det finns ingen rad med numret 99999."),
        ("x;X;;", "nummer: ”x” är inget heltal."),
        (";;;", None),
        (";Y;inte-en-adress;", "e-post: "),
        (";Y;;31.2.2030", "visas till: "),
    ],
)
def test_faulty_row_is_refused_with_its_line_and_reason(line, reason):
    factories.make_contact(name="Eeva Ström")
    file = csv("nummer;namn;e-post;visas till", ";Bra Person;;", line)
    if reason is None:  # a row without content is no row
        assert len(dry_run(CONTACT_TABLE, file).changes) == 1
        return
    with pytest.raises(Refused) as refusal:
        dry_run(CONTACT_TABLE, file)
    (told,) = refusal.value.lines
    assert told.startswith(f"Rad 3 – {reason}")
    assert Contact.objects.count() == 1


def test_same_number_on_two_lines_is_refused():
    known = factories.make_contact()
    with pytest.raises(Refused, match="rad 2"):
        dry_run(CONTACT_TABLE, csv("nummer;telefon", f"{known.pk};1", f"{known.pk};2"))


def test_new_workshop_is_a_draft_and_dates_times_and_words_are_read():
    factories.make_municipality()
    file = csv(
        "rubrik på svenska;dag;börjar;slutar;nivå;kommuner;läge",
        "Ny verkstad;2030-01-02;9.00;12:30;För en kommun;Esbo;bekräftad",
    )
    plan = dry_run(WORKSHOP_TABLE, file)
    file.seek(0)
    take_in(WORKSHOP_TABLE, file, agreed=plan.digest)
    workshop = Workshop.objects.get()
    assert (workshop.decision, workshop.status) == ("draft", "confirmed")
    assert (workshop.day, workshop.last_day) == (date(2030, 1, 2), date(2030, 1, 2))
    assert (workshop.start_time, workshop.end_time) == (time(9), time(12, 30))
    assert [one.code for one in workshop.municipalities.all()] == ["049"]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("X;2030-01-02;9.00;;regional;", "Rad 2"),
        ("X;2030-01-02;12.00;9.00;regional;", "Rad 2"),
        ("X;;;;regional;", "Rad 2 – dag: "),
        ("X;2030-01-02;;;För en kommun;", "Rad 2 – kommuner: "),
        ("X;2030-01-02;25.00;;regional;", "Rad 2 – börjar: "),
        ("X;2030-01-02;;;överallt;", "Rad 2 – nivå: "),
        ("X;2030-01-02;;;regional;Ingenstans", "Rad 2 – kommuner: "),
    ],
)
def test_workshop_that_breaks_a_rule_is_refused(line, heading):
    file = csv("rubrik på svenska;dag;börjar;slutar;nivå;kommuner", line)
    with pytest.raises(Refused) as refusal:
        dry_run(WORKSHOP_TABLE, file)
    assert refusal.value.lines[0].startswith(heading)


def test_public_workshop_keeps_the_rules_of_what_is_public():
    workshop = factories.make_workshop()
    file = csv("nummer;ingress på finska", f"{workshop.pk};")
    with pytest.raises(Refused, match="ingress på finska"):
        dry_run(WORKSHOP_TABLE, file)


def test_participations_show_what_is_replaced_and_that_examples_go():
    project = factories.make_project()
    esbo, helsinki = factories.make_municipality(), factories.make_municipality()
    factories.make_participation(project=project, municipality=esbo, is_example=True)
    factories.make_participation(project=project, municipality=helsinki)
    file = csv("kod;från;till", "091;1.9.2017;31.12.2018", "049;1.1.2018;")
    plan = dry_run(PARTICIPATION_TABLE, file)
    assert [(one.line, one.about, one.verb) for one in plan.changes] == [
        (2, "Helsingfors", "new"),
        (3, "Esbo", "new"),
        (None, "Esbo", "removed"),
        (None, "Helsingfors", "removed"),
    ]
    assert Participation.objects.filter(is_example=True).exists()
    file.seek(0)
    take_in(PARTICIPATION_TABLE, file, agreed=plan.digest)
    assert not Participation.objects.filter(is_example=True).exists()


def test_register_shows_the_new_name_of_a_municipality():
    factories.make_municipality()
    text = as_csv(REGISTER_TABLE).decode("utf-8-sig").replace("Esbo", "Nya Esbo")
    plan = dry_run(REGISTER_TABLE, csv(*text.splitlines()))
    (change,) = plan.changes
    assert (change.line, change.verb) == (2, "changed")
    assert [(c.before, c.after) for c in change.cells] == [("Esbo", "Nya Esbo")]
    assert Municipality.objects.get().name_sv == "Esbo"


def test_cells_of_a_table_are_no_formulas():
    factories.make_contact(name='=HYPERLINK("x")', phone="+358 9 7711")
    assert "'=HYPERLINK" in as_csv(CONTACT_TABLE).decode()
    sheet = load_workbook(io.BytesIO(as_workbook(CONTACT_TABLE))).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert [cell.value for cell in sheet[2]][1] == '=HYPERLINK("x")'


def test_days_times_and_numbers_of_a_workbook_are_read_as_typed():
    book = Workbook()
    book.active.append(["rubrik på svenska", "dag", "börjar", "slutar", "antal deltagare"])
    book.active.append(["Ny", date(2030, 1, 2), time(9), time(12), 26.0])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    cells = {one.heading: one.after for one in dry_run(WORKSHOP_TABLE, file).changes[0].cells}
    assert (cells["dag"], cells["börjar"]) == ("2.1.2030", "09:00")
    assert cells["antal deltagare"] == "26"


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        zipped(a=b"x"),
        zipped(a=b"\0" * (workbooks.UNPACKED_LIMIT + 1)),
        zipped(**{str(number): b"" for number in range(workbooks.PARTS_LIMIT + 1)}),
    ],
    ids=["cut", "no-workbook", "bomb", "many-parts"],
)
def test_workbook_that_is_none_is_refused(data):
    with pytest.raises(Refused, match="Arbetsboken kan inte läsas"):
        dry_run(CONTACT_TABLE, io.BytesIO(data))


def test_workbook_of_endless_rows_is_refused():
    book = Workbook()
    book.active.append(["namn"])
    book.active.cell(workbooks.LINES_LIMIT + 1, 1, "X")
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    with pytest.raises(Refused, match="Arbetsboken kan inte läsas"):
        dry_run(CONTACT_TABLE, file)


def upload(client, kind: str, data: bytes):
    file = SimpleUploadedFile("tabell.csv", data)
    return client.post(url(kind, "import"), {"file": file})


def hidden(response) -> dict[str, str]:
    page = Document(response.content.decode())
    fields = {
        one.attributes["name"]: one.attributes["value"] for one in page.all("input", type="hidden")
    }
    return {name: fields[name] for name in ("agreed", "table")}


def test_page_goes_from_file_to_dry_run_to_done(editor):
    factories.make_contact(name="Eeva Ström")
    assert editor.get(url("contact", "import")).status_code == 200
    shown = upload(editor, "contact", csv("namn;telefon", "<b>Ny</b>;09 7711").getvalue())
    assert shown.status_code == 200
    assert "&lt;b&gt;Ny&lt;/b&gt;" in shown.content.decode()
    assert Contact.objects.count() == 1
    done = editor.post(url("contact", "import"), hidden(shown), follow=True)
    assert "Tabellen är inläst: 1 rad ändrades." in done.content.decode()
    new = Contact.objects.get(name="<b>Ny</b>")
    assert LogEntry.objects.get().object_id == str(new.pk)


def test_rows_changed_meanwhile_are_shown_again_before_anything_is_stored(editor):
    known = factories.make_contact(name="Eeva Ström")
    shown = upload(editor, "contact", csv("nummer;telefon", f"{known.pk};1").getvalue())
    Contact.objects.update(phone="2")
    again = editor.post(url("contact", "import"), hidden(shown))
    assert "Någon har ändrat raderna under tiden." in again.content.decode()
    assert Contact.objects.get().phone == "2"
    editor.post(url("contact", "import"), hidden(again))
    assert Contact.objects.get().phone == "1"


def test_faulty_table_is_told_line_by_line(editor):
    response = upload(editor, "contact", csv("nummer;namn", "99;X").getvalue())
    assert response.status_code == 400
    assert "Rad 2 – nummer: det finns ingen rad med numret 99." in response.content.decode()


@pytest.mark.parametrize("table", ["%%%", "ö"])
def test_confirmation_that_holds_no_table_is_a_bad_request(editor, table):
    response = editor.post(url("contact", "import"), {"agreed": "x", "table": table})
    assert response.status_code == 400


@each_kind
def test_table_is_for_those_with_the_right_to(kind, client):
    rows_of_every_kind()
    user = factories.make_user(is_staff=True)
    client.force_login(user)
    for view in ("export_csv", "export_xlsx", "import"):
        assert client.get(url(kind, view)).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename=f"view_{kind}"))
    assert client.get(url(kind, "export_csv")).status_code == 403
    assert url(kind, "export_csv") not in client.get(url(kind, "changelist")).content.decode()
    user.user_permissions.add(Permission.objects.get(codename="exchange_tables"))
    assert client.get(url(kind, "export_csv")).status_code == 200
    assert client.get(url(kind, "export_xlsx")).status_code == 200
    assert client.get(url(kind, "import")).status_code == 403
    assert upload(client, kind, as_csv(KINDS[kind])).status_code == 403
    assert url(kind, "import") not in client.get(url(kind, "changelist")).content.decode()
    for right in KINDS[kind].rights:
        assert client.get(url(kind, "import")).status_code == 403
        codename = right.partition(".")[2]
        user.user_permissions.add(Permission.objects.get(codename=codename))
    assert client.get(url(kind, "import")).status_code == 200
    assert url(kind, "import") in client.get(url(kind, "changelist")).content.decode()


@each_kind
def test_export_is_not_answered_to_a_post(kind, editor):
    assert editor.post(url(kind, "export_csv")).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
@each_kind
def test_table_is_written_with_as_many_queries_for_three_rows(
    kind, count, django_assert_max_num_queries
):
    rows_of_every_kind()
    project, theme = Participation.objects.first().project, factories.make_theme()
    for _number in range(count):
        municipality = factories.make_municipality()
        factories.make_contact(employer=factories.make_organisation())
        factories.make_workshop(theme=theme, municipalities=[municipality])
        factories.make_participation(project=project, municipality=municipality)
    with django_assert_max_num_queries(3):
        as_csv(KINDS[kind])
