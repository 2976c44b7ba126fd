"""Members hand in files larger than a form, under the addresses of both languages."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils.translation import override

from foundation.content.addresses import address
from foundation.content.languages import CODES
from tests import factories

pytestmark = pytest.mark.django_db

PROXY = Path(__file__).parents[2] / "deploy/nginx/portal.conf"
ROUTES = ("members:new_material", "members:new_practice")


def sent(client: Client, path: str, settings) -> HttpResponseBase:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    return client.post(path, {"file": SimpleUploadedFile("bilder.pdf", b"%PDF" + b"x" * 2000)})


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("route", ROUTES)
def test_members_large_upload_is_read(client, settings, route: str, language: str) -> None:
    membership = factories.make_membership(municipality=factories.make_municipality())
    client.force_login(membership.user)
    with override(language):
        answer = sent(client, address(route, language), settings)
    assert answer.status_code == 422  # the form has been read, and says what it misses


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("route", ROUTES)
def test_strangers_large_upload_is_not(client, settings, route: str, language: str) -> None:
    assert sent(client, address(route, language), settings).status_code == 403


@pytest.mark.parametrize("language", CODES)
def test_large_form_of_readers_is_refused(client, settings, language: str) -> None:
    assert sent(client, address("portal:feedback", language), settings).status_code == 413


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("route", ROUTES)
def test_proxy_lets_it_pass_too(route: str, language: str) -> None:
    blocks = re.findall(r"location ~ (\S+) {([^}]*)}", PROXY.read_text("utf-8"))
    larger = [place for place, rules in blocks if "client_max_body_size 1000m" in rules]
    assert any(re.match(place, address(route, language)) for place in larger)
    assert not any(re.match(place, address("portal:feedback", language)) for place in larger)
