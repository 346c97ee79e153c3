# The page of an article's comments, and the feeds

reading-title = Readers’ comments
reading-title-of = Readers’ comments on { $address }
reading-about = On the article:
reading-count = { $count ->
    [0] No comments yet
    [one] { $count } comment
   *[other] { $count } comments
}
reading-order = Order
reading-newest = Newest
reading-oldest = Oldest
reading-replies = Most replies
reading-empty = No comment has been published yet. Be the first to write one.
reading-closed = This article takes no more comments.
reading-next = More comments
reading-more = { $count ->
    [one] Show { $count } more reply
   *[other] Show { $count } more replies
}
reading-all = All comments on this article
reading-reply = In reply to { $name }
reading-newsroom = The newsroom
reading-edited = edited
reading-feed = Follow by RSS

feed-title = Readers’ comments – { $site }
feed-title-of = Readers’ comments on { $address } – { $site }
feed-description = The newest comments that the newsroom has published.
feed-item = { $name } on { $address }
reading-answer = Reply
reading-answer-to = Reply to { $name }
reading-report = Report
