# Articles

article-closes-past = The time of closing must lie ahead. To close now, choose “Close”.
