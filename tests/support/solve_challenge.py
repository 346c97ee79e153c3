"""Solves a challenge with ALTCHA's own library for Python: JSON on standard input, what a form sends on standard output."""

import json
import sys

import altcha

challenge = altcha.Challenge.from_dict(json.load(sys.stdin))
solution = altcha.solve_challenge(challenge)
print(altcha.Payload(challenge, solution).to_base64())
