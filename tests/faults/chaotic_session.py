"""A sequential client on a raw socket under rules of chance; prints every answer's bytes but for the Date header.

usage: chaotic_session.py ENDPOINT [DECISIONS]
"""

import json
import socket
import sys
import urllib.request

endpoint = sys.argv[1]
host, port = endpoint.split("//")[1].rsplit(":", 1)


def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(endpoint + "/_fickle" + path, data, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
        return json.load(answer)


def ask(operation, body):
    """The whole answer to one request on a connection of its own; empty when the connection was broken."""
    text = json.dumps(body)
    head = ("POST / HTTP/1.1\r\nHost: %s:%s\r\nX-Amz-Target: DynamoDB_20120810.%s\r\nContent-Type: application/x-amz-json-1.0\r\n"
            "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n"
            "X-Amz-Date: 20260101T000000Z\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % (host, port, operation, len(text)))
    with socket.create_connection((host.strip("[]"), int(port)), timeout=10) as one:
        one.sendall((head + text).encode())
        answer = b""
        try:
            while chunk := one.recv(65536):
                answer += chunk
        except ConnectionResetError:
            answer += b"(reset)"
    return b"\r\n".join(line for line in answer.split(b"\r\n") if not line.lower().startswith(b"date:"))


def say(answer):
    sys.stdout.buffer.write(answer + b"\n")


control("POST", "/clock", {"freeze": True, "set": "2026-01-01T00:00:00Z"})
if len(sys.argv) > 2 and sys.argv[2]:
    with open(sys.argv[2], encoding="utf-8") as script:
        control("PUT", "/decisions", json.load(script))
control("POST", "/faults", [
    {"name": "slow", "schedule": {"probability": 0.2}, "effect": {"latency": {"uniform": ["0", "2ms"]}}},
    {"name": "throttled", "when": {"operation": "write"}, "schedule": {"probability": 0.3}, "effect": {"throttle": {}}},
    {"name": "lost", "when": {"operation": "write"}, "schedule": {"probability": 0.1}, "effect": {"connection": "reset"}, "at": "afterCommit"},
    {"name": "stale", "when": {"operation": "read"}, "schedule": {"probability": 0.5, "per": "key"}, "effect": {"staleRead": {}}}])
say(ask("CreateTable", {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
                        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}))
for n in range(120):
    key = "user#%d" % (n % 7)
    say(ask("PutItem", {"TableName": "orders", "Item": {"pk": {"S": key}, "n": {"N": str(n)}}}))
    say(ask("GetItem", {"TableName": "orders", "Key": {"pk": {"S": key}}}))
    if n % 10 == 0:
        control("POST", "/clock", {"advance": "1s"})
