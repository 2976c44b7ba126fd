from modeltranslation.translator import register

from portal.content.translation import ContentOptions
from portal.models import Statement


@register(Statement)
class StatementOptions(ContentOptions):
    pass
