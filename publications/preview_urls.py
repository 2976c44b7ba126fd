from django.urls import path

from publications import previews

app_name = "previews"
urlpatterns = [
    path(
        "previews/<int:pk>/<int:number>-<int:width>.webp",
        previews.page_picture,
        name="page_picture",
    ),
]
