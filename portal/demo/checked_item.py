"""Makes one item from its table, checked like an editor's form."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from foundation.content.models import Content
from foundation.content.publication import Decision

Item = TypeVar("Item", bound=Model)


def make(
    model: type[Item],
    table: Mapping[str, Any],
    *,
    unchecked: Collection[str] = (),
    **relations: Any,
) -> Item:
    """An item with the table's texts and values, saved; a content item is public at once.

    `unchecked` names fields that are only filled in on saving. Raises ValidationError when the
    item breaks a rule, and TypeError when the table has a key that the model does not.
    """
    values = {
        key: value.strip() if isinstance(value, str) else value for key, value in table.items()
    }
    if issubclass(model, Content):
        relations |= {"decision": Decision.PUBLIC, "publish_at": timezone.now()}
    item = model(**values, **relations)
    item.full_clean(exclude=set(unchecked))
    item.save()
    return item
