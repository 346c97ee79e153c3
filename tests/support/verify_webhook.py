"""Verifies a webhook with the library of the standard's own authors: JSON on standard input, what it is worth on standard output."""

import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError

given = json.load(sys.stdin)
try:
    print(json.dumps(Webhook(given["secret"]).verify(given["body"], given["headers"])))
except WebhookVerificationError as error:
    print(f"refused: {error}")
