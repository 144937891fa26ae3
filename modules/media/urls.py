from django.urls import path

from .views import serve_file

urlpatterns = [path("<path:path>", serve_file, name="file")]
