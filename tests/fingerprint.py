"""A passkey reader in software: makes and proves passkeys as a laptop does, for tests without a browser."""

import hashlib
import json
import struct
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

ORIGIN = "http://testserver"


class Reader:
    """One device with one passkey; `count` is how often it has signed."""

    def __init__(self, key_id: bytes = b"a passkey of the tests", origin: str = ORIGIN) -> None:
        self.key_id, self.origin, self.count = key_id, origin, 0
        self.key = ec.generate_private_key(ec.SECP256R1())

    def make(self, asked: dict[str, Any]) -> str:
        """Answer the question for a new passkey."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.key_id)) + self.key_id + cbor2.dumps(cose)
        data = self.data(asked["rp"]["id"], 0x45) + attested
        said = self.said("webauthn.create", asked["challenge"])
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self.answer({"clientDataJSON": said, "attestationObject": attestation})

    def prove(self, asked: dict[str, Any]) -> str:
        """Answer the question for a proof."""
        self.count += 1
        data = self.data(asked["rpId"], 0x05)
        said = self.said("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self.answer({"clientDataJSON": said, "authenticatorData": data, "signature": signature})

    def data(self, host: str, flags: int) -> bytes:
        """Return the authenticator's data: for which site, whether somebody was there, how many signatures."""
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def said(self, kind: str, challenge: str) -> bytes:
        """Return what the browser says it was asked, and where."""
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def answer(self, response: dict[str, bytes]) -> str:
        """Return the answer as the page's module sends it."""
        written = {name: bytes_to_base64url(value) for name, value in response.items()}
        key_id = bytes_to_base64url(self.key_id)
        return json.dumps({"id": key_id, "rawId": key_id, "type": "public-key", "response": written})
