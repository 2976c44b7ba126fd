"""A form that was filled in wrongly: its page has an address of its own nowhere, so it is sent."""

from checks.conftest import Visit
from checks.test_accessibility import findings

CHOSEN = {"feedback"}


def test_axe_finds_nothing_in_a_form_with_mistakes(visit: Visit, axe: str) -> None:
    page = visit(width=360, reduced_motion="reduce")
    form = page.locator("main form[method=post]")
    with page.expect_navigation():
        form.locator("[type=submit]").click()
    assert page.locator("[aria-invalid=true]").count() > 0
    page.evaluate(axe)
    assert not findings(page)
