"""A passkey is added and logs in, under the strict policy and without a word in the console."""

import re

import pytest

from checks.conftest import Visit

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.parametrize(
    ("email", "new_passkey", "account", "log_out"),
    [
        ("redaktor@example.fi", "/sv/konto/nycklar/ny/", "/sv/konto/", "/sv/logga-ut/"),
        ("toimittaja@example.fi", "/fi/tili/avaimet/uusi/", "/fi/tili/", "/fi/kirjaudu-ulos/"),
    ],
)
def test_passkey_is_added_and_logs_in(
    log_in: Visit, email: str, new_passkey: str, account: str, log_out: str
) -> None:
    page = log_in(email)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(new_passkey)
    page.click("#passkey-button")
    page.wait_for_url(re.compile("aterstallningskoder|palautuskoodit|konto/$|tili/$"))
    page.goto(log_out)
    page.click("main form [type=submit]")
    page.goto("/admin/projects/workshop/")
    page.click("#passkey-button")
    page.wait_for_url("**/admin/projects/workshop/")
    page.goto(account)
    assert email in page.inner_text("main")
    assert not said, "\n".join(said)


@pytest.mark.parametrize(
    "path",
    [
        *("/sv/konto/", "/sv/konto/app/", "/sv/konto/nycklar/", "/sv/konto/nycklar/ny/"),
        *("/fi/tili/istunnot/", "/fi/tili/salasana/uusi/", "/fi/kirjaudu-ulos/"),
    ],
)
def test_axe_finds_nothing_on_pages_of_the_account(log_in: Visit, axe: str, path: str) -> None:
    # Its script could not be put into a page under our own policy.
    page = log_in(viewport={"width": 360, "height": 800}, bypass_csp=True)
    page.goto(path)
    page.add_script_tag(content=axe)
    found = page.evaluate("async () => (await axe.run()).violations.map(one => one.id)")
    assert not found
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
