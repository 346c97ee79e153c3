"""A mail server for the tests, on a loopback port: every message it is handed becomes a file.

    smtp_server.py FOLDER PORT MODE

MODE says what it does with messages:
    accept     takes each
    later=N    answers the first N with 451 and takes the others
    never      answers each with 550
    closing    greets nobody: 421 and the end of the connection
    silent     lets callers in and says nothing

A file is JSON: whether the message was taken, the envelope, and the message itself in base64. Files sort in the order
in which the messages came. The server ends when its standard input does, so it never outlives the test.
"""

import asyncio
import base64
import json
import os
import sys
import threading
import time

from aiosmtpd.smtp import SMTP


class Desk:
    """Decides on each message and records it."""

    def __init__(self, folder, refusals, answer):
        self.folder = folder
        self.refusals = refusals
        self.answer = answer

    async def handle_DATA(self, server, session, envelope):
        taken = self.refusals <= 0
        self.refusals -= 1
        record = {
            "taken": taken,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "message": base64.b64encode(envelope.content).decode("ascii"),
        }
        path = os.path.join(self.folder, f"{time.time_ns():020}.json")
        with open(path + ".part", "w", encoding="utf-8") as file:
            json.dump(record, file)
        os.rename(path + ".part", path)
        return "250 2.0.0 taken" if taken else self.answer


async def greet_nobody(reader, writer):
    writer.write(b"421 4.3.2 closing for a moment\r\n")
    await writer.drain()
    writer.close()


async def say_nothing(reader, writer):
    await reader.read()


def speaker(folder, mode):
    """What the server does on a connection."""
    if mode == "closing":
        return greet_nobody
    if mode == "silent":
        return say_nothing
    name, _, count = mode.partition("=")
    refusals, answer = {
        "accept": (0, ""),
        "later": (int(count or 0), "451 4.3.0 the disk is full, come back"),
        "never": (sys.maxsize, "550 5.7.1 your mail is not wanted here"),
    }[name]
    desk = Desk(folder, refusals, answer)
    return lambda: SMTP(desk, hostname="mail.test")


async def main(folder, port, mode):
    on_connection = speaker(folder, mode)
    if mode in ("closing", "silent"):
        server = await asyncio.start_server(on_connection, "127.0.0.1", port)
    else:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(on_connection, "127.0.0.1", port)
    print("listening", flush=True)
    await server.serve_forever()


def end_with_the_test():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
