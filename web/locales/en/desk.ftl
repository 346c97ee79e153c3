# The frame around every page of the dashboard

desk-ways = Pages
place-queue = Queue

# The card of a comment

queue-pick = Pick the comment of { $name }
queue-held = { $name } is reading
queue-article-closed = closed for comments
note-add = Note
note-all = Notes of colleagues
note-text = A note for colleagues (the reader does not see it)
note-submit = Save note
note-by = — { $name }, { $when }
note-saved = The note is saved.

# Working at the queue

queue-batch = Picked comments
queue-none-picked = No comment is picked. Tick the box at the top of a card.
queue-none-picked-keys = No comment is picked. Tick the box at the top of a card, or press x.
queue-new = { $count ->
    [one] { $count } new comment. Show
   *[other] { $count } new comments. Show
}
queue-much = Much has changed. Load the list anew
queue-failed = Not recorded: the connection was lost or the server is busy. The comment is back in its place; please try again.
queue-undo-failed = Not undone: the connection was lost or the server is busy. The decision stands; please try again.
queue-undo-unknown = The connection was lost: nobody knows whether it was undone. Try again once you are connected.
queue-note-failed = The note was not saved: the connection was lost or the server is busy. What you typed is still there; please try again.
queue-note-refused = The note has no letters, or more than 2,000 characters, so it was not saved.
queue-not-shown = The new comments could not be loaded. Try again once you are connected.
queue-gone = Nothing was recorded: this comment is no longer here, or no longer in your part.
queue-signed-out = Your session has ended. Please sign in again; nothing was recorded.
queue-unknown = The connection was lost: it is not known whether the decision was recorded. The comment is back in its place; once the connection is back, this page looks by itself.
queue-recorded = The decision was recorded, though the server's answer never came.
queue-slow = The server has not answered in 15 seconds, so the decision may not be recorded. Please keep this page open; it is still waiting.
queue-cannot = That cannot be decided of this comment.
queue-over = Your session has ended. Please sign in again to go on.
queue-outdated = This browser has signed in anew since the page was opened, so nothing was recorded. Load the page anew; the note that you are writing is kept.
queue-load-anew = Load anew
queue-coming = The next comments are being loaded…
queue-not-come = The next comments could not be loaded. Please try again.
queue-load-next = Try again
queue-notice-no-such-comment = This comment cannot be found: it may have been erased, or it is not yours to look at. Below is the queue.
queue-undo-none = There is no decision to undo.
queue-undo-waits = The decision is being recorded, and will be undone right after.
queue-more = Show all of it
queue-less = Show less
queue-only-article = Only this article
queue-only-author = Only this author
queue-network = Sent from the network { $network }
queue-ban-network = Ban this network
queue-live-off = No connection: the list does not update by itself.
queue-notice-lost = { $count ->
    [one] { $count } comment was decided by somebody else before.
   *[other] { $count } comments were decided by somebody else before.
}
queue-cancel = Cancel
queue-close = Close
queue-keys = Keys
queue-keys-on = Use single-letter keys
key-move = next comment, previous comment
key-approve = approve
key-reject = reject, with a reason
key-spam = spam
key-undo = undo the last decision
key-pick = pick, or unpick
key-approve-picked = approve all picked
key-reject-picked = reject all picked
key-spam-picked = all picked are spam
key-open = open the article
key-expand = more, or less
key-note = note
key-search = search
key-help = this list

# Searching and filtering on the page

narrow-q = Search
narrow-q-hint = text, name, email; accents optional
narrow-submit = Search
narrow-more = Filter
narrow-site = Newspaper
narrow-section = Section
narrow-article = Article
narrow-category = Kind of sign
narrow-rule = Rule
narrow-no-rule = No rule goes by that name.
narrow-see-rules = See the rules
narrow-author = Author
narrow-alike = Comments nearly alike
narrow-any = (all)
narrow-by = Filtered by
narrow-drop = Drop
narrow-counts = The numbers on the tabs count all that waits, whatever the list is filtered by.
queue-empty-narrowed = No comment on this tab fits.
queue-empty-everywhere = Nor does one on the other tabs. Ask for less, or search for another word.
queue-elsewhere = There are some on other tabs:

# Many comments nearly alike, and what is known of an author

queue-alike = { $count } comments nearly alike, from { $authors ->
    [one] { $authors } email
   *[other] { $authors } emails
} and { $addresses ->
    [one] { $addresses } network
   *[other] { $addresses } networks
}.
queue-alike-more = More than { $count } comments nearly alike, from { $authors ->
    [one] { $authors } email
   *[other] { $authors } emails
} and { $addresses ->
    [one] { $addresses } network
   *[other] { $addresses } networks
}.
queue-alike-others = { $count ->
    [one] { $count } more comment is nearly alike, but the rules saw something else in it: it is
   *[other] { $count } more comments are nearly alike, but the rules saw something else in them: they are
} decided separately.
queue-alike-open = See each of them
queue-alike-all = The buttons below decide on all of them.
queue-history = This author sent { $sent }{ $more } other { $sent ->
    [one] comment
   *[other] comments
}: { $approved } published, { $rejected } rejected, { $spam } spam.
queue-history-last = Last seen: { $when }.
queue-history-none = The first time that this email is seen.
queue-author = See the author
