"""The log holds ids and routes; what somebody sent, and what an error quotes, stays out of it."""

import json
import logging
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from needlework.web import logs

NAME = "Oluwaseun Adeyemi"


def line(name, message, *arguments, raised=None, **extra):
    record = logging.LogRecord(name, logging.WARNING, "/x/module.py", 7, message, arguments, raised)
    for key, value in extra.items():
        setattr(record, key, value)
    return json.loads(logs.JsonLines().format(record))


def raised(error):
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_our_own_message_is_written_out():
    found = line("needlework.work.worker", "Job %s failed", 12)
    assert found["event"] == "Job 12 failed"
    assert found["level"] == "warning"
    assert found["time"].endswith("+00:00")


def test_of_a_librarys_message_stays_the_wording():
    assert line("django.security", "Invalid address: %r", NAME)["event"] == "django.security: Invalid address: %r"


def test_a_librarys_message_that_is_already_filled_in_is_left_out():
    assert line("django.security", f"Invalid address: {NAME}")["event"] == "django.security: module:7"


def test_of_an_error_stay_its_type_its_cause_and_the_lines_it_took():
    outer = ValueError(f"no place for {NAME}")
    outer.__cause__ = KeyError(NAME)
    found = line("needlework.care", "Fault", raised=raised(outer))
    assert (found["error"], found["cause"]) == ("ValueError", "KeyError")
    assert found["at"][-1].endswith(" raised")
    assert NAME not in json.dumps(found)


@pytest.mark.parametrize("key", ["user", "path", "body", "form", "request"])
def test_keys_that_are_not_on_the_list_are_left_out(key):
    assert NAME not in json.dumps(line("needlework.web", "request", route="patients/", **{key: NAME}))


def test_a_request_is_logged_by_route_with_the_id_that_its_answer_carries(caplog):
    request = RequestFactory().get(f"/patients/?q={NAME}")
    with caplog.at_level(logging.INFO, "needlework.web.logs"):
        answer = logs.number_requests(lambda _: HttpResponse(logs.REQUEST_ID.get(), status=418))(request)
    (record,) = caplog.records
    assert answer.headers["X-Request-ID"] == answer.content.decode()
    assert len(answer.content) == 16
    assert (record.method, record.route, record.status) == ("GET", None, 418)
    assert "Oluwaseun" not in logs.JsonLines().format(record)
    assert logs.REQUEST_ID.get() == ""


def test_lines_within_a_request_carry_its_id():
    def view(_):
        return HttpResponse(line("needlework.care", "Saved")["request"])

    answer = logs.number_requests(view)(RequestFactory().get("/"))
    assert answer.content.decode() == answer.headers["X-Request-ID"]
