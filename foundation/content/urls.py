from django.urls import path

from foundation.content import views
from foundation.editing.preview import drawn_page

app_name = "content"
urlpatterns = [
    path("preview/<str:language>/<str:token>/", drawn_page, name="preview"),
    path("images/<int:pk>/<int:width>.webp", views.picture, name="picture"),
]
