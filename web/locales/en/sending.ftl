# Sending mail

place-outbox = Outgoing
outbox-title = What goes out
outbox-lead = Mails to moderators and readers, questions to the external checker, decisions told to the newspaper’s own system. Whoever is busy or does not answer is tried again: mails and decisions for three days, questions for ten minutes. What was refused for good, or was tried in vain for so long, lies here.
outbox-dead = Not sent
outbox-dead-lead = Read what the other side says, mend the address or the settings, then send it again.
outbox-none = Nothing is left unsent
outbox-none-detail = Mails that were refused for good, questions that the checker left unanswered and decisions that the newspaper’s own system did not take are shown here with the reason.
outbox-dead-line = { $site } · written { $when } · { $count ->
    [0] never asked, given up { $at }
    [one] tried once, last { $at }
   *[other] tried { $count } times, last { $at }
}
outbox-again = Send again
outbox-again-one = Send again: { $what }, written { $when }
outbox-now = Send now
outbox-now-one = Send now: { $what }, written { $when }
outbox-what = { $what }, to { $to }
outbox-kind-digest = Comments that wait
outbox-kind-urgent = Something urgent
outbox-kind-reminder = Comments that have waited too long
outbox-kind-ask = The question whether a reader wants mail
outbox-kind-decided = What was decided on a reader’s comment
outbox-kind-answered = An answer to a reader’s comment
outbox-kind-link = The way into an account
outbox-kind-stopped = A webhook has stopped
outbox-kind-unknown = A mail that cannot be read
outbox-kind-check = The question to the external checker about a comment that still waits
outbox-kind-callback = A decision, to the newspaper’s own system (Akismet)
outbox-comment = See the comment
outbox-waiting = To be tried again
outbox-waiting-lead = These are tried again by themselves. While the mail server takes none, one mail a minute is tried; once it leaves, so do the others. Newer comments wait until the mail before to the same member has left, for a day at the most. If the other side is well again, you can send them now.
outbox-waiting-stopped = Once what is told above is mended, they leave by themselves within minutes. Newer comments wait until the mail before to the same member has left, for a day at the most.
outbox-waiting-line = { $site } · written { $when } · { $count ->
    [0] next { $at }
    [one] tried once, next { $at }
   *[other] tried { $count } times, next { $at }
}
outbox-notice-again = It is on its way again.
outbox-notice-soon = That is on its way, or will be within two minutes.
outbox-notice-gone = That was sent again before, or is gone.

mail-stopped = No mail can leave.
mail-stopped-why = Something is wrong with the settings or the mail server. Mails are kept, and leave by themselves once an administrator has mended it. What went wrong:
mail-late = { $count ->
    [one] { $count } mail has not left for over ten minutes.
   *[other] { $count } mails have not left for over ten minutes.
}
mail-late-why = The mail server is busy or away. Mails are kept, and tried again for three days. The last attempt said:
mail-stopped-see = See what waits

unanswered = { $count ->
    [one] The external checker has not answered about { $count } comment that waits.
   *[other] The external checker has not answered about { $count } comments that wait.
}
unanswered-why = They are in the lane “Needs a look” or a graver one, and wait for a moderator as ever. What went wrong the last time:
untold = { $count ->
    [one] The newspaper’s own system has not been told { $count } decision.
   *[other] The newspaper’s own system has not been told { $count } decisions.
}
untold-why = There the comment may still wait, or still be shown. What went wrong the last time:
given-up-see = See and send again

mail-answer-subject = Your comment was answered — { $site }
mail-answer-foot = You get this mail because you agreed to be told when { $site } decides on a comment of yours and when it is answered.

mail-trial-subject = A test mail from Duyệt
mail-trial = This mail was sent to try the settings of { $from }. Reading it means that mail arrives.

trouble-not-called = This address was not called. { $why }
trouble-no-name = The name { $name } could not be looked up: { $said }
trouble-nowhere = The name { $name } stands for no address.
trouble-no-connection = No connection to { $place }: { $said }
trouble-nobody = Nobody answers at { $place }.
trouble-no-tls = No TLS connection to { $place }: { $said }
trouble-no-http = The connection broke off, or the answer is no HTTP: { $said }
trouble-late = No answer within { $seconds } s.
trouble-late-millis = No answer within { $millis } ms.
trouble-status = The answer was { $status }.
trouble-redirect = The answer was { $status }, which leads to another address. Redirects are not followed: set the address that it leads to.
trouble-cut = The answer broke off, came too slowly or has more than { $most } bytes.
trouble-unreadable = The answer cannot be read, at { $field }: { $what }
trouble-not-json = That is no JSON.
trouble-unsigned = The checker has no secret yet, so nothing was asked. The command duyet site secret SITE --checker makes one, and so does the button on the settings page.
trouble-promised = It said that it answers later (202), and has not yet.
trouble-rested = It failed again and again, so it was not asked about this comment.
trouble-rested-after = It failed again and again, so it was not asked about this comment. What went wrong the last time: { $last }
trouble-stranger = { $url } is on none of the site’s origins any more, so it was not called. Add the origin on the settings page and send this again.
trouble-said = It said: { $words }

mail-trouble = { $what } — { $advice }
mail-silence = no answer to { $step } within { $seconds } s: the connection timed out
mail-silence-after-mail = no answer to the whole mail within { $seconds } s: the connection timed out
mail-unreached = Connection error: { $said }
mail-endless = the mail server’s answer has more than { $kib } KiB, and was not read to its end
mail-no-starttls = the mail server does not offer STARTTLS
mail-said-in-clear = after the mail server had agreed to STARTTLS, something was still said in clear; it was not believed, since anybody in between could have said it
mail-unspoken = the mail server does not speak { $extension }, which this address needs
mail-folder = { $folder } takes no mail: { $said }
mail-unsigned = the mail could not be signed: { $said }
mail-unmade = the mail could not be put together: { $said }
mail-unaddressed = nothing can be mailed to that address
mail-unrendered = the mail’s template cannot be rendered
mail-unreadable = what was noted of this mail cannot be read

mail-advice-nothing-listens = nothing listens at { $place }: start the mail server, or correct host and port in DUYET_SMTP_URL (587 for smtp://, 465 for smtps://)
mail-advice-unknown-host = correct the host `{ $host }` in DUYET_SMTP_URL, or this machine’s name servers
mail-advice-no-starttls = nothing is sent in clear over a network: write smtps:// in DUYET_SMTP_URL if the server speaks TLS from the first byte (port 465), or have it offer STARTTLS
mail-advice-said-in-clear = see what stands between this machine and the mail server (a firewall that rewrites mail?) or write smtps:// in DUYET_SMTP_URL (port 465); nothing was sent
mail-advice-no-mail-server = what answers at { $place } may be no mail server: correct host and port in DUYET_SMTP_URL (587 for smtp://, 465 for smtps://), or see its log
mail-advice-no-sign-in = the server offers no way to sign in that is known here: use the port where it signs people in (587 or 465), or leave user and password out of DUYET_SMTP_URL if it needs none
mail-advice-unanswered = see whether a firewall keeps this machine from { $place } or give a slow server more time with DUYET_SMTP_PATIENCE
mail-advice-unanswered-in-clear = see whether a firewall keeps this machine from { $place }, write smtps:// if that port speaks TLS from the first byte (465 does), or give a slow server more time with DUYET_SMTP_PATIENCE
mail-advice-fell-silent = the server was there and fell silent: its log says what it waits for; give a slow one more time with DUYET_SMTP_PATIENCE
mail-advice-may-arrive = the server had the whole mail and did not say whether it keeps it, so it may arrive and come once more: its log says what it waits for (a virus scanner?); give a slow one more time with DUYET_SMTP_PATIENCE
mail-advice-may-have-arrived = it was handed over twice, and the server never said whether it keeps it, so it may have arrived: look into the server’s log or ask whom it is for, and send it again only if it has not; give a slow server more time with DUYET_SMTP_PATIENCE
mail-advice-broke-off = the server ended the connection, and its log says why: it may want no mail from this machine
mail-advice-broke-off-in-clear = the server ended the connection, and its log says why: it may want no mail from this machine, or its port speaks TLS from the first byte (then write smtps:// in DUYET_SMTP_URL)
mail-advice-wants-privacy = the server takes nothing in clear: take `tls=none` out of DUYET_SMTP_URL, so that STARTTLS is used
mail-advice-wants-sign-in = the server wants to know who sends: write smtp://user:password@host in DUYET_SMTP_URL
mail-advice-wrong-sign-in = user or password is wrong: correct them in DUYET_SMTP_URL, where signs that an address cannot have are written with a percent sign (# as %23, / as %2F, @ as %40)
mail-advice-tried-again = the server may take it later, and it is tried again by itself: its log says why it does not now
mail-advice-no-relaying = the server passes mail on only for whom it knows: write smtp://user:password@host in DUYET_SMTP_URL, or have it relay for this machine
mail-advice-unwelcome = the server wants no mail from this machine: its log says why
mail-advice-wrong-sender = the server does not let us send from that address: set DUYET_MAIL_FROM to one that this account may send from
mail-advice-wrong-address = the address does not exist there, or takes no mail: see whether it is right
mail-advice-unwanted = the server does not want this mail: its log says why
mail-advice-begins-in-clear = the port begins in clear, and smtps:// begins with TLS: write smtp:// in DUYET_SMTP_URL, which uses STARTTLS (port 587)
mail-advice-unknown-authority = the server’s certificate is from an authority that is not known here: name a PEM file with that authority in DUYET_SMTP_CA
mail-advice-other-name = the server’s certificate is for another name than `{ $host }`: write the name that it is for in DUYET_SMTP_URL
mail-advice-run-out = the server’s certificate has run out: have it renewed
