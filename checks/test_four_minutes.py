"""A workshop in both languages within four minutes, by keyboard alone, while a colleague edits it.

From the start page of the admin to both public pages: texts with a heading, a list and a link, the
day and its times, the level, a municipality found by its name in the other language, the theme, a
preview, a material with its file, and both languages public at once. Meanwhile a second editor
changes other fields, and one field that the first one changes too.

How long it takes a person is worked out, not measured: 200 characters a minute, which is a calm
typist, one second to turn to each field or button, and a tenth of a second for each press of Tab on
the way there. The test counts the machine's own answers on top, as long as they took.
"""

import re
import time
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, TimeoutError, expect

from checks.conftest import ADDRESS
from checks.test_editing import cookie

pytestmark = pytest.mark.alone

CHARACTERS_A_MINUTE = 200
SECONDS_TO_TURN, SECONDS_A_TAB = 1.0, 0.1
MOST_SECONDS, MOST_TABS, MOST_TABS_AT_ONCE = 240, 280, 75
FILE = Path(__file__).parent.parent / "portal/demo/files/valfardsledning-bilder.sv.pdf"
REPORTS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""
IS_FOCUSED = "element => element === document.activeElement"


TITLE = {"sv": "Hälsa i vardagen", "fi": "Arjen terveys"}
LEAD = {"sv": "Vi provar nya sätt att mötas.", "fi": "Kokeilemme uusia tapoja."}
HEADING = {"sv": "Före dagen", "fi": "Ennen päivää"}
POINTS = {"sv": ("Läs planen", "Välj mål"), "fi": ("Lue suunnitelma", "Valitse tavoite")}
LINK = {"sv": "Läs om programmet ARTTU2", "fi": "Lue ohjelmasta ARTTU2"}
ADDRESS_OF_LINK = "https://example.org/a"
MATERIAL = {"sv": "Bilder om ledning", "fi": "Kuvia johtamisesta"}
WORDS = {
    # Each looks for the municipality by the name that it has in the other language.
    "sv": ("Svea", "Aino", "Espoo", "Esbo – Espoo", "Utv"),
    "fi": ("Aino", "Svea", "Esbo", "Espoo – Esbo", "Hyvinvointij"),
}


class Typist:
    """Somebody at the keys of a page, and what they have done with them."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.tabs = self.characters = self.turns = 0
        self.waited = 0.0

    @property
    def seconds(self) -> float:
        """What it takes a person, by the model above, with what the machine took to answer."""
        typing = self.characters * 60 / CHARACTERS_A_MINUTE
        return typing + self.turns * SECONDS_TO_TURN + self.tabs * SECONDS_A_TAB + self.waited

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.characters += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.characters += len(words)

    def to(self, what: str | Locator, key: str = "Tab") -> None:
        """Press Tab until the element has the focus."""
        element = self.page.locator(what) if isinstance(what, str) else what
        self.turns += 1
        for _press in range(MOST_TABS_AT_ONCE):
            if element.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press(key)
            self.tabs += 1
        here = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        raise AssertionError(f"{what} is not within {MOST_TABS_AT_ONCE} tabs; now at {here}")

    def fill(self, name: str, words: str) -> None:
        self.to(f"[name={name}]")
        self.type(words)

    def skip(self) -> None:
        """Past the header and the menu, by the link that is there for it."""
        # A page that was saved from there comes back to where the link had led.
        if self.page.url.endswith("#content-start"):
            return
        self.to(".skip-to-content-link")
        self.press("Enter")

    def answered(self, key: str, address: str | re.Pattern) -> None:
        """Press a key and wait for the page it leads to."""
        start = time.monotonic()
        with self.page.expect_navigation(url=address, wait_until="load"):
            self.press(key)
        self.waited += time.monotonic() - start


def editor_of(page: Page, name: str) -> Locator:
    """The rich text of a field."""
    return page.locator(f".prose-editor:has([name={name}]) .ProseMirror")


def write_body(typist: Typist, language: str) -> None:
    """A heading by the toolbar, a list, and a paragraph that leads elsewhere."""
    page = typist.page
    body = editor_of(page, f"body_{language}")
    typist.to(body)
    typist.press("Alt+F10")
    expect(page.locator(":focus")).to_have_attribute("data-name", "heading2")
    typist.press("Enter")
    expect(body).to_be_focused()
    typist.type(HEADING[language])
    typist.press("Enter")
    typist.type("- ")
    for point in POINTS[language]:
        typist.type(point)
        typist.press("Enter")
    typist.press("Enter")
    typist.type(LINK[language])
    # The editor takes in what was typed, and then a selection, a moment later: sooner than a person
    # finds the next key, but not sooner than this one.
    page.wait_for_timeout(200)
    typist.press("Shift+Home")
    link = page.locator(f".prose-editor:has([name=body_{language}]) [data-name=link]")
    expect(link).to_have_attribute("aria-disabled", "false")
    typist.press("Control+k")
    expect(page.locator("dialog[open] input").first).to_be_focused()
    typist.type(ADDRESS_OF_LINK)
    typist.press("Enter")
    expect(body.locator("a")).to_have_text(LINK[language])
    expect(body).to_be_focused()


def write_workshop(typist: Typist, language: str, mark: str) -> None:
    """Every text and fact of a workshop for one municipality."""
    _editor, _colleague, municipality, chosen, theme = WORDS[language]
    page = typist.page
    for code in ("sv", "fi"):
        typist.fill(f"title_{code}", f"{TITLE[code]} {mark}")
    for code in ("sv", "fi"):
        typist.fill(f"lead_{code}", LEAD[code])
    for code in ("sv", "fi"):
        write_body(typist, code)
    typist.fill("day", "11.10.2026")
    typist.fill("start_time", "9")
    typist.fill("end_time", "12")
    typist.to("[name=theme]")
    typist.type(theme)
    typist.to("[name=level]:checked")
    for _step in range(2):
        typist.press("ArrowLeft")
    expect(page.locator("[name=level]:checked")).to_have_value("municipality")
    typist.to(page.locator(".field-municipalities .select2-search__field"))
    typist.type(municipality)
    expect(page.locator(".select2-results__option--highlighted")).to_have_text(chosen)
    typist.press("Enter")
    expect(page.locator(".field-municipalities .select2-selection__choice")).to_contain_text(chosen)


def look_at_preview(typist: Typist) -> None:
    """Both languages beside each other, in a tab of its own that is then closed."""
    typist.to("[name=_preview]")
    start = time.monotonic()
    with typist.page.context.expect_page() as opened:
        typist.press("Enter")
    preview = opened.value
    preview.wait_for_url("**/preview/**")
    for code in ("sv", "fi"):
        frame = preview.frame_locator(f"iframe[src$='/{code}/']")
        expect(frame.locator("h1")).to_contain_text(TITLE[code])
    typist.waited += time.monotonic() - start
    preview.close()


def choose_file(typist: Typist) -> None:
    """Choose the file; the key is pressed again where nothing happened.

    Of two windows of a browser without a screen either may be the active one, and a choice of
    files opens in that one only.
    """
    for _time in range(4):
        typist.page.bring_to_front()
        try:
            with typist.page.expect_file_chooser(timeout=4000) as asked:
                typist.press("Enter")
        except TimeoutError:
            continue
        asked.value.set_files(FILE)
        return
    raise AssertionError("no choice of files opens")


def add_material(typist: Typist, mark: str) -> None:
    """A file becomes a draft at the workshop; the draft gets its words and is made public."""
    page = typist.page
    typist.skip()
    typist.to("[name=uploads]")
    choose_file(typist)
    typist.to(".intake-zone [type=submit]")
    typist.press("Enter")
    draft = page.locator(".intake-row.is-taken a")
    expect(draft).to_be_visible(timeout=20_000)
    typist.to(draft)
    typist.answered("Enter", re.compile("/material/[0-9]+/change/"))
    typist.skip()
    for code in ("sv", "fi"):
        typist.to(f"[name=title_{code}]")
        typist.press("Control+a")
        typist.type(f"{MATERIAL[code]} {mark}")
    for code in ("sv", "fi"):
        typist.fill(f"lead_{code}", f"{MATERIAL[code]}.")
    typist.to("[name=licence]")
    typist.type("CC BY 4")
    make_public(typist)


def make_public(typist: Typist) -> None:
    """Both languages at once: that is how an item is made public, unless somebody says else."""
    page = typist.page
    typist.to("[name=decision]:checked")
    typist.press("ArrowRight")
    expect(page.locator("[name=decision]:checked")).to_have_value("public")
    expect(page.locator("[name=pairing]:checked")).to_have_value("both")


def save(typist: Typist) -> None:
    typist.answered("Control+s", re.compile("/change/"))


def is_saved(page: Page) -> None:
    expect(page.locator(".messagelist .success")).to_be_visible()


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_workshop_is_public_in_both_languages_within_four_minutes(
    browser: Browser, language: str, record_property
) -> None:
    mark = uuid.uuid4().hex[:5]
    said: list[str] = []
    contexts = []
    for who in WORDS[language][:2]:
        context = browser.new_context(base_url=ADDRESS, locale=f"{language}-FI")
        context.add_cookies([cookie(who)])
        context.add_init_script(REPORTS)
        context.on("console", lambda one: said.append(one.text))
        context.on("weberror", lambda one: said.append(str(one.error)))
        contexts.append(context)
    me, colleague = (Typist(context) for context in contexts)
    page, other = me.page, "fi" if language == "sv" else "sv"

    page.goto("/admin/")
    me.to(".new-items a[href='/admin/projects/workshop/add/']")
    me.answered("Enter", re.compile("/workshop/add/"))
    write_workshop(me, language, mark)
    look_at_preview(me)
    save(me)
    is_saved(page)

    # The colleague writes what is hers, and where the workshop is.
    form = page.url
    colleague.page.goto(form)
    colleague.skip()
    colleague.fill(f"place_{language}", "Kulturhuset")
    colleague.fill(f"audience_{other}", "Alla")
    save(colleague)
    is_saved(colleague.page)

    # So does the editor, who makes the workshop public with the same key.
    me.skip()
    me.fill(f"place_{language}", "Biblioteket")
    make_public(me)
    save(me)
    conflict = page.locator(".conflict")
    expect(conflict).to_have_count(1)
    for words in ("Kulturhuset", "Biblioteket"):
        expect(conflict).to_contain_text(words)
    expect(conflict.locator("[value^=mine]")).to_be_focused()
    me.press("Space")
    save(me)
    is_saved(page)
    expect(page.locator(f"[name=place_{language}]")).to_have_value("Biblioteket")
    expect(page.locator(f"[name=audience_{other}]")).to_have_value("Alla")
    for code in ("sv", "fi"):
        expect(page.locator(f"[name=title_{code}]")).to_have_value(f"{TITLE[code]} {mark}")
        expect(page.locator(f"[name=lead_{code}]")).to_have_value(LEAD[code])

    add_material(me, mark)
    save(me)
    is_saved(page)

    # What readers get: the material leads to its workshop, and that to its other language.
    me.skip()
    me.to(".viewsitelink")
    me.answered("Enter", re.compile(f"/{language}/"))
    me.to(page.locator("main a").filter(has_text=f"{TITLE[language]} {mark}").first)
    me.answered("Enter", re.compile("/2026/"))
    for code in (language, other):
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator("h1")).to_contain_text(f"{TITLE[code]} {mark}")
        main = page.locator("main")
        for words in (LEAD[code], HEADING[code], *POINTS[code], f"{MATERIAL[code]} {mark}"):
            expect(main).to_contain_text(words)
        expect(main.locator(f"a[href='{ADDRESS_OF_LINK}']")).to_have_text(LINK[code])
        if code == language:
            me.to(page.locator(f"header a[hreflang={other}]").first, "Shift+Tab")
            me.answered("Enter", re.compile(f"/{other}/"))

    record_property("seconds", round(me.seconds))
    record_property("tabs", me.tabs)
    print(f"{language}: {me.seconds:.0f} s, {me.tabs} tabs, {me.turns} turns, ", end="")
    print(f"{me.characters} characters, {me.waited:.1f} s of waiting")
    for context in contexts:
        context.close()
    assert not said, "\n".join(said)
    assert me.seconds <= MOST_SECONDS
    assert me.tabs <= MOST_TABS
