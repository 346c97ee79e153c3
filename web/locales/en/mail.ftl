# The mail that tells a moderator that comments wait.

mail-held-subject = { $count ->
    [one] { $count } comment waits for review — { $site }
   *[other] { $count } comments wait for review — { $site }
}
mail-held-heading = { $count ->
    [one] { $count } comment waits for review
   *[other] { $count } comments wait for review
}
mail-held-author = From
mail-held-article = Article
mail-held-waiting = Waiting for
mail-held-lane = Placed in
mail-held-evidence = Why it is held
mail-held-no-evidence = Nothing speaks against it; every comment waits for a person.
mail-held-cut = (there is more; open it to read on)
mail-held-review = Open to review
mail-held-more = { $count ->
    [one] { $count } more comment is waiting.
   *[other] { $count } more comments are waiting.
}
mail-held-queue = Open the queue
mail-held-foot = You get this mail because you review comments for { $site }. Opening a link in it decides nothing.
mail-held-caution = What follows was written by readers. Do not open links or call numbers found in it.
