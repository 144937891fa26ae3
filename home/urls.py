"""Addresses below /me/ that belong to no other room."""

from django.urls import path

from .views import my_learning

urlpatterns = [path("", my_learning, name="my_learning")]
