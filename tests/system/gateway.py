"""A small gateway in front of a function: HTTP becomes events, and answers become HTTP.

It does what API Gateway, function URLs and Application Load Balancers do with a request, as far as
a service can tell, and refuses with 502 what they would refuse. One request at a time.
"""

import base64
import gzip
import json
import secrets
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from server import PATIENCE

Event = dict[str, Any]
Pairs = list[tuple[str, str]]
TEXT_TYPES = ("text/", "application/json", "application/x-www-form-urlencoded")
BALANCER_LIMIT = 1_000_000  # bytes


class BadAnswerError(Exception):
    """No gateway could make HTTP of this; its client gets 502."""


@dataclass(frozen=True)
class Asked:
    """A request as the gateway reads it."""

    method: str
    target: str
    headers: Pairs
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def header(self, name: str) -> str:
        return ", ".join(value for one, value in self.headers if one.lower() == name)


@dataclass
class Told:
    """An answer as the gateway sends it."""

    status: int
    headers: Pairs
    body: bytes


def lists_of(pairs: Pairs) -> dict[str, list[str]]:
    lists = defaultdict(list)
    for name, value in pairs:
        lists[name].append(value)
    return dict(lists)


def joined(pairs: Pairs) -> dict[str, str]:
    lists = lists_of([(name.lower(), value) for name, value in pairs])
    return {name: ",".join(values) for name, values in lists.items()}


def raw_parts(query: str) -> Pairs:
    """The parameters as they were sent."""
    parts = [part.partition("=") for part in query.split("&") if part]
    return [(name, value) for name, _, value in parts]


def body_members(asked: Asked) -> Event:
    """Text stays text, and all else is base64."""
    if not asked.body:
        return {"body": None, "isBase64Encoded": False}
    is_text = asked.header("content-type").startswith(TEXT_TYPES)
    if is_text and not asked.header("content-encoding"):
        try:
            return {"body": asked.body.decode(), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(asked.body).decode(), "isBase64Encoded": True}


def told_body(answer: Event) -> bytes:
    body = answer["body"]
    if not isinstance(body, str) or not isinstance(answer["isBase64Encoded"], bool):
        raise BadAnswerError("the body is no text")
    return base64.b64decode(body, validate=True) if answer["isBase64Encoded"] else body.encode()


def told_lists(answer: Event) -> Pairs:
    if "headers" in answer:
        raise BadAnswerError("both kinds of header fields are sent together")
    fields = answer["multiValueHeaders"].items()
    return [(name, value) for name, values in fields for value in values]


def told_singles(answer: Event) -> Pairs:
    if "multiValueHeaders" in answer:
        raise BadAnswerError("this sender knows no lists")
    fields = list(answer["headers"].items())
    if not all(isinstance(value, str) for _, value in fields):
        raise BadAnswerError("a header field is no text")
    return fields


class RestApi:
    """API Gateway, REST API: it decodes the query, knows no binary types, and compresses."""

    minimum_compression_size = 1024  # bytes

    def event(self, asked: Asked) -> Event:
        pairs = parse_qsl(asked.query, keep_blank_values=True)
        return {
            "resource": "/{proxy+}",
            "path": asked.path,
            "httpMethod": asked.method,
            "headers": dict(asked.headers),
            "multiValueHeaders": lists_of(asked.headers),
            "queryStringParameters": dict(pairs) or None,
            "multiValueQueryStringParameters": lists_of(pairs) or None,
            "pathParameters": {"proxy": asked.path[1:]},
            "stageVariables": None,
            "requestContext": {
                "resourcePath": "/{proxy+}",
                "httpMethod": asked.method,
                "path": f"/prod{asked.path}",
                "stage": "prod",
                "requestId": str(uuid.uuid4()),
                "identity": {"sourceIp": "192.0.2.1", "userAgent": None},
                "domainName": "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
            },
            **body_members(asked),
        }

    def told(self, answer: Event, asked: Asked) -> Told:
        if answer["isBase64Encoded"]:
            raise BadAnswerError("a client would be given base64: no type is set up as binary")
        headers, body = told_lists(answer), told_body(answer)
        accepts = "gzip" in asked.header("accept-encoding")
        if accepts and len(body) >= self.minimum_compression_size:
            headers.append(("Content-Encoding", "gzip"))
            body = gzip.compress(body)
        return Told(answer["statusCode"], headers, body)


class PayloadFormat2:
    """API Gateway, HTTP API; and, with a domain of its own, function URLs."""

    def __init__(self, stage: str, domain: str):
        self.stage = stage
        self.domain = domain

    def event(self, asked: Asked) -> Event:
        path = asked.path if self.stage == "$default" else f"/{self.stage}{asked.path}"
        members = {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": asked.query,
            "headers": joined(asked.headers),
            "requestContext": {
                "domainName": self.domain,
                "http": {
                    "method": asked.method,
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": "192.0.2.1",
                },
                "requestId": f"{secrets.token_urlsafe(11)}=",
                "stage": self.stage,
            },
        }
        pairs = parse_qsl(asked.query, keep_blank_values=True)
        if pairs:
            members["queryStringParameters"] = joined(pairs)
        if asked.header("cookie"):
            members["cookies"] = asked.header("cookie").split("; ")
        body = body_members(asked)
        return members | body if asked.body else members | {"isBase64Encoded": False}

    def told(self, answer: Event, _: Asked) -> Told:
        cookies = [("Set-Cookie", cookie) for cookie in answer.get("cookies", [])]
        return Told(answer["statusCode"], told_singles(answer) + cookies, told_body(answer))


class LoadBalancer:
    """An Application Load Balancer, with `lists` as its target group is told."""

    def __init__(self, lists: bool):
        self.lists = lists

    def event(self, asked: Asked) -> Event:
        fields = [(name.lower(), value) for name, value in asked.headers]
        parts = raw_parts(asked.query)
        arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/genes/1"
        members: Event = {
            "requestContext": {"elb": {"targetGroupArn": arn}},
            "httpMethod": asked.method,
            "path": asked.path,
            **body_members(asked),
        }
        if self.lists:
            members["multiValueHeaders"] = lists_of(fields)
            members["multiValueQueryStringParameters"] = lists_of(parts)
        else:
            members["headers"] = joined(fields)
            members["queryStringParameters"] = dict(parts)
        return members | {"body": members["body"] or ""}

    def told(self, answer: Event, _: Asked) -> Told:
        if not answer["statusDescription"].startswith(f"{answer['statusCode']} "):
            raise BadAnswerError("the description is of another status")
        if len(json.dumps(answer)) > BALANCER_LIMIT:
            raise BadAnswerError("the answer is too long")
        headers = told_lists(answer) if self.lists else told_singles(answer)
        return Told(answer["statusCode"], headers, told_body(answer))


Sender = RestApi | PayloadFormat2 | LoadBalancer
API_DOMAIN = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com"
SENDERS: dict[str, Sender] = {
    "rest_api": RestApi(),
    "http_api": PayloadFormat2("$default", API_DOMAIN),
    "http_api_with_stage": PayloadFormat2("genes", API_DOMAIN),
    "function_url": PayloadFormat2("$default", "u1v2w3.lambda-url.eu-west-1.on.aws"),
    "load_balancer": LoadBalancer(lists=False),
    "load_balancer_with_lists": LoadBalancer(lists=True),
}


class Gateway:
    """Listens on a free port of this machine until its `with` block ends."""

    def __init__(self, sender: Sender, invoke: Callable[[Event], Event]):
        self.sender = sender
        self.last_event: Event = {}
        self._invoke = invoke
        self._one_at_a_time = threading.Lock()
        handler = type("Handler", (_Handler,), {"gateway": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def __enter__(self) -> "Gateway":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)

    def ask(self, asked: Asked) -> Told:
        with self._one_at_a_time:
            self.last_event = self.sender.event(asked)
            answer = self._invoke(self.last_event)
        try:
            told = self.sender.told(answer, asked)
            if type(told.status) is not int:
                raise BadAnswerError("the status is no number")
        except (BadAnswerError, KeyError) as fault:
            return Told(502, [("Content-Type", "text/plain")], f"{fault!r} of {answer}".encode())
        return told


class _Handler(BaseHTTPRequestHandler):
    gateway: Gateway
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        # Its `path` has lost slashes at the front.
        target = self.requestline.split(" ")[1]
        fields = [
            *self.headers.items(),
            ("X-Amzn-Trace-Id", f"Root=1-{secrets.token_hex(4)}-{secrets.token_hex(12)}"),
            ("X-Forwarded-For", "192.0.2.1"),
            ("X-Forwarded-Proto", "https"),
        ]
        told = self.gateway.ask(Asked(self.command, target, fields, body))
        self.send_response_only(told.status)
        self.send_header("Date", self.date_time_string())
        for name, value in told.headers:
            self.send_header(name, value)
        if self.command != "HEAD" and told.status not in (204, 304):
            self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        self.wfile.write(told.body)
