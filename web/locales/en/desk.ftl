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
queue-none-picked = No comment is picked. Press x to pick one.
queue-new = { $count ->
    [one] { $count } new comment. Show
   *[other] { $count } new comments. Show
}
queue-much = Much has changed. Load the list anew
queue-failed = Not recorded: the connection was lost or the server is busy. The comment is back in its place; please try again.
queue-signed-out = Your session has ended. Please sign in again; nothing was recorded.
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
