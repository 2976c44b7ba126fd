"""“We do this too”: a reader of a municipality says so, and staff look before it is shown."""

import logging
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from foundation.content import languages
from foundation.content.addresses import address, at_its_address
from foundation.content.pages import Crumb, Page, crumb_of, page_of
from foundation.content.readers_form import ReadersForm, mail_on
from municipalities.models import Municipality
from publications.models import AdoptionRequest, Practice

logger = logging.getLogger(__name__)


class MunicipalityField(forms.ModelChoiceField):
    """A municipality by its name in the reader's language."""

    def label_from_instance(self, municipality: Municipality) -> str:
        return str(municipality.text("name"))


class AdoptionRequestForm(ReadersForm, forms.ModelForm):
    """Who works by the practice, and whom we may ask about it."""

    purpose = "adoption"

    municipality = MunicipalityField(
        label=gettext_lazy("Municipality"),
        queryset=Municipality.objects.none(),
        empty_label=gettext_lazy("Choose your municipality"),
        error_messages={
            "required": gettext_lazy("Choose your municipality."),
            "invalid_choice": gettext_lazy("Choose one of the municipalities offered."),
        },
    )

    class Meta:
        model = AdoptionRequest
        fields = ("municipality", "name", "email", "message")
        widgets = {"message": forms.Textarea(attrs={"rows": 5})}
        labels = {
            "name": gettext_lazy("Your name"),
            "email": gettext_lazy("Your e-mail address at the municipality"),
            "message": gettext_lazy("How do you do it?"),
        }
        help_texts = {
            "email": gettext_lazy("We use it to check that the information is right."),
            "message": gettext_lazy("For us to read; it is not published. At most 1 000 signs."),
        }
        error_messages = {
            "name": {"required": gettext_lazy("Write your name.")},
            "email": {
                "required": gettext_lazy("Write your e-mail address."),
                "invalid": gettext_lazy("Write the address in full, for example name@example.fi."),
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        everyone = Municipality.objects.in_order(languages.current())
        self.fields["municipality"].queryset = everyone

    def refuse_known(self, practice: Practice) -> None:
        """Tell a reader whose municipality is named at the practice already."""
        municipality = self.cleaned_data.get("municipality")
        if municipality and practice.adoptions.filter(municipality=municipality).exists():
            told = _("The municipality is already named at this practice.")
            self.add_error("municipality", ValidationError(told, code="known"))


def store(form: AdoptionRequestForm, practice: Practice) -> AdoptionRequest:
    """Store a valid form's request and mail it to those who confirm it."""
    asked = form.save(commit=False)
    asked.practice, asked.language = practice, languages.current()
    asked.save()
    with override(languages.SWEDISH):
        subject = _("“We do this too”, to be confirmed in the admin")
        body = f"{asked}\n\n{asked.message}\n\n{asked.name} {asked.email}\n{practice.path()}"
    if not mail_on(subject, body, asked.email):
        logger.warning("Adoption request %s is stored, but could not be mailed", asked.pk)
    return asked


def _practices() -> QuerySet:
    return Practice.objects.published()


def _page(request: HttpRequest, practice: Practice, name: str, title: str) -> Page:
    page = page_of(
        request,
        practice,
        route=f"publications:{name}",
        section="publications",
        crumbs=[
            Crumb(_("Good practice"), address("publications:practice_list")),
            crumb_of(practice),
        ],
    )
    page.title, page.title_lang = title, ""
    return page


@csrf_exempt  # no cookie for readers: a signed token and the Origin header instead
@require_http_methods(["GET", "HEAD", "POST"])
@at_its_address(_practices)
def request_adoption(request: HttpRequest, practice: Practice) -> HttpResponse:
    """The form by which a municipality says that it works by a practice too."""
    form: Any = AdoptionRequestForm(initial={"token": AdoptionRequestForm.new_token()})
    if request.method == "POST":
        form = AdoptionRequestForm.sent(request)
        form.refuse_known(practice)
        if form.is_valid():
            store(form, practice)
            return redirect(practice.path(route="publications:adoption_requested"))
    context = {
        "page": _page(request, practice, "request_adoption", _("We do this too")),
        "practice": practice,
        "form": form,
    }
    status = 422 if form.errors else 200
    response = render(request, "publications/request_adoption.html", context, status=status)
    response["Cache-Control"] = "no-store"  # the token is this reader's own
    return response


@require_safe
@at_its_address(_practices)
def adoption_requested(request: HttpRequest, practice: Practice) -> HttpResponse:
    """The page after a request has been stored."""
    context = {
        "page": _page(request, practice, "adoption_requested", _("Thank you")),
        "practice": practice,
    }
    return render(request, "publications/adoption_requested.html", context)
