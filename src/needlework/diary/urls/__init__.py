"""Addresses of the diary, page by page."""

from needlework.diary.urls import courses, feeds, own, public, staff, waiting, working

urlpatterns = [
    *public.urlpatterns,
    *own.urlpatterns,
    *staff.urlpatterns,
    *working.urlpatterns,
    *courses.urlpatterns,
    *waiting.urlpatterns,
    *feeds.urlpatterns,
]
