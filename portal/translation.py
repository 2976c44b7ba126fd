from modeltranslation.translator import register

from foundation.content.translation import ContentOptions
from portal.models import Statement


@register(Statement)
class StatementOptions(ContentOptions):
    pass
