"""Forms of the admin in real browsers: two editors at once, and nothing that is typed gets lost."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from checks.conftest import ADDRESS, until
from checks.editors import KEPT
from checks.test_accessibility import looked_at

# What the browser itself says of a connection that the test has cut.
OF_THE_CUT = re.compile("Failed to load resource|ERR_INTERNET_DISCONNECTED")
OPEN = "#open-elsewhere"
OFFER = "#draft-offer"
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{margin:0}</style>
</head><body><!--StartFragment--><h1 style='mso-x:1'>Rubrik<o:p></o:p></h1>
<p class=MsoNormal style='margin:0cm'><b style='mso-bidi-font-weight:normal'>Fet</b> text i
<st1:place w:st="on">Esbo</st1:place>.<span class=MsoCommentReference><a href="#_msocom_1">[A1]</a>
</span></p><p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Ett</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>Under</p><p class=MsoListParagraph
style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.</span>
<![endif]>Först</p><div style='mso-element:comment-list'><p>Kommentar</p></div><!--EndFragment-->
</body></html>"""
PASTE = """(html) => {
  const data = new DataTransfer()
  data.setData("text/html", html)
  document.querySelector(".ProseMirror").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


def cookie(who: str) -> Any:
    value = json.loads(KEPT.read_text("utf-8"))[who]
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": value, "domain": urlsplit(ADDRESS).hostname, "path": "/"}


class Desk:
    """The browsers of the editors, and what their consoles complain of."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.complaints = browser, list[str]()
        self.contexts: list[BrowserContext] = []

    def sit(self, name: str) -> BrowserContext:
        context = self.browser.new_context(base_url=ADDRESS, locale="en-GB")
        context.add_cookies([cookie(name)])
        context.on("console", lambda one: self._hear(one.type, one.text))
        context.on("weberror", lambda one: self.complaints.append(str(one.error)))
        self.contexts.append(context)
        return context

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not OF_THE_CUT.search(text):
            self.complaints.append(text)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    desk = Desk(browser)
    yield desk
    for context in desk.contexts:
        context.close()
    assert not desk.complaints, "\n".join(desk.complaints)


@pytest.fixture
def term(desk: Desk) -> str:
    """The address of a form of a new term of the glossary."""
    page = desk.sit("Svea").new_page()
    page.goto("/admin/content/term/add/")
    word = uuid.uuid4().hex[:8]
    page.fill("[name=term_sv]", f"ord {word}")
    page.fill("[name=term_fi]", f"sana {word}")
    page.fill("[name=definition_sv]", "Det som stod.")
    save(page, "_continue")
    address = urlsplit(page.url).path
    page.close()
    return address


def save(page: Page, button: str = "_save") -> None:
    with page.expect_navigation():
        page.click(f"[name={button}]")


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def test_two_editors_are_brought_together(desk: Desk, term: str) -> None:
    svea, aino = opened(desk.sit("Svea"), term), opened(desk.sit("Aino"), term)
    expect(aino.locator(OPEN)).to_contain_text("Svea")
    expect(svea.locator(OPEN)).to_contain_text("Aino", timeout=25_000)
    svea.fill("[name=definition_sv]", "Sveas ord.")
    save(svea)
    aino.fill("[name=definition_sv]", "Ainos ord.")
    aino.fill("[name=definition_fi]", "Ainon sanat.")
    save(aino)
    conflict = aino.locator(".conflict")
    for words in ("Det som stod.", "Sveas", "Ainos"):
        expect(conflict).to_contain_text(words)
    expect(aino.locator("[name=definition_sv]")).to_have_value("Ainos ord.")
    conflict.locator("[value^=mine]").check()
    save(aino)
    stored = opened(desk.contexts[0], term)
    expect(stored.locator("[name=definition_sv]")).to_have_value("Ainos ord.")
    expect(stored.locator("[name=definition_fi]")).to_have_value("Ainon sanat.")


def leave(page: Page) -> None:
    """Close a tab as if the browser had crashed: without a question."""
    page.wait_for_timeout(1500)
    page.close(run_before_unload=False)


def test_draft_of_a_closed_tab_is_offered_shown_and_put_back(desk: Desk, term: str) -> None:
    context = desk.sit("Svea")
    page = opened(context, term)
    page.fill("[name=definition_sv]", "Det som inte sparades.")
    leave(page)
    page = opened(context, term)
    expect(page.locator(OFFER)).to_be_visible()
    page.click(f"{OFFER} summary")
    expect(page.locator("#draft-shown")).to_contain_text("Det som inte sparades.")
    expect(page.locator("[name=definition_sv]")).to_have_value("Det som stod.")
    with page.expect_navigation():
        page.click("#draft-put-back")
    expect(page.locator("[name=definition_sv]")).to_have_value("Det som inte sparades.")
    save(page)
    page = opened(context, term)
    expect(page.locator(OFFER)).to_be_hidden()
    expect(page.locator("[name=definition_sv]")).to_have_value("Det som inte sparades.")


def test_draft_is_thrown_away_for_good(desk: Desk, term: str) -> None:
    context = desk.sit("Svea")
    page = opened(context, term)
    page.fill("[name=definition_sv]", "Bort med det.")
    leave(page)
    page = opened(context, term)
    page.click("#draft-throw-away")
    expect(page.locator(OFFER)).to_be_hidden()
    page.reload()
    expect(page.locator(OFFER)).to_be_hidden()


def test_draft_is_never_shown_to_another_user(desk: Desk, term: str) -> None:
    context = desk.sit("Svea")
    page = opened(context, term)
    page.fill("[name=definition_sv]", "Sveas eget.")
    leave(page)
    context.clear_cookies()
    context.add_cookies([cookie("Aino")])
    page = opened(context, term)
    expect(page.locator(OFFER)).to_be_hidden()


@pytest.mark.parametrize("trouble", ["offline", "loggedOut"])
def test_form_is_not_sent_into_nothing(desk: Desk, term: str, trouble: str) -> None:
    context = desk.sit("Svea")
    page = opened(context, term)
    page.fill("[name=definition_sv]", "Skrivet utan förbindelse.")
    if trouble == "offline":
        context.set_offline(True)
    else:
        context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.click("[name=_save]")
    expect(page.locator(f"[data-trouble={trouble}]")).to_be_visible()
    expect(page.locator("[name=definition_sv]")).to_have_value("Skrivet utan förbindelse.")
    context.set_offline(False)
    context.add_cookies([cookie("Svea")])
    save(page)
    page = opened(context, term)
    expect(page.locator("[name=definition_sv]")).to_have_value("Skrivet utan förbindelse.")
    expect(page.locator(OFFER)).to_be_hidden()


def test_mistake_keeps_the_draft_until_it_is_saved(desk: Desk, term: str) -> None:
    context = desk.sit("Svea")
    page = opened(context, term)
    page.fill("[name=definition_sv]", "Rätt text.")
    page.fill("[name=term_fi]", "")
    save(page)
    expect(page.locator(".errornote")).to_be_visible()
    leave(page)
    page = opened(context, term)
    expect(page.locator(OFFER)).to_be_visible()


def test_leaving_with_something_unsaved_is_asked_about(desk: Desk, term: str) -> None:
    page = opened(desk.sit("Svea"), term)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.locator("[name=definition_sv]").press_sequentially("Mer. ")
    page.goto("/admin/")
    assert asked == ["beforeunload"]


@pytest.fixture
def editor(desk: Desk) -> Page:
    page = desk.sit("Svea").new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/publications/story/add/")
    page.locator(".ProseMirror").first.click()
    return page


def body(page: Page) -> Callable[[], str]:
    return page.locator("[name=body_sv]").input_value


def test_text_from_word_keeps_what_it_says(editor: Page) -> None:
    editor.evaluate(PASTE, WORD)
    html = body(editor)().replace(' data-type="decimal"', "")
    assert html == (
        "<h2>Rubrik</h2><p><strong>Fet</strong> text i Esbo.</p>"
        "<ul><li><p>Ett</p><ul><li><p>Under</p></li></ul></li></ul><ol><li><p>Först</p></li></ol>"
    )


def test_quote_names_its_speaker(editor: Page) -> None:
    editor.keyboard.type("Ett citat.")
    editor.locator(".prose-menubar").first.get_by_role("button", name="vem som citeras").click()
    editor.keyboard.type("Eeva Ström")
    editor.keyboard.press("Enter")
    expect(editor.locator(".ProseMirror blockquote cite")).to_have_text("Eeva Ström")
    assert "<p>Ett citat.</p><p><cite>Eeva Ström</cite></p></blockquote>" in body(editor)()


def test_picture_of_the_library_comes_with_its_alternative(editor: Page) -> None:
    editor.locator(".prose-menubar").first.get_by_role("button", name="infoga bild").click()
    editor.locator(".picture-choices label").first.click()
    editor.fill("#picture-caption", "En bildtext")
    editor.locator(".picture-dialog [type=submit]").click()
    expect(editor.locator(".ProseMirror figcaption").first).to_have_text("En bildtext")
    assert re.search(r'<img src="/images/\d+/\d+\.webp" alt="[^"]+"', body(editor)())


@pytest.mark.parametrize("width", [390, 1440])
def test_form_fits_the_window(desk: Desk, width: int) -> None:
    page = desk.sit("Svea").new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/publications/story/add/")
    expect(page.locator(".ProseMirror").first).to_be_visible()
    sides = [page.locator(f"[name=title_{code}]").bounding_box() for code in ("sv", "fi")]
    assert sides[0] and sides[1]
    assert (sides[0]["y"] == sides[1]["y"]) == (width == 1440)
    # The fields that scripts draw are drawn by now.
    until(page, "document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_in_the_choice_between_two_versions(
    desk: Desk, term: str, axe: str
) -> None:
    svea, aino = opened(desk.sit("Svea"), term), opened(desk.sit("Aino"), term)
    svea.fill("[name=definition_sv]", "Sveas ord.")
    save(svea)
    aino.fill("[name=definition_sv]", "Ainos ord.")
    save(aino)
    expect(aino.locator(".conflict")).to_be_visible()
    assert not looked_at(aino, axe, desk.complaints)


def test_axe_finds_nothing_in_the_window_of_pictures(desk: Desk, editor: Page, axe: str) -> None:
    editor.locator(".prose-menubar").first.get_by_role("button", name="infoga bild").click()
    expect(editor.locator(".picture-choices label").first).to_be_visible()
    assert not looked_at(editor, axe, desk.complaints)


def test_axe_finds_nothing_in_a_preview(desk: Desk, editor: Page, axe: str) -> None:
    editor.fill("[name=title_sv]", "En rubrik")
    editor.fill("[name=year]", "2018")
    with editor.context.expect_page() as shown:
        editor.click("[name=_preview]")
    shown.value.wait_for_url("**/preview/**")
    assert not looked_at(shown.value, axe, desk.complaints)


def test_axe_finds_nothing_in_the_dry_run_of_a_table(desk: Desk, axe: str) -> None:
    page = opened(desk.sit("Aino"), "/admin/projects/contact/import/")
    table = page.request.get("/admin/projects/contact/export.csv").body()
    changed = table.replace(b"09 7711", b"09 7712")
    page.set_input_files(
        "[type=file]", {"name": "t.csv", "mimeType": "text/csv", "buffer": changed}
    )
    with page.expect_navigation():
        page.click("main form:has([type=file]) [type=submit]")
    expect(page.locator("[name=agreed]")).to_have_count(1)
    assert not looked_at(page, axe, desk.complaints)


def test_axe_finds_nothing_where_several_are_thrown_away(desk: Desk, axe: str) -> None:
    page = opened(desk.sit("Aino"), "/admin/content/term/")
    page.locator("[name=_selected_action]").first.check()
    page.select_option("[name=action]", "delete_selected")
    with page.expect_navigation():
        page.click("[name=index]")
    assert not looked_at(page, axe, desk.complaints)
