"""Sends one message to Duyệt, signed by the library `standardwebhooks` of PyPI: `send.py URL SECRET`, the message on standard input."""

import datetime
import json
import sys
import urllib.error
import urllib.request

from standardwebhooks import Webhook

url, secret = sys.argv[1:]
body = sys.stdin.read()
now = datetime.datetime.now(datetime.timezone.utc)
name = f"msg_pypi_{now.timestamp():.0f}"
headers = {
    "content-type": "application/json",
    "webhook-id": name,
    "webhook-timestamp": str(int(now.timestamp())),
    "webhook-signature": Webhook(secret).sign(name, now, body),
}
request = urllib.request.Request(url, body.encode(), headers)
try:
    with urllib.request.urlopen(request) as answer:
        told = {"status": answer.status, "body": answer.read().decode()}
except urllib.error.HTTPError as refused:
    told = {"status": refused.code, "body": refused.read().decode()}
print(json.dumps(told))
