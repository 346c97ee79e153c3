"""Checks a message's signature by dkimpy, and prints JSON: whether it holds, whose it is, and which fields it covers.

    verify_dkim.py RECORD < MESSAGE

RECORD is what the domain name system says under SELECTOR._domainkey.DOMAIN.
"""

import json
import sys

import dkim

asked = []


def answer(name, timeout=5):
    asked.append(name.decode())
    return sys.argv[1].encode()


check = dkim.DKIM(sys.stdin.buffer.read())
try:
    holds = check.verify(dnsfunc=answer)
except dkim.ValidationError as why:
    # A body that was changed, or a signature that says what it must not.
    holds = False
    print(why, file=sys.stderr)
fields = [name.decode().lower() for name in check.include_headers]
print(json.dumps({"holds": holds, "asked": asked, "fields": fields}))
