"""Reads a message as Python's email package does, strictly, and prints JSON: fields, faults, both bodies."""

import email
import json
import sys
from email import policy

message = email.message_from_binary_file(sys.stdin.buffer, policy=policy.default)
faults = [repr(fault) for part in message.walk() for fault in part.defects]
for name, value in message.items():
    faults += [f"{name}: {fault!r}" for fault in getattr(value, "defects", [])]


def body(kind):
    part = message.get_body(preferencelist=(kind,))
    return None if part is None else part.get_content()


print(
    json.dumps(
        {
            "fields": [[name.lower(), str(value)] for name, value in message.items()],
            "faults": faults,
            "text": body("plain"),
            "html": body("html"),
        }
    )
)
