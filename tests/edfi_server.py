"""An Ed-Fi ODS/API on loopback, as its documentation describes it: tokens, pages, change queries, deletes.

What it has are made-up people. Attributes of it say in which ways it is not as it should be.
"""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5

KEY, SECRET = "mapleGroveKey", "swordfish-and-more"
Document = dict[str, Any]


class EdFiServer:
    """The service, its `documents` by resource and id, and what it was asked."""

    def __init__(self) -> None:
        self.version = 0
        self.documents: dict[str, dict[str, tuple[int, Document]]] = {}
        self.deletes: dict[str, list[Document]] = {}
        self.asked: list[str] = []
        self.withholds: set[str] = set()
        self.change_queries = True
        self.oldest = 0
        self.says_more = 0
        self.address = ""
        self.gives_tokens_at = ""
        self.tokens_given = 0

    def put(self, resource: str, key: str, **values: Any) -> None:
        """Write a document; the same key again changes it."""
        self.version += 1
        identifier = uuid5(NAMESPACE_URL, f"{resource}/{key}").hex
        document = {"id": identifier, **values, "_etag": str(self.version)}
        self.documents.setdefault(resource, {})[identifier] = (self.version, document)

    def delete(self, resource: str, key: str) -> None:
        self.version += 1
        identifier = uuid5(NAMESPACE_URL, f"{resource}/{key}").hex
        del self.documents[resource][identifier]
        self.deletes.setdefault(resource, []).append({"id": identifier, "changeVersion": self.version})

    def answer(self, path: str, query: dict[str, str], token: str) -> tuple[int, Any, dict[str, str]]:
        if path == "/":
            urls = {
                "dependencies": f"{self.address}/metadata/data/v3/dependencies",
                "oauth": self.gives_tokens_at or f"{self.address}/oauth/token",
                "dataManagementApi": f"{self.address}/data/v3/",
            }
            return 200, {"version": "7.2", "urls": urls}, {}
        if path.endswith("/dependencies"):
            return 200, [{"resource": f"/ed-fi/{name}", "order": 1} for name in self.documents], {}
        if token != "Bearer good":
            return 401, {}, {}
        if path.endswith("/availableChangeVersions"):
            if not self.change_queries:
                return 404, {}, {}
            return 200, {"oldestChangeVersion": self.oldest, "newestChangeVersion": self.version}, {}
        resource, _, what = path.removeprefix("/data/v3/ed-fi/").partition("/")
        if resource in self.withholds:
            return 403, {"detail": "The claim set does not let this key read it."}, {}
        if resource not in self.documents:
            return 404, {}, {}
        least, most = int(query.get("minChangeVersion", 0)), int(query.get("maxChangeVersion", 1 << 62))
        if what == "deletes":
            found = [one for one in self.deletes.get(resource, []) if least <= one["changeVersion"] <= most]
        else:
            kept = sorted(self.documents[resource].items())
            found = [document for _, (version, document) in kept if least <= version <= most]
        first = int(query.get("offset", 0))
        page = found[first : first + int(query.get("limit", 25))]
        counted = {"Total-Count": str(len(found) + self.says_more)} if query.get("totalCount") == "true" else {}
        return 200, page, counted


@contextmanager
def edfi_server() -> Iterator[EdFiServer]:
    """The service, running until the context ends."""
    service = EdFiServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            service.asked.append(self.path)
            self._send(*service.answer(parts.path or "/", query, self.headers.get("Authorization", "")))

        def do_POST(self) -> None:
            given = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            service.tokens_given += 1
            right = given == f"{KEY}:{SECRET}"
            self._send(200 if right else 401, {"access_token": "good", "token_type": "bearer"} if right else {}, {})

        def _send(self, status: int, body: Any, headers: dict[str, str]) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Type": "application/json", "Content-Length": len(content)}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
