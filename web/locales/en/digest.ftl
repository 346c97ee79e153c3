# The mail that tells a moderator that comments wait, and what they do from it.

mail-held-subject = { $count ->
    [one] { $count } comment waits for review
   *[other] { $count } comments wait for review
}
mail-held-subject-risk = { $count ->
    [one] { $count } comment waits for review (worst: { $risk })
   *[other] { $count } comments wait for review (worst: { $risk })
}
mail-held-urgent = Urgent: { $why } — { $subject }
mail-held-urgent-why = Urgent: { $why }.
urgency-threat = a threat
urgency-personal_data = private data given away
urgency-take_down = reported as unlawful
mail-held-heading = { $count ->
    [one] { $count } comment waits for review
   *[other] { $count } comments wait for review
}
mail-mixed-subject = { $count ->
    [one] { $count } comment waits for review, { $reported } reported
   *[other] { $count } comments wait for review, { $reported } reported
}
mail-mixed-subject-risk = { $count ->
    [one] { $count } comment waits for review (worst: { $risk }), { $reported } reported
   *[other] { $count } comments wait for review (worst: { $risk }), { $reported } reported
}
mail-mixed-heading = { $count ->
    [one] { $count } comment waits for review, { $reported } published and reported
   *[other] { $count } comments wait for review, { $reported } published and reported
}
mail-late-subject = { $count ->
    [one] { $count } comment has waited too long
   *[other] { $count } comments have waited too long
}
mail-late-subject-risk = { $count ->
    [one] { $count } comment has waited too long (worst: { $risk })
   *[other] { $count } comments have waited too long (worst: { $risk })
}
mail-late-heading = { $count ->
    [one] { $count } comment has waited longer than readers were promised
   *[other] { $count } comments have waited longer than readers were promised
}
mail-some-late-subject = { $late ->
    [one] { $told }, { $late } has waited too long
   *[other] { $told }, { $late } have waited too long
}
mail-some-late-heading = { $late ->
    [one] { $told }, { $late } has waited longer than readers were promised
   *[other] { $told }, { $late } have waited longer than readers were promised
}
mail-subject = { $told } — { $site }
mail-held-oldest = The oldest has waited { $waiting }.
mail-held-risk = Worst sign: { $risk }.
mail-held-author = From
mail-held-article-count = { $count ->
    [one] { $count } comment in this mail
   *[other] { $count } comments in this mail
}
mail-held-waiting = Waiting for
mail-held-lane = Placed in
mail-held-evidence = Why it is held
mail-held-no-evidence = Nothing speaks against it; every comment waits for a person.
mail-held-more-evidence = { $count ->
    [one] and { $count } more; open it to see all
   *[other] and { $count } more; open it to see all
}
mail-held-answers = Answers { $name }: “{ $text }”
mail-held-cut = (there is more; open it to read on)
mail-held-no-words = The mail server did not take this mail with readers’ words in it, so it tells only how many there are. Open the queue to read them.
mail-held-do-approve = Approve
mail-held-do-reject = Reject
mail-held-do-spam = Spam
mail-held-review = Open in the queue
mail-held-more = { $count ->
    [one] { $count } more comment is waiting.
   *[other] { $count } more comments are waiting.
}
mail-held-queue = Open the queue
mail-held-foot = You get this mail because you review comments for { $site }. The buttons in it only open a page; nothing is decided until you press the button there.
mail-held-caution = What follows was written by readers. Addresses in it are written apart so that nobody opens one by accident.
mail-held-habits = Change when you get this mail, or turn it off

habits-heading = Mail about waiting comments
habits-pace = Mail me
habits-pace-off = Never, not even about what is urgent
habits-pace-at_once = At once, with each comment that waits
habits-pace-digest = { $minutes ->
    [0] At once after a quiet while, then together
    [one] At once after a quiet while, then together each minute
   *[other] At once after a quiet while, then together every { $minutes } minutes
}
habits-pace-hourly = Together each hour
habits-pace-twice_a_day = Twice a day, at 8:00 and 16:00
habits-hint = { $ceiling ->
    [0] You are only told of what still waits for you when the mail leaves.
   *[other] You are only told of what still waits for you when the mail leaves, in { $ceiling } mails an hour at the most for each newspaper. What is urgent (threats, somebody’s private data, urgent reports) is mailed at once and counted by itself.
}
habits-zone = Time zone
habits-zone-hint = Its name in the IANA database, such as Asia/Ho_Chi_Minh or Europe/Berlin.
habits-quiet = Quiet hours
habits-quiet-hint = No mail comes then; whatever comes in meanwhile is in the first mail afterwards. Leave both empty if you need none.
habits-quiet-from = From
habits-quiet-to = To
habits-urgent = Mail me in quiet hours, too, about what is urgent
habits-save = Save
account-done-mail = Saved when you get mail.
mail-zone = There is no time zone of that name. Choose one that is suggested, such as Asia/Ho_Chi_Minh.
mail-quiet = Quiet hours need a beginning and an end, and these must differ. Leave both empty if you need none.

off-title = Turn this mail off
off-ask = If you press the button, you get no more mail about waiting comments, of { $site } nor of any other site that you work for, not even about what is urgent. Opening this page has changed nothing.
off-button = Send me no more such mail
off-done = It is off. You get no more mail about waiting comments.
off-again = To turn it on again, sign in, open your account, choose when you want mail and save. You are told then of what still waits.
off-account = Open your account

decide-title-approve = Approve this comment?
decide-title-reject = Reject this comment?
decide-title-spam = Is this spam?
decide-title = A comment from your mail
decide-title-keep = Keep this comment?
decide-title-take-down = Take this comment down?
decide-title-take-down-spam = Take this comment down as spam?
decide-lead-reported = This comment is published, and readers have reported it. Nothing is decided until you press the button; until then it stays under its article.
decide-lead = This is the comment as it is now. Nothing is decided until you press the button.
decide-button-approve = Approve
decide-button-reject = Reject
decide-button-spam = Mark as spam
decide-button-keep = Keep it
decide-button-take-down = Take it down
decide-button-take-down-spam = Take it down, mark as spam
decide-anew = You have signed in again since you opened this page, so the button has decided nothing yet. This is the comment as it is now; press it again.
decide-later = Open in the queue
decide-done = You { $done } at { $when }.
decide-by-other = { $name } { $done } at { $when }. The link in the mail decides nothing more.
decide-undo = Undo
decide-edited = Its reader has changed the comment since the mail was sent. Read the new text and decide in the queue.
decide-moved = The comment has changed since the mail was sent. Decide in the queue.
decide-expired = The link in the mail has expired after three days. The comment is still there; decide in the queue.
decide-gone = Its reader has taken this comment back, or its text was erased. There is nothing left to decide.
decide-undone = The decision was undone. The comment waits in the queue again.
decide-not-yours = This link is not for the account you are signed in with, or a part of it was cut off. Open it again from the mail that was sent to you, or decide in the queue.

history-member-mail = chose when to get mail about waiting comments: { $pace }
history-member-mail-off = never
history-member-mail-at_once = at once
history-member-mail-digest = together
history-member-mail-hourly = each hour
history-member-mail-twice_a_day = twice a day
