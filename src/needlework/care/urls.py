"""Addresses about money."""

from django.urls import path

from needlework.care.views import own, staff

ONE = "money/<str:reference>/"

urlpatterns = [
    path("patients/<uuid:patient_id>/money/", staff.account, name="patient-money"),
    path(ONE, staff.bill, name="bill"),
    path(f"{ONE}payment/", staff.take_payment, name="bill-payment"),
    path(f"{ONE}charge/", staff.charge, name="bill-charge"),
    path(f"{ONE}<uuid:entry_id>/refund/", staff.refund, name="bill-refund"),
    path(f"{ONE}<uuid:entry_id>/take-back/", staff.take_back, name="bill-take-back"),
    path(f"{ONE}<uuid:entry_id>/receipt/", staff.receipt, name="bill-receipt"),
    path("me/payments/", own.account, name="me-payments"),
    path("me/payments/<uuid:entry_id>/receipt/", own.receipt, name="me-receipt"),
    path("me/payments/<str:reference>/pay/", own.pay, name="me-pay"),
    path("book/a/<slug:token>/pay/", own.pay_by_link, name="appointment-private-pay"),
]
