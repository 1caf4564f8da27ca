"""Every address of the product, room by room."""

from django.urls import URLPattern, URLResolver, include, path

from needlework.accounts.asking import public
from needlework.config import health
from needlework.web import views as web

handler400 = "needlework.web.errors.bad_request"
handler403 = "needlework.web.errors.forbidden"
handler404 = "needlework.web.errors.not_found"
handler500 = "needlework.web.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("brand/<slug:version>.css", public(web.brand), name="brand"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("needlework.front.urls")),
    path("", include("needlework.accounts.urls")),
    path("", include("needlework.patients.urls")),
    path("", include("needlework.diary.urls")),
    path("", include("needlework.payments.urls")),
    path("", include("needlework.care.urls")),
]
