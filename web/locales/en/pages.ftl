# Lengths of time

wait-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
wait-hours = { $count } h
wait-minutes = { $count } min
wait-moment = under a minute

# Words of the house

lane-likely_fine = Likely fine
lane-look = Needs a look
lane-likely_bad = Likely bad
status-pending = Waiting
status-approved = Published
status-rejected = Rejected
status-spam = Spam
status-withdrawn = Withdrawn by its reader
status-erased = Erased
category-profanity = Profanity
category-insult = Insult
category-hate = Hate
category-threat = Threat
category-sexual = Sexual content
category-spam = Spam, advertising
category-scam = Fraud
category-contact = Contact details
category-link = Link
category-impersonation = Impersonation
category-flood = Flood
category-repeat = Repetition
part-body = the text
part-name = the name
part-email = the email
part-link = a link
done-approve = approved this
done-reject = rejected this
done-spam = marked this as spam
done-requeue = put this back
done-withdraw = withdrew this
done-edit = edited this
done-erase = erased this

# Every page

product = Duyệt
skip-to-content = Skip to content

# The form under an article, and its answers

form-heading = Your comment
form-name = Name
form-name-hint = Shown under your comment.
form-email = Email
form-email-hint = Only the newsroom sees it; never shown on the page.
form-body = Your comment
form-body-hint = The newsroom reads every comment before it is published.
form-website = Leave this field empty. It is there for programs, not for readers.
form-required = Comment, name and email are all needed.
form-submit = Send comment
form-error-prefix = Error:
form-problem-title = Something needs correcting
form-problem-summary = { $count ->
    [one] Your comment has not been sent. { $count } thing needs correcting:
   *[other] Your comment has not been sent. { $count } things need correcting:
}
form-problem-kept = All you wrote is still here below.
form-article-url = The article’s address
form-article-url-hint = Open the article on the newspaper’s site, copy the address at the top of your browser and paste it here.
form-article = Comment on
thanks-title = Thank you
thanks-pending = Your comment has reached { $site } and waits for the newsroom to read it.
thanks-approved = Your comment is published.
thanks-next = What happens next
thanks-next-read = Somebody at the newsroom will read your comment. That may take a few hours, longer at weekends.
thanks-next-published = If it is approved, it appears under the article with the name you gave. Your email is never shown.
thanks-next-receipt = You can see where it stands, or withdraw it, at any time on its receipt page. Keep that link: there is no account.
thanks-email = The email you gave may have a typing slip. Did you mean { $suggestion }? If so, withdraw the comment on its receipt page and send it again with the right address.
thanks-receipt = See my comment
back-to-article = Back to the article

# A reader's own comment

receipt-title = Your comment
receipt-private = This page is for whoever has the link. Do not share it unless others may withdraw the comment for you.
receipt-status = Status
receipt-pending = Waiting to be read
receipt-pending-detail = The newsroom has it and has not read it yet. Nobody else sees it.
receipt-approved = Published
receipt-approved-detail = It stands under the article.
receipt-rejected = Not published
receipt-rejected-detail = The newsroom decided not to publish it.
receipt-withdrawn = Withdrawn by you
receipt-withdrawn-detail = It is not on the page and no longer waits.
receipt-erased = Erased
receipt-erased-detail = The text and the author’s name have been removed.
receipt-reason = Reason
receipt-sent = Sent
receipt-decided = Decided
receipt-article = Under the article
receipt-withdraw = Withdraw comment
receipt-withdraw-hint = It will not be published, or is taken down where it was. This cannot be undone.
receipt-withdrawn-notice = Your comment has been withdrawn.

# Problems as a page

problem-request = Request id
problem-home = To the front page
problem-queue = To the queue

# Signing in

sign-in-title = Sign in
sign-in-lead = For those who review comments at the newsroom.
sign-in-email = Email
sign-in-password = Password
sign-in-submit = Sign in
sign-in-again = Sign in again
sign-in-failed = Email or password is wrong. Try again.
sign-in-slow = Too many wrong attempts. Wait a few minutes, then sign in again.
sign-out = Sign out

# The queue

queue-title = Queue
queue-lanes = Lanes
queue-waiting = Waiting
queue-decided = Decided
queue-oldest = oldest { $wait }
queue-empty-lane = This lane is empty
queue-empty-lane-detail = No comment waits here. What comes is announced above the list; if you see nothing, reload the page.
queue-empty-status = Nothing here yet
queue-empty-status-detail = Comments appear here once somebody has decided.
queue-reload = Reload
queue-next = Next page
queue-first = Back to the start
queue-consent = Agreed to “{ $version }”, { $when }
queue-under = Under
queue-sent = Sent { $when }
queue-waited = waiting { $wait }
queue-score = Score { $score }
queue-reply-to = Answers { $name }
queue-evidence = { $count ->
    [0] Nothing speaks against it
    [one] { $count } sign
   *[other] { $count } signs
}
queue-weight = weight { $weight }
queue-in = in { $part }
queue-rule = Rule
queue-reads-toneless = read without tones
queue-reads-hidden = read with hidden letters put back
queue-reads-context = from context
queue-cluster = { $comments ->
   *[other] when it came: { $comments } comments like this
}, from { $emails ->
    [one] { $emails } email
   *[other] { $emails } emails
}, under { $articles ->
    [one] { $articles } article
   *[other] { $articles } articles
}
queue-decided-by = { $name } { $done } at { $when }
queue-decided-because-reject = Rejected at { $when } because of { $why }
queue-decided-because-spam = Marked as spam at { $when } because of { $why }
because-rule = the rule “{ $rule }”
because-ban-email = a banned email
because-ban-name = a banned name
because-ban-address = a banned network address
queue-decided-own = You { $done } at { $when }
queue-decided-reason = Reason: { $reason }
queue-comment-by = Comment by { $name }
queue-approve = Approve
queue-reject = Reject
queue-spam = Spam
queue-requeue = Put back in the queue
queue-undo = Undo
queue-notice-approve = { $count ->
    [one] Approved { $count } comment.
   *[other] Approved { $count } comments.
}
queue-notice-reject = { $count ->
    [one] Rejected { $count } comment.
   *[other] Rejected { $count } comments.
}
queue-notice-spam = { $count ->
    [one] Marked { $count } comment as spam.
   *[other] Marked { $count } comments as spam.
}
queue-notice-requeue = { $count ->
    [one] Put { $count } comment back in the queue.
   *[other] Put { $count } comments back in the queue.
}
queue-notice-undone = { $count ->
    [one] Undid the decision on { $count } comment.
   *[other] Undid the decision on { $count } comments.
}
queue-notice-conflict = { $name } { $done } at { $when }. Your decision was not recorded.
queue-notice-own = You { $done } comment before, at { $when }. To change that, undo it or put it back into the queue.
queue-notice-edited = The reader has just edited this comment, so your decision was not recorded. It waits with its new text.
queue-notice-nothing = Nothing left to undo: the comment has changed since.

# The demo article

demo-paper = Báo Sông Lam
demo-motto = A newspaper that does not exist, made to try Duyệt
demo-label = Demo
demo-try = Write a comment at the end of the article, then open the queue and approve it, with the login printed when you started the demo.
demo-queue = Open the queue
demo-docs = API documentation
demo-source = A real article of 2015, used as a sample; the comments under it are written by people trying this out.
demo-tags = TAGS:
demo-no-tags = (none)
demo-comments = { $count ->
   *[other] Readers’ comments ({ $count })
}
demo-empty = No comment has been published yet. Be the first to write one.
demo-reply = Answers { $name }
demo-closed = This article takes no more comments.
demo-notice-pending = Thank you. Your comment waits for the newsroom and will appear here if it is published.
demo-notice-published = Thank you. Your comment is published.
demo-notice-withdrawn = Your comment has been withdrawn.

# The API's documentation

docs-title = API documentation
docs-version = Version { $version }
docs-raw = OpenAPI document (JSON)
docs-contents = Contents
docs-parameters = Parameters
docs-body = Request body
docs-responses = Responses
docs-example = Example
docs-try = Try it with curl
docs-name = Name
docs-type = Type
docs-about = Meaning
docs-place = In
docs-required = required
docs-fields = Fields
docs-no-body = No content.
docs-secured = Needs a sign-in or a bearer token
docs-deprecated = Deprecated
docs-problems = Kinds of problems
docs-untagged = Other
docs-english = The descriptions come from the source code.

site-word = The paper’s own word: { $word }

# Why a comment is not published, as its author is told.

reason-off_topic = Not about the article
reason-insulting = It insults somebody
reason-unlawful = Against the law
reason-personal_data = It tells private things of others
reason-advertising = It advertises something
reason-duplicate = The same has been said already
reason-unverified = The newsroom could not verify what it says
reason-unreadable = Hard to read
reason-other = Another reason
queue-reason = Reason for rejecting (the reader will see it)
queue-reason-none = (none given)

# Editing on the receipt page

receipt-edit = Edit comment
receipt-unsaved = What you have just typed (not recorded; you can copy it)
receipt-edit-hint = You can edit it until { $when }. The edited comment waits to be read again; if it is published, it is taken down until then. Name and email cannot be edited.
receipt-edit-submit = Send the edited text
receipt-edited = Edited
receipt-edited-notice = The edited text is stored and waits to be read.
receipt-same-notice = Nothing in the text has changed.

# Mail when a comment is decided

form-tell = Send me a mail when the newsroom decides whether to publish it.
thanks-tell = If this email was never confirmed, we send one mail that asks, perhaps after some hours and once only: if you had it before, open that one. Confirm there; until then we send nothing else.
mailbox-title = Mail about readers’ comments
mailbox-asked = Do you want a mail whenever { $site } decides on a comment that was sent with this email and asks for one, and when it is answered?
mailbox-confirmed = { $site } sends a mail whenever it decides on a comment that was sent with this email and asks for one, and when it is answered.
mailbox-refused = { $site } sends no more mail to this email, whoever types it under a comment.
mailbox-confirm = Yes, send me mail
mailbox-never = Never send me mail
mailbox-noted = This is noted. You can change your mind at any time by the link in the mail.
mailbox-hint = Opening this page has changed nothing; only its buttons do. You can change your mind at any time by the link in the mail.
