"""Every address of the portal; path words are translated through the catalogues."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from foundation.server import health
from portal import views
from portal.sitemap import sitemap_part, sitemap_xml

urlpatterns = [
    path("", views.chooser, name="chooser"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path("sitemap-<slug:section>-<int:part>.xml", sitemap_part, name="sitemap_part"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(
        "social/<str:language>/<str:kind>-<int:pk>-<str:digest>.png",
        views.social_picture,
        name="social_picture",
    ),
    path("admin/", admin.site.urls),
    path("", include("foundation.content.urls")),
    path("", include("publications.preview_urls")),
    *i18n_patterns(
        path("", include("portal.pages_urls")),
        path("", include("foundation.accounts.pages.urls")),
        path("", include("network.urls")),
        path("", include("municipalities.urls")),
        path("", include("projects.urls")),
        path("", include("publications.urls")),
        # Under the pages of floors below, which know no materials.
        path("", include("publications.kits.urls")),
    ),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler429 = "portal.errors.too_many_requests"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"
