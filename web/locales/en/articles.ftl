# Articles

article-closes-past = The time of closing must lie ahead. To close now, choose “Close”.
article-date-wrong = Choose both a date and a time.

place-articles = Articles
articles-title = Articles
articles-find = Find by title or address
articles-find-hint = With or without marks.
articles-all-sites = All
articles-state = Takes comments
articles-any = Either
articles-only-open = Open
articles-only-closed = Closed
articles-order = Order
articles-by-newest = Newest
articles-by-waiting = Most waiting
articles-show = Show
articles-none = No articles.
articles-none-detail = An article appears here with its first comment. Try fewer words, or no filter.
articles-next = Next page
articles-first = Back to the start
article-open = Open
article-open-until = Open until { $when }
article-closed = Closed
article-closed-since = Closed since { $when }
article-closed-dated = Closed; once opened, it closes at { $when }
article-premoderated = Every comment waits for a person
article-waiting =
    { $count ->
        [0] Nothing waits
        [one] One waits
       *[other] { $count } wait
    }
article-since = Has comments since { $when }
article-read = Open the article at the newspaper
article-changed = Saved. It counts for the next comment.
article-controls = Comments under this article
article-do-open = Open
article-do-close = Close
article-date = Close at (Vietnam's time)
article-do-date = Close then
article-do-no-date = Take the date away
article-do-no-date-open = Take the date away and reopen
article-premoderate-hint = While this is on, no rule and no ban settles a comment by itself: all wait for a person.
article-do-premoderate = Let all wait for a person
article-do-free = Let rules settle again
article-editors = Only editors open and close.
article-comments = Comments
article-tabs = By status
article-empty = Nothing here.
