from django.urls import path

from foundation.editing.preview import drawn_page

app_name = "editing"
urlpatterns = [path("preview/<str:language>/<str:token>/", drawn_page, name="preview")]
