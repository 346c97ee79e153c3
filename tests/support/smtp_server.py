"""A mail server for the tests, on a loopback port: every message it is handed becomes a file.

    smtp_server.py FOLDER PORT MODE [CERTIFICATE]

MODE says what it does with messages:
    accept     takes each
    later=N    answers the first N with 451 and takes the others
    never      answers each with 550
    stranger   answers every sender with 553
    no-relay   answers every recipient with 550
    full       answers each with 552
    sender=W   answers every sender with the words W, which begin with a code
    recipient=W  the same of every recipient
    message=W  the same of every message
    puts-off=A W  answers the recipient A with the words W, and takes the others' messages
    dislikes=W answers the first message with the words W as often as it comes, and takes all others
    words=P W  answers each message whose text has what the pattern P (without spaces) finds with the words W, and takes the others
    hangs      hears each message and never says what it does with it
    ponders=A  hears each message for A and never says what it does with it, and takes the others' messages
    drops=N    takes the first N, but breaks the connection off before it says so
    old-words=C answers each message with the code C, which takes it or not, and words that are no UTF-8
    riddles    takes each, and answers with what is no reply
    lies       offers STARTTLS, and sends the answers to all that is to come with its yes to it, in clear
    endless    greets with a line that has no end
    closing    greets nobody: 421 and the end of the connection
    silent     lets callers in and says nothing
    slow=N     takes each, and thinks N seconds before every answer
    sign-in=P  takes each from whoever signs in as `duyet` with the password P, and answers others with 535
    tls        takes each once the connection is private (STARTTLS)
    no-tls     offers STARTTLS, and answers it with 454
    smtps      takes each; the connection is private from its first byte

CERTIFICATE is a PEM file with the key and the certificate for what is private; `endless` and
`old-words` are so from their first byte where they have one. A file is JSON: whether the message was taken,
whether the connection was private, who signed in, the envelope, and the message itself in base64. Files sort in the order in
which the messages came. The server ends when its standard input does, so it never outlives the test.
"""

import asyncio
import base64
import email
import json
import os
import re
import ssl
import sys
import threading
import time

from aiosmtpd.smtp import SMTP, AuthResult, syntax


# As a server in an old charset says that it has put a mail into its queue.
OLD_WORDS = " thư đã vào hàng đợi".encode("windows-1258", "replace")


class Desk:
    """Decides on each message and records it."""

    def __init__(self, folder, refusals=0, answer="", drops=0, pause=0, sender="250 2.1.0 well", recipient="250 2.1.5 well", put_off=(None, ""), dislikes=None, words=None, hangs=False, ponders=None, yes="250 2.0.0 taken"):
        self.folder = folder
        self.sender = sender
        self.recipient = recipient
        self.put_off = put_off
        self.dislikes = dislikes
        self.disliked = None
        self.words = words
        self.hangs = hangs
        self.ponders = ponders
        self.refusals = refusals
        self.answer = answer
        self.drops = drops
        self.pause = pause
        self.yes = yes

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        await asyncio.sleep(self.pause)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        await asyncio.sleep(self.pause)
        if self.sender.startswith("2"):
            envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.sender

    async def handle_RCPT(self, server, session, envelope, address, options):
        await asyncio.sleep(self.pause)
        put_off, words = self.put_off
        if address == put_off:
            return words
        if self.recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):
        taken = self.refusals <= 0
        self.refusals -= 1
        if self.dislikes:
            name = email.message_from_bytes(envelope.content)["Message-ID"]
            self.disliked = self.disliked or name
            taken, self.answer = name != self.disliked, self.dislikes
        if self.words:
            pattern, self.answer = self.words
            taken = not any(re.search(pattern, text) for text in texts(envelope.content))
        record = {
            "taken": taken,
            "private": session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            "signed_in": bool(session.authenticated),
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "message": base64.b64encode(envelope.content).decode("ascii"),
        }
        path = os.path.join(self.folder, f"{time.time_ns():020}.json")
        with open(path + ".part", "w", encoding="utf-8") as file:
            json.dump(record, file)
        os.rename(path + ".part", path)
        if self.hangs or self.ponders in envelope.rcpt_tos:
            await asyncio.sleep(3600)
        if self.drops > 0:
            self.drops -= 1
            server.transport.abort()
        await asyncio.sleep(self.pause)
        return self.yes if taken else self.answer


def texts(message):
    """What a filter reads of a message: each of its parts as text."""
    parts = email.message_from_bytes(message).walk()
    return [part.get_payload(decode=True).decode("utf-8") for part in parts if not part.is_multipart()]


class Unwilling(SMTP):
    """Offers STARTTLS and does not do it."""

    @syntax("STARTTLS")
    async def smtp_STARTTLS(self, arg):
        await self.push("454 4.7.0 no TLS for the moment")


async def greet_nobody(reader, writer):
    writer.write(b"421 4.3.2 closing for a moment\r\n")
    await writer.drain()
    writer.close()


async def say_nothing(reader, writer):
    await reader.read()


def lies(certificate):
    """Says in clear what it would say once the connection is private, and then nothing."""

    async def lie(reader, writer):
        writer.write(b"220 mail.test\r\n")
        await reader.readline()
        writer.write(b"250-mail.test\r\n250 STARTTLS\r\n")
        await reader.readline()
        writer.write(b"220 go\r\n250 a\r\n250 b\r\n250 c\r\n354 d\r\n250 lies\r\n")
        await writer.drain()
        await writer.start_tls(private(certificate))
        await reader.read()

    return lie


async def go_on_and_on(reader, writer):
    writer.write(b"220 ")
    while True:
        writer.write(b"x" * 65536)
        await writer.drain()


def only(password):
    """Lets `duyet` in with that password, and counts whoever tries."""

    def decide(server, session, envelope, mechanism, data):
        with open(os.path.join(sys.argv[1], "tries"), "a", encoding="utf-8") as file:
            file.write("x")
        right = (data.login, data.password) == (b"duyet", password.encode())
        return AuthResult(success=right, handled=right)

    return decide


def private(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def speaker(folder, mode, certificate):
    """What the server says on a connection, and how that is kept private from its first byte."""
    name, _, value = mode.partition("=")
    if name == "sign-in":
        options = {"authenticator": only(value), "auth_required": True, "auth_require_tls": False}
        return lambda: SMTP(Desk(folder), hostname="mail.test", **options), None
    if name in ("tls", "no-tls"):
        kind = SMTP if name == "tls" else Unwilling
        options = {"tls_context": private(certificate), "require_starttls": name == "tls"}
        return lambda: kind(Desk(folder), hostname="mail.test", **options), None
    # One for all connections, since it counts.
    desk = {
        "accept": lambda: Desk(folder),
        "smtps": lambda: Desk(folder),
        "later": lambda: Desk(folder, int(value), "451 4.3.0 the disk is full, come back"),
        "never": lambda: Desk(folder, sys.maxsize, "550 5.7.1 your mail is not wanted here"),
        "stranger": lambda: Desk(folder, sender="553 5.7.1 sender address rejected: not owned by you"),
        "no-relay": lambda: Desk(folder, recipient="550 5.7.1 relaying denied"),
        "sender": lambda: Desk(folder, sender=value),
        "recipient": lambda: Desk(folder, recipient=value),
        "message": lambda: Desk(folder, sys.maxsize, value),
        "puts-off": lambda: Desk(folder, put_off=tuple(value.split(" ", 1))),
        "dislikes": lambda: Desk(folder, dislikes=value),
        "words": lambda: Desk(folder, words=value.split(" ", 1)),
        "hangs": lambda: Desk(folder, sys.maxsize, hangs=True),
        "ponders": lambda: Desk(folder, ponders=value),
        "full": lambda: Desk(folder, sys.maxsize, "552 5.2.2 the mailbox is full"),
        "drops": lambda: Desk(folder, drops=int(value)),
        "old-words": lambda: Desk(folder, 0 if value == "250" else sys.maxsize, value.encode() + OLD_WORDS, yes=value.encode() + OLD_WORDS),
        "riddles": lambda: Desk(folder, yes="well, well"),
        "slow": lambda: Desk(folder, pause=float(value)),
    }[name]()
    context = private(certificate) if name == "smtps" or (name == "old-words" and certificate) else None
    return lambda: SMTP(desk, hostname="mail.test"), context


async def main(folder, port, mode, certificate=None):
    raw = {"closing": greet_nobody, "silent": say_nothing, "lies": lies(certificate), "endless": go_on_and_on}
    if mode in raw:
        context = private(certificate) if mode == "endless" and certificate else None
        server = await asyncio.start_server(raw[mode], "127.0.0.1", port, ssl=context)
    else:
        loop = asyncio.get_running_loop()
        on_connection, context = speaker(folder, mode, certificate)
        server = await loop.create_server(on_connection, "127.0.0.1", port, ssl=context)
    print("listening", flush=True)
    await server.serve_forever()


def end_with_the_test():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
asyncio.run(main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:]))
