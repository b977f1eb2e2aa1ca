"""A OneRoster service on loopback, as the standard describes it: it lets in, pages, filters and counts.

What it has are made-up people. Attributes of it say in which ways it is not as it should be.
"""

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from oauthlib import oauth1, oauth2

KEY, SECRET = "maplegrove4801", "swordfish-and-more"
V1P1, V1P2 = "/ims/oneroster/v1p1", "/ims/oneroster/rostering/v1p2"
SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
MODIFIED = "2026-09-01T08:00:00.000Z"
Row = dict[str, Any]


def ref(kind: str, sourced_id: str) -> Row:
    return {"href": f"https://sis.example/{kind}/{sourced_id}", "sourcedId": sourced_id, "type": kind}


def row(sourced_id: str, **values: Any) -> Row:
    return {"sourcedId": sourced_id, "status": "active", "dateLastModified": MODIFIED, "metadata": {}, **values}


def roster(version: str) -> dict[str, list[Row]]:
    """A school with two students, a parent and a teacher."""
    return {
        "orgs": [
            row("d", name="Maple Grove", type="district", identifier="4801", children=[ref("org", "birch")]),
            row("birch", name="Birch Elementary", type="school", identifier="17", parent=ref("org", "d")),
        ],
        "academicSessions": [
            row("y", title="2026-27", type="schoolYear", startDate="2026-08-17", endDate="2027-06-04",
                schoolYear="2027", children=[ref("academicSession", "t1")]),
            row("t1", title="Fall", type="term", startDate="2026-08-17", endDate="2026-12-18", schoolYear="2027",
                parent=ref("academicSession", "y")),
        ],
        "courses": [
            row("k", title="Mathematics 4", courseCode="MATH-4", grades=["04"], subjects=["Mathematics"],
                subjectCodes=["02"], schoolYear=ref("academicSession", "y"), org=ref("org", "d"),
                resources=[ref("resource", "book")]),
        ],
        "classes": [
            row("c", title="Math, first period", classCode="M4-1", classType="scheduled", location="12",
                grades=["04", "05"], subjects=["Mathematics"], subjectCodes=["02"], periods=["1", "3"],
                course=ref("course", "k"), school=ref("org", "birch"), terms=[ref("term", "t1"), ref("term", "y")],
                resources=[ref("resource", "book")]),
        ],
        "users": [
            user(version, "s1", "student", "Maya", "Okafor", grades=["04"], identifier="1001",
                 userIds=[{"type": "State", "identifier": "TX-1"}, {"type": "Lunch", "identifier": "77"}],
                 agents=[ref("user", "p1")], metadata={"bus": 12, "locker": "B-7"}),
            user(version, "s2", "student", "Theo", "Lindqvist", grades=["04"], identifier="1002"),
            user(version, "p1", "parent", "Ada", "Okafor", email="ada@example.org", phone="+12175550101",
                 agents=[ref("user", "s1")]),
            user(version, "t", "teacher", "Rosa", "Nguyen", email="rosa@maplegrove.example"),
        ],
        "enrollments": [
            row(f"e-{who}", role=role, primary="true" if role == "teacher" else "false", beginDate="2026-08-17",
                user=ref("user", who), school=ref("org", "birch"), **{"class": ref("class", "c")})
            for who, role in [("s1", "student"), ("s2", "student"), ("t", "teacher")]
        ],
        "demographics": [
            row("s1", birthDate="2017-01-11", sex="female", asian="false", blackOrAfricanAmerican="true",
                hispanicOrLatinoEthnicity="false", cityOfBirth="Springfield"),
            row("s2", birthDate="2017-02-11", sex="male", white="true"),
        ],
        "resources": [
            row("book", vendorResourceId="isbn-1", title="Numbers", roles=["primary"], importance="primary",
                vendorId="press", applicationId="reader"),
        ],
        "categories": [row("quiz", title="Quizzes", weight=0.4)],
        "lineItems": [
            row("i", title="Quiz 1", description="Fractions", assignDate="2026-09-07", dueDate="2026-09-08",
                category=ref("category", "quiz"), gradingPeriod=ref("gradingPeriod", "t1"),
                academicSession=ref("academicSession", "t1"), resultValueMin=0.0, resultValueMax=10.0,
                scoreScale=ref("scoreScale", "letters"),
                learningObjectiveSet=[{"source": "case", "learningObjectiveIds": ["lo-1", "lo-2"]}],
                **{"class": ref("class", "c")}),
        ],
        "results": [
            row("r", lineItem=ref("lineItem", "i"), student=ref("user", "s1"), scoreStatus="fully graded", score=9.5,
                scoreDate="2026-09-09", comment="Well done,\nMaya",
                learningObjectiveSet=[
                    {"source": "case", "learningObjectiveResults": [{"learningObjectiveId": "lo-1", "score": 5.0}]}
                ]),
        ],
        "scoreScales": [
            row("letters", title="Letters", type="letter", scoreScaleValue=[
                {"itemValueLHS": "A", "itemValueRHS": "90-100"}, {"itemValueLHS": "B", "itemValueRHS": "80-89"}]),
        ],
    }  # fmt: skip


def user(version: str, sourced_id: str, role: str, given: str, family: str, **values: Any) -> Row:
    values = {"username": sourced_id, "enabledUser": "true", "givenName": given, "familyName": family, **values}
    if version == "1.1":
        orgs = [] if role == "parent" else [ref("org", "birch")]
        return row(sourced_id, role=role, orgs=orgs, password="not-for-us", **values)
    return row(
        sourced_id,
        userMasterIdentifier=f"m-{sourced_id}",
        preferredFirstName=given[:2],
        primaryOrg=ref("org", "birch"),
        roles=[{"roleType": "primary", "role": role, "org": ref("org", "birch"), "beginDate": "2026-08-17"}],
        userProfiles=[
            {
                "profileId": f"https://reader.example/{sourced_id}",
                "profileType": "reader",
                "vendorId": "press",
                "credentials": [{"type": "SAML", "username": f"{given}.{family}", "password": "not-for-us"}],
            }
        ],
        **values,
    )


class _Signatures(oauth1.RequestValidator):
    """Lets one key in, each signed request once."""

    enforce_ssl = False
    dummy_client = "nobody4801"
    client_key_length = (4, 40)
    nonce_length = (10, 60)

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def validate_client_key(self, client_key: str, request: Any) -> bool:
        return client_key == KEY

    def get_client_secret(self, client_key: str, request: Any) -> str:
        return SECRET

    def validate_timestamp_and_nonce(self, client_key: str, timestamp: str, nonce: str, request: Any, **_: Any) -> bool:
        fresh = nonce not in self.used
        self.used.add(nonce)
        return fresh


class _Tokens(oauth2.RequestValidator):
    """Gives a token for the key and the secret, and knows it again."""

    def __init__(self, scopes: set[str]) -> None:
        self.scopes = scopes
        self.given: dict[str, list[str]] = {}

    def authenticate_client(self, request: Any, *_: Any, **__: Any) -> bool:
        said = request.headers.get("Authorization", "").removeprefix("Basic ")
        request.client = type("Client", (), {"client_id": KEY})
        return base64.b64decode(said).decode() == f"{KEY}:{SECRET}"

    def validate_grant_type(self, client_id: str, grant_type: str, *_: Any, **__: Any) -> bool:
        return grant_type == "client_credentials"

    def validate_scopes(self, client_id: str, scopes: list[str], *_: Any, **__: Any) -> bool:
        return set(scopes) <= self.scopes

    def get_default_scopes(self, *_: Any, **__: Any) -> list[str]:
        return sorted(self.scopes)

    def save_bearer_token(self, token: dict[str, Any], request: Any, *_: Any, **__: Any) -> None:
        self.given[token["access_token"]] = token["scope"].split()

    def validate_bearer_token(self, token: str, scopes: list[str], request: Any) -> bool:
        return token in self.given


class OneRosterService:
    """`asked`: path and query of each question that was let in; `heard`: of every request, with its headers."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.rows = roster(version)
        self.signatures = _Signatures()
        names = ("roster-core", "roster", "roster-demographics", "gradebook", "resource")
        self.tokens = _Tokens({f"{SCOPE}{name}.readonly" for name in names})
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.largest_page = 1_000
        self.links = self.counts = self.pages = True
        # What is answered to a filter in place of the rows: a status of HTTP.
        self.filter_refused: int | None = None
        self.not_given: dict[str, int] = {}
        # Answered once each, before anything else: status, headers, content.
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{V1P1 if self.version == '1.1' else V1P2}"

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def questions(self, collection: str) -> list[dict[str, str]]:
        return [query for path, query in self.asked if path.endswith(f"/{collection}")]

    def change(self, collection: str, sourced_id: str, moment: str, **values: Any) -> None:
        (found,) = (one for one in self.rows[collection] if one["sourcedId"] == sourced_id)
        found |= {"dateLastModified": moment, **values}

    def answer(self, path: str, query: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.heard.append((path, headers))
        if self.answers:
            return self.answers.pop(0)
        if not self._lets_in(path, query, headers):
            return 401, {}, b'{"imsx_codeMajor":"failure"}'
        parameters = {name: values[0] for name, values in parse_qs(query).items()}
        self.asked.append((path, parameters))
        collection = path.rsplit("/", 1)[1]
        service = {"1.1": V1P1, "1.2": V1P2.replace("rostering", _service(collection))}[self.version]
        if path != f"{service}/{collection}" or collection not in self.rows:
            return 404, {}, b"{}"
        if collection in self.not_given:
            return self.not_given[collection], {}, b"{}"
        if "filter" in parameters and self.filter_refused:
            return self.filter_refused, {}, b"{}"
        return self._page(path, collection, parameters)

    def _lets_in(self, path: str, query: str, headers: dict[str, str]) -> bool:
        uri = f"http://127.0.0.1:{self.port}{path}?{query}"
        if headers.get("Authorization", "").startswith("OAuth "):
            return self.version == "1.1" and bool(
                oauth1.SignatureOnlyEndpoint(self.signatures).validate_request(uri, "GET", headers=headers)[0]
            )
        server = oauth2.BackendApplicationServer(self.tokens)
        return bool(server.verify_request(uri, "GET", headers=headers, scopes=[])[0])

    def _page(self, path: str, collection: str, asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        rows = self.rows[collection]
        if "filter" in asked:
            (since,) = re.fullmatch(r"dateLastModified>'(.+)'", asked["filter"]).groups()
            rows = [
                one for one in rows if datetime.fromisoformat(one["dateLastModified"]) > datetime.fromisoformat(since)
            ]
        limit, offset = min(int(asked.get("limit", 100)), self.largest_page), int(asked.get("offset", 0))
        page = rows[offset : offset + limit] if self.pages else rows
        headers = {"X-Total-Count": str(len(rows))} if self.counts else {}
        if self.links and offset + limit < len(rows):
            # Written as it is read, as many services do.
            following = unquote(urlencode(asked | {"limit": limit, "offset": offset + limit}))
            headers["Link"] = f'<http://127.0.0.1:{self.port}{path}?{following}>; rel="next"'
        return 200, headers, json.dumps({collection: page}).encode()

    def token(self, body: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.heard.append(("/token", headers))
        server = oauth2.BackendApplicationServer(self.tokens)
        given, content, status = server.create_token_response(self.token_url, "POST", body, headers)
        return status, given, (content or "").encode()


def _service(collection: str) -> str:
    if collection in ("categories", "lineItems", "results", "scoreScales"):
        return "gradebook"
    return "resources" if collection == "resources" else "rostering"


@contextmanager
def oneroster_service(version: str) -> Iterator[OneRosterService]:
    """A service that listens until it is left."""
    service = OneRosterService(version)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            self._say(*service.answer(url.path, url.query, dict(self.headers)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*service.token(body, dict(self.headers)))

        def _say(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing: who asks is in `heard`."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        service.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join(timeout=10)
