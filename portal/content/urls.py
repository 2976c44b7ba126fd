from django.urls import path

from portal.content import views
from portal.content.preview import drawn_page

app_name = "content"
urlpatterns = [
    path("preview/<str:language>/<str:token>/", drawn_page, name="preview"),
    path("images/<int:pk>/<int:width>.webp", views.picture, name="picture"),
]
