"""The client from PyPI, as it is: check.py http://ADDRESS KEY. It waits for an answer one second and no longer. What it was told, as JSON."""

import json
import sys

import akismet
from akismet import _common

_common._API_URL, key = sys.argv[1:3]


def client(key):
    return akismet.SyncClient(config=akismet.Config(key=key, url="https://bao.example"))


def comment(content):
    return {
        "comment_author": "Trần Thị Bưởi",
        "comment_author_email": "ban.doc@thu.example",
        "comment_content": content,
        "comment_type": "comment",
        "permalink": "https://bao.example/xa-hoi/cau-moi.html",
    }


own = client(key)
held, trash = comment("Cầu mới rất đẹp, pypi"), comment("Mua ngay kẻo lỡ, pypi")
told = {
    "verified": [own.verify_key(), client("abcdefabcdef").verify_key()],
    "checked": [own.comment_check("203.0.113.7", **each).name for each in (held, trash)],
    "reported": [own.submit_spam("203.0.113.7", **held), own.submit_ham("203.0.113.7", **trash)],
    "again": [own.comment_check("203.0.113.7", **each).name for each in (held, trash)],
    "usage": own.usage_limit()["usage"],
}
# This version asks for the sites of a key without that key.
for name, call in {"stranger": lambda: client("abcdefabcdef").comment_check("203.0.113.7", **held), "keyless": own.key_sites}.items():
    try:
        told[name] = call()
    except akismet.APIKeyError:
        told[name] = "APIKeyError"
print(json.dumps(told))
