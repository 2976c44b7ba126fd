"""What every admin of ours does: whose the items are, nobody overwritten unseen, two languages."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import construct_change_message
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse
from js_asset import Media

from foundation.content.agreement import look_again
from foundation.content.models import Bilingual, Content
from foundation.editing import autocomplete, content_checks_admin, open_forms, translation_badges
from foundation.editing.edit_conflicts import (
    PUT_BACK,
    EditForm,
    EditFormSet,
    FormSnapshot,
    Merge,
)
from foundation.editing.form_fields import (
    DECISIONS,
    IN_LANGUAGE,
    OF_STAFF,
    READERS,
    FormFields,
    decisions,
    is_draft,
    is_own_draft,
)
from foundation.editing.readonly_texts import show_texts
from foundation.editing.rights import belonging, has_right, says_whose, translates


def may_change(request: HttpRequest, model: type[models.Model]) -> bool:
    """True for a user with the right to change items of the model."""
    return has_right(request.user, "change", model)


def shows_everything(request: HttpRequest, model_admin: admin.ModelAdmin) -> bool:
    """True where the user sees every item of the admin, not only a municipality's."""
    return not (isinstance(model_admin, EditingAdmin) and model_admin.is_limited(request))


class EditingAdmin(FormFields, admin.ModelAdmin):
    """An admin that colleagues, translators and members share.

    Rights: what the user may not do with an item is not offered. Edits: what a colleague has saved
    meanwhile is merged (edit_conflicts.py). Languages: the form shows how the two stand.
    """

    # What those who edit for a municipality may do with what belongs to it: view, change, add.
    own_may: ClassVar[Collection[str]] = ("view",)
    # Fields that tie an item to a municipality beside its relations.
    ties: ClassVar[Collection[str]] = ()
    form = EditForm
    change_form_template: ClassVar[Any] = "foundation/editing/bilingual_change_form.html"
    list_per_page = 50

    # Whose the items are

    def may_own(self, request: HttpRequest, action: str, obj: Any = None) -> bool:
        """True for who may do it with what belongs to their municipality or regional actor."""
        own = belonging(request.user, self.model) if action in self.own_may else None
        if own is None or not says_whose(self.model):
            return False
        return obj is None or own.filter(pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) or self.may_own(request, "view")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.may_own(request, "view", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) or self.may_own(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            super().has_change_permission(request, obj)
            or bool(translates(request.user, self.model))
            or self.may_own(request, "change", obj)
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if not self.is_limited(request):
            return rows
        own = belonging(request.user, self.model)
        return rows.none() if own is None else rows.filter(pk__in=own.order_by().values("pk"))

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Nothing that lists what belongs to others."""
        filters = super().get_list_filter(request)
        if not self.is_limited(request):
            return filters
        relations = self._relations()
        return [name for name in filters if not isinstance(name, str) or name not in relations]

    def _withheld_by_right(self, request: HttpRequest, obj: Any) -> list[set[str]]:
        user, action = request.user, "change" if obj else "add"
        withheld = []
        if has_right(user, action, self.model):
            withheld.append(decisions(user, obj))
        elif self.may_own(request, action, obj):
            fields = {*DECISIONS, *OF_STAFF, *self._pictures()}
            if not is_draft(obj):
                fields |= {*READERS, "slug_sv", "slug_fi"}
            if not is_own_draft(user, obj):
                fields |= {*self._relations(), *self.ties}
            withheld.append(fields)
        if obj and (codes := translates(user, self.model)):
            withheld.append(self._but_texts(codes))
        return withheld

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save; what is made for a municipality is its maker’s."""
        if not change and not has_right(request.user, "add", self.model):
            obj.responsible_id = request.user.pk
        super().save_model(request, obj, form, change)

    # What colleagues have saved meanwhile

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The item; locked for who sends its form, so that of two at once the second is merged."""
        if request.method == "POST" and str(object_id).isdecimal():
            self.model._base_manager.select_for_update().filter(pk=object_id).values("pk").first()
        return super().get_object(request, object_id, from_field)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if request.method == "POST":
            form.is_put_back = PUT_BACK in request.POST
            form.merge = _merge_of(request, obj) if obj else None
        return form

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Any = None
    ) -> Iterator[tuple[Any, Any]]:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if request.method == "POST" and obj and inline.has_change_permission(request, obj):
                formset.merge = _merge_of(request, obj)
            yield formset, inline

    # What is written with the form, and what it shows

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "languages_agree" in request.POST:
            # The admin saves only the rows that were changed; all of them are said to agree.
            for formset in formsets:
                model, user = formset.model, request.user
                may_agree = may_change(request, model) or translates(user, model)
                if issubclass(model, Bilingual) and may_agree:
                    rows = [row.instance.pk for row in formset.initial_forms]
                    look_again(model._default_manager.filter(pk__in=rows))
        if change:
            _tell_what_is_kept(request, form.merge)
        # Who stays at the form sees the findings there; a preview saves nothing.
        if not {"_continue", "_preview", IS_POPUP_VAR} & request.POST.keys():
            content_checks_admin.tell(request, form, formsets)

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """With what needs a choice, who else has it open, and what is worth a look in the texts."""
        form, item = context["adminform"].form, context.get("original")
        rows = [
            inline.formset
            for inline in context["inline_admin_formsets"]
            if inline.has_change_permission
        ]
        context["is_put_back"] = PUT_BACK in request.POST
        context["is_bilingual"] = issubclass(self.model, Bilingual)
        if item is None:
            context["watch_address"] = open_forms.address_of(None)
        elif form.merge:
            _tell_what_is_kept(request, form.merge)
            context["conflicts"] = sorted(form.merge.conflicts, key=lambda one: bool(one.prefix))
            context["opened_values"] = form.merge.carried(form, rows)
        else:
            context["opened_values"] = FormSnapshot.of(form, rows).packed()
        if item is not None and self.has_change_permission(request, item):
            open_forms.note(request, item)
            context["watch_address"] = open_forms.address_of(item)
            context["open_elsewhere"] = open_forms.others(request, item)
        show_texts(context, IN_LANGUAGE)
        context["findings"] = content_checks_admin.panel(form, rows)
        for formset in rows:
            autocomplete.prepare(formset)
        translation_badges.mark([form, *(row for formset in rows for row in formset.initial_forms)])
        # The editor's import map needs the nonce.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, **kwargs)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict]:
        """What was changed, by the names that the history can say in either language."""
        message = construct_change_message(form, formsets, add)
        for change in message:
            fields = change.get("changed", {}).get("fields")
            if fields:
                # The log keeps English msgids: “Title in Swedish” is none, “Title” is.
                names = [name.removesuffix(" in Swedish") for name in fields]
                names = [name.removesuffix(" in Finnish") for name in names]
                change["changed"]["fields"] = list(dict.fromkeys(names))
        return message


def _merge_of(request: HttpRequest, item: models.Model) -> Merge:
    """The one merge of a request, which its form and all its formsets share."""
    if not hasattr(request, "merge"):
        request.merge = Merge.of(request, item)
    return request.merge


def _tell_what_is_kept(request: HttpRequest, merge: Merge) -> None:
    if merge.message:
        messages.info(request, merge.message)


class EditingInline(FormFields):
    """For an inline: its rows are the user’s as far as the item they stand in is."""

    formset: Any = EditFormSet
    extra = 0

    def may_own(self, request: HttpRequest, obj: Any, *, writing: bool) -> bool:
        """True for the rows of what belongs to the user; they are written in own drafts only."""
        parent: Any = self.admin_site._registry.get(self.parent_model)
        if not isinstance(parent, EditingAdmin) or not issubclass(self.parent_model, Content):
            return False
        if writing and not is_own_draft(request.user, obj):
            return False
        return parent.may_own(request, "change" if writing else "view", obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.may_own(  # type: ignore[misc]
            request, obj, writing=False
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) or self.may_own(  # type: ignore[misc]
            request, obj, writing=True
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) or self.may_own(  # type: ignore[misc]
            request, obj, writing=True
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            super().has_change_permission(request, obj)  # type: ignore[misc]
            or bool(translates(request.user, self.model))
            or self.may_own(request, obj, writing=True)
        )

    def _withheld_by_right(self, request: HttpRequest, obj: Any) -> list[set[str]]:
        user, withheld = request.user, []
        if has_right(user, "change", self.model) or has_right(user, "add", self.model):
            withheld.append(decisions(user, obj))
        elif self.may_own(request, obj, writing=True):
            withheld.append({*DECISIONS, *OF_STAFF, *self._pictures()})
        if codes := translates(user, self.model):
            withheld.append(self._but_texts(codes))
        return withheld


class BilingualInline(EditingInline, admin.StackedInline):
    """Rows with translated texts inside the form of what they belong to."""


class RowInline(EditingInline, admin.TabularInline):
    """Short rows without texts inside the form of what they belong to."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_add_related = field.widget.can_view_related = False
        return field
