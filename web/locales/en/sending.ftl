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
outbox-notice-soon = That is on its way, or will be within a minute.
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
mail-answer-what = Under this article somebody has answered your comment on { $site }.
mail-answer-what-titled = Under “{ $title }” somebody has answered your comment on { $site }.
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
