"""A software authenticator: makes and uses a passkey as a browser and its device do (WebAuthn Level 2)."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

USER_PRESENT, USER_VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Authenticator:
    """One passkey on one device; the attributes can be changed to misbehave."""

    def __init__(self, origin: str = "http://testserver") -> None:
        self.origin = origin
        self.host = origin.split("//")[1].split(":")[0]
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.sign_count = 0
        self.flags = USER_PRESENT | USER_VERIFIED

    def make(self, options: dict[str, Any]) -> str:
        """Answer navigator.credentials.create()."""
        assert options["rp"]["id"] == self.host
        assert options["authenticatorSelection"]["userVerification"] == "required"
        numbers = self.key.public_key().public_numbers()
        public_key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        credential = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        state = self._state(HAS_CREDENTIAL) + credential + cbor2.dumps(public_key)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": state})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(attestation)})

    def use(self, options: dict[str, Any]) -> str:
        """Answer navigator.credentials.get()."""
        assert options["rpId"] == self.host
        self.sign_count += 1
        state = self._state()
        client = self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(state + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": text(client), "authenticatorData": text(state), "signature": text(signature)}
        )

    def _state(self, more: int = 0) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([self.flags | more]) + self.sign_count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        id = text(self.credential_id)
        answer = {"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(answer)
