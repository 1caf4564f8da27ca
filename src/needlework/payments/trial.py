"""A payment provider to try things out: the protocol of `hosted.checkout` on this machine, and no money anywhere."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from needlework.payments.hosted.signing import signed
from needlework.web.money import pounds

SESSIONS, REFUNDS = "/v1/checkout/sessions", "/v1/refunds"
PAGE = """<!doctype html><html lang="en-GB"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A trial, no money moves</title>
<main><h1>A trial: no money moves</h1><p>{words}: <strong>{amount}</strong></p>
<form method="post"><button name="do" value="pay">Pay</button>
<button name="do" value="leave">Do not pay</button></form>
</main></html>"""
Answer = tuple[int, dict[str, Any]]


@dataclass
class Trial:
    """What the trial provider knows: its pages and refunds, by the keys they were asked for under."""

    secret: str
    webhook_secret: str
    tell: str = ""
    """The clinic's address for signed messages; empty where nobody is told."""
    address: str = ""
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    counter: "count[int]" = field(default_factory=lambda: count(1))
    lock: Lock = field(default_factory=Lock)

    def called(self, method: str, path: str, key: str, form: dict[str, str]) -> Answer:
        """Answer a call of the protocol."""
        with self.lock:
            if method == "POST" and path == SESSIONS:
                return self._session(key, form)
            if method == "POST" and path == REFUNDS:
                return self._refund(key, form)
            known = self.sessions.get(path.removeprefix(f"{SESSIONS}/"))
            return (200, known) if method == "GET" and known else refused("No such checkout session")

    def _session(self, key: str, form: dict[str, str]) -> Answer:
        before = [one for one in self.sessions.values() if one["client_reference_id"] == key]
        if before:
            return 200, before[0]
        number = next(self.counter)
        session: dict[str, Any] = {
            "id": f"cs_trial_{number}",
            "object": "checkout.session",
            "client_reference_id": key,
            "amount_total": int(form["line_items[0][price_data][unit_amount]"]),
            "currency": form["line_items[0][price_data][currency]"],
            "words": form["line_items[0][price_data][product_data][name]"],
            "success_url": form["success_url"],
            "cancel_url": form["cancel_url"],
            "expires_at": int(form["expires_at"]),
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "url": f"{self.address}/pay/cs_trial_{number}",
        }
        self.sessions[session["id"]] = session
        return 200, session

    def _refund(self, key: str, form: dict[str, str]) -> Answer:
        if key in self.refunds:
            return 200, self.refunds[key]
        payment, amount = form["payment_intent"], int(form["amount"])
        paid = sum(one["amount_total"] for one in self.sessions.values() if one["payment_intent"] == payment)
        back = sum(one["amount"] for one in self.refunds.values() if one["payment_intent"] == payment)
        if amount > paid - back:
            return refused("That is more than was paid")
        refund = {"id": f"re_trial_{next(self.counter)}", "object": "refund", "status": "succeeded"}
        self.refunds[key] = {**refund, "amount": amount, "payment_intent": payment, "metadata": {"refund": key}}
        return 200, self.refunds[key]

    def pay(self, session_id: str) -> str:
        """Pay a page, tell the clinic, and return where the payer goes next."""
        with self.lock:
            session = self.sessions[session_id]
            if session["status"] == "open":
                paid = {"status": "complete", "payment_status": "paid", "payment_intent": f"pi_{session_id}"}
                session.update(paid)
        self.send(self.event("checkout.session.completed", session))
        return str(session["success_url"])

    def expire(self, session_id: str) -> None:
        """End a page on which nobody paid, and tell the clinic."""
        self.sessions[session_id]["status"] = "expired"
        self.send(self.event("checkout.session.expired", self.sessions[session_id]))

    def event(self, kind: str, about: dict[str, Any]) -> bytes:
        """Return the message that something became of a page or a refund."""
        return json.dumps({"id": f"evt_{next(self.counter)}", "type": kind, "data": {"object": about}}).encode()

    def send(self, body: bytes) -> int:
        """Tell the clinic, signed; return the status of its answer, 0 where there is none."""
        if not self.tell:
            return 0
        address = urlsplit(self.tell)
        connection = HTTPConnection(address.hostname or "", address.port, timeout=5)
        signature = signed(body, self.webhook_secret, at=datetime.now(UTC))
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        try:
            connection.request("POST", address.path, body, headers)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()


def refused(message: str) -> Answer:
    """Return the answer to what cannot be done."""
    return 400, {"error": {"type": "invalid_request_error", "message": message}}


class Handler(BaseHTTPRequestHandler):
    """The trial provider over HTTP: its protocol for the clinic, its pages for payers."""

    trial: Trial

    def do_GET(self) -> None:
        """Answer a question, or show a page to pay on."""
        if self.path.startswith("/v1/"):
            return self._answer_call({})
        session = self.trial.sessions.get(self.path.removeprefix("/pay/"))
        if session is None or session["status"] != "open":
            return self._write(410, "text/plain", b"This page is over.")
        words = PAGE.format(words=escape(session["words"]), amount=pounds(session["amount_total"]))
        return self._write(200, "text/html; charset=utf-8", words.encode())

    def do_POST(self) -> None:
        """Act on a call, or on what a payer chose."""
        form = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))
        if self.path.startswith("/v1/"):
            return self._answer_call(form)
        session_id = self.path.removeprefix("/pay/")
        if session_id not in self.trial.sessions:
            return self._write(410, "text/plain", b"This page is over.")
        paid = form.get("do") == "pay"
        onwards = self.trial.pay(session_id) if paid else self.trial.sessions[session_id]["cancel_url"]
        self.send_response(303)
        self.send_header("Location", str(onwards))
        self.end_headers()
        return None

    def _answer_call(self, form: dict[str, str]) -> None:
        status, said = 401, refused("The secret is not right")[1]
        if self.headers.get("Authorization") == f"Bearer {self.trial.secret}":
            status, said = self.trial.called(self.command, self.path, self.headers.get("Idempotency-Key", ""), form)
        self._write(status, "application/json", json.dumps(said).encode())

    def _write(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def server(trial: Trial, port: int = 0) -> ThreadingHTTPServer:
    """Return the trial provider, listening on this machine alone; `serve_forever` answers."""
    made = ThreadingHTTPServer(("127.0.0.1", port), type("TrialHandler", (Handler,), {"trial": trial}))
    trial.address = f"http://127.0.0.1:{made.server_address[1]}"
    return made
