"""What staff see of the network: its members and what they have sent in."""

from django.contrib import admin

from network.membership_admin import MembershipAdmin
from network.models import Membership, Submission
from network.submission_admin import SentByMember, SubmissionAdmin
from publications.models import Material, Practice

admin.site.register(Membership, MembershipAdmin)
admin.site.register(Submission, SubmissionAdmin)

# The lists of what members can send in are narrowed to what they have sent.
for model in (Practice, Material):
    content_admin = admin.site.get_model_admin(model)
    state, *further = content_admin.list_filter
    content_admin.list_filter = (state, SentByMember, *further)
