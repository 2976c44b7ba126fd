from django.urls import path

from foundation.content import views

app_name = "content"
urlpatterns = [path("images/<int:pk>/<int:width>.webp", views.picture, name="picture")]
