# Sending mail

place-outbox = Mail
outbox-title = Outgoing mail
outbox-lead = Mails to moderators and readers. While the mail server is busy or away they are tried again for three days; what it refused for good lies here.
outbox-dead = Not sent
outbox-dead-lead = Read what the mail server says, mend the address or the settings, then send it again.
outbox-none = No mail was refused
outbox-none-detail = What the mail server refuses for good is shown here with its words.
outbox-dead-line = { $site } · written { $when } · { $count ->
    [one] tried once
   *[other] tried { $count } times
}, last { $at }
outbox-again = Send again
outbox-again-one = Send the mail written { $when } again: { $what }
outbox-now = Send now
outbox-now-one = Send the mail written { $when } now: { $what }
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
outbox-waiting = To be tried again
outbox-waiting-lead = These are tried again by themselves. If the mail server is well again, you can send them now.
outbox-waiting-stopped = Once what is told above is mended, they leave by themselves.
outbox-waiting-line = { $site } · written { $when } · { $count ->
    [one] tried once
   *[other] tried { $count } times
}, next { $at }
outbox-notice-again = The mail is on its way again.
outbox-notice-soon = That mail is on its way, or will be within a minute.
outbox-notice-gone = That mail was sent again before, or is gone.

mail-stopped = No mail can leave.
mail-stopped-why = Something is wrong with the settings or the mail server. Mails are kept, and leave by themselves once an administrator has mended it. What went wrong:
mail-late = { $count ->
    [one] { $count } mail has not left for over ten minutes.
   *[other] { $count } mails have not left for over ten minutes.
}
mail-late-why = The mail server is busy or away. Mails are kept, and tried again for three days. The last attempt said:
mail-stopped-see = See what waits

mail-answer-subject = Your comment was answered — { $site }
mail-answer-what = Under this article somebody has answered your comment on { $site }.
mail-answer-what-titled = Under “{ $title }” somebody has answered your comment on { $site }.
mail-answer-foot = You get this mail because you agreed to be told when { $site } decides on a comment of yours and when it is answered.

mail-trial-subject = A test mail from Duyệt
mail-trial = This mail was sent to try the settings of { $from }. Reading it means that mail arrives.
