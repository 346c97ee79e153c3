# Webhooks outwards: other systems are told what happens to comments

place-webhooks = Webhooks
webhooks-title = Webhooks outwards
webhooks-lead = Whenever a comment waits, is published, rejected or edited, Duyệt tells the addresses below, signed as Standard Webhooks has it. Who does not answer is told again for three days.
webhooks-none = Nobody is told yet
webhooks-none-detail = Add your content management system’s address, so that the newspaper’s pages know which comment was just approved.
webhooks-new = Add an address
webhooks-all = All webhooks of the site
webhook-title = Webhook
webhook-url = Receiving address
webhook-url-hint = Beginning with https://, on a machine that anybody can reach. Machines of an internal network are called only where whoever runs the service has opened it.
webhook-events-label = Tell when a comment
webhook-event-comment-held = waits for a person
webhook-event-comment-approved = is published
webhook-event-comment-rejected = is rejected
webhook-event-comment-spam = is spam
webhook-event-comment-withdrawn = is taken back by its reader
webhook-event-comment-edited = is edited by its reader
webhook-event-endpoint-test = Test
webhook-with-text = Tell the reader’s name and text too
webhook-with-text-hint = Otherwise only the comment’s identifier, its status and the article’s address are told. Email and network address never are.
webhook-add = Add
webhook-add-hint = The secret is shown right after adding, for ten minutes.
webhook-save = Save
webhook-wrong = Nothing was saved. Correct what is marked.
webhook-admins = Only admins add and change webhooks.
webhook-events = Choose at least one thing to tell.
webhook-many = A site has { $max } webhooks at the most. Remove those that are no longer used.

target-malformed = This is no address. It should look like https://cms.bao.example/duyet.
target-scheme = Only https:// and http:// addresses can be called.
target-dressed = The address must have no user name, no password and nothing after a #.
target-forbidden = This address is on an internal network or on this very machine, and is not called. Whoever runs the service can open an internal network with DUYET_OUTWARD_ALLOW.
target-clear = An http:// address is not encrypted, so it is only for networks that whoever runs the service has opened. Use https://.

webhook-told = Told when a comment: { $events }
webhook-told-text = Told when a comment: { $events }; with name and text
webhook-made = added by { $name } { $when }
webhook-nothing-yet = There was nothing to tell yet.
webhook-nothing-since = Switched on again { $when }; nothing has been told since.
webhook-took = Takes what it is told, last { $when }.
webhook-failing = Has taken nothing since { $when }. What still waits will be told again.
webhook-stopped-by-hand = Switched off.
webhook-stopped-gone = Switched itself off: the address answered that it is gone (410).
webhook-stopped-failing = Switched itself off: it took nothing for three days.
webhook-stopped-what = Once it is switched on again it is told what still waits, and nothing of what happened in between.
webhook-overlap = The secret before signs beside the new one until { $when }.
webhook-test = Send a test
webhook-switch-on = Switch on again
webhook-switch-off = Switch off
webhook-change = Change this webhook
webhook-secret = Secret
webhook-secret-lead = By it the receiver knows that what arrives is from Duyệt. The new and the old secret both sign for 24 hours, time enough to change it at the receiver.
webhook-secret-renew = Make a new secret
webhook-secret-second = If you make a new secret now, that old one ends at once.
webhook-secret-once = Copy this secret now. It is shown here for ten minutes and then no more.
webhook-secret-how = Give it to the receiver as it stands, with whsec_. Every Standard Webhooks library reads it.
webhook-secret-done = I have copied it
webhook-remove-title = Remove the webhook
webhook-remove-lead = This address is told nothing more, and its log is gone.
webhook-remove = Remove

webhook-log = Deliveries
webhook-log-lead = Newest first, kept for 30 days.
webhook-log-none = Nothing was sent yet
webhook-log-none-detail = Press “Send a test” to see whether the receiver answers.
webhook-delivered = Taken { $tried }, at attempt { $count }.
webhook-given-up = Given up after { $count ->
    [one] one attempt
   *[other] { $count } attempts
}, the last { $tried }.
webhook-waits = Waits to be sent.
webhook-waits-off = Waits until the webhook is switched on.
webhook-waits-off-tried = Tried { $count ->
    [one] once
   *[other] { $count } times
}, last { $tried }; waits until the webhook is switched on.
webhook-waits-again = Tried { $count ->
    [one] once
   *[other] { $count } times
}, last { $tried }; next { $next }.
webhook-answer = Answer: { $status }.
webhook-answer-elsewhere = Answer: { $status }, which leads to another address. Redirects are not followed: set the address that it leads to.
webhook-comment = See the comment
webhook-again = Send again
webhook-again-one = Send again: { $what }, { $when }
webhook-older = Older
webhook-newest = Newest

webhook-notice-saved = Saved.
webhook-notice-on = Switched on. It is told what happens from now on.
webhook-notice-off = Switched off. It is told nothing until it is switched on again.
webhook-notice-removed = The webhook was removed.
webhook-notice-tested = A test was sent. How it went stands first in the deliveries below.
webhook-notice-not-tested = The webhook is switched off, so it cannot be tested. Switch it on first.
webhook-notice-again = It is being sent again.
webhook-notice-again-after = An earlier delivery about the same comment has not been taken yet. That one is sent first, right now; this one follows once it is taken.
webhook-notice-not-again = The webhook is switched off, so nothing is sent again. Switch it on first.
webhook-notice-known = This form had been sent before, so nothing more was added.
webhook-notice-stale = Nothing was saved: somebody else changed this webhook while you were at it. The fields below are still as you typed them; saved again, they replace the other’s.
webhook-notice-secret-changed = The secret was changed before, so this form has changed nothing. If you have not copied the new one, make another.
webhook-notice-secret-gone = The new secret is no longer shown here. If you have not copied it, make another.

webhooks-stopped = { $count ->
    [one] A webhook has switched itself off.
   *[other] { $count } webhooks have switched themselves off.
}
webhooks-stopped-why = The other system is told nothing more about comments:
webhooks-stopped-see = See the webhooks

history-webhook_added = added the webhook { $url }
history-webhook_changed = changed the webhook { $url }: { $what }
history-webhook_removed = removed the webhook { $url }
history-webhook-url = address
history-webhook-events = what it is told
history-webhook-with_text = whether texts are told
history-webhook-secret = new secret
history-webhook-on = switched on
history-webhook-off = switched off

mail-webhook-subject = A webhook has stopped — { $site }
mail-webhook-gone = { $address } answered that it is gone (410), so Duyệt tells it nothing more about comments on { $site }.
mail-webhook-failing = { $address } took nothing for three days, so Duyệt tells it nothing more about comments on { $site }.
mail-webhook-by-hand = { $address } was switched off, so it is told nothing more about comments on { $site }.
mail-webhook-since = The deliveries show what the other side answered. Once it is mended, switch it on again: it is then told what still waits, and nothing of what happened in between.
mail-webhook-open = See the webhook
mail-webhook-foot = You get this mail because you are an admin of { $site }.

problem-webhook-off = The webhook is switched off
problem-webhook-off-detail = Nothing was sent. Switch the webhook on, on the page of webhooks or by PATCH with "active": true, then try again.

made-by-operator = an operator
