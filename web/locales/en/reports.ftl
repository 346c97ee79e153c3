# Readers report published comments.
report-title = Report a comment
report-by = Comment by { $name }
report-reason = Why do you report this comment?
report-reason-insulting = It insults somebody
report-reason-unlawful = It breaks the law
report-reason-personal_data = It reveals personal data (telephone number, address, illness…)
report-reason-advertising = It advertises
report-reason-untrue = It is not true
report-reason-other = Another reason
report-note = Is there anything to add? (optional)
report-note-hint = 500 characters at the most. Only the newspaper's moderators read it.
report-what-happens = A moderator will look at the comment again. Until then it stays under the article. Its author does not learn who reported it.
report-submit = Send the report
report-problem = The report was not sent. Correct what is below and send it again.
report-thanks-title = Report received
report-thanks-lead = Thank you. The newsroom of { $site } has received your report.
report-reason-required = Choose a reason.
problem-too-many-reports = Too many reports at once
problem-too-many-reports-detail = The report was not recorded. Too many came just now over your network, which you may share with others. Keep this page and send it again later.

# The moderators' lane.
lane-reported = Reported
reports-heading = { $count ->
    [one] { $count } reader's report
   *[other] { $count } readers' reports
}
reports-heading-settled = { $count ->
    [one] { $count } settled report
   *[other] { $count } settled reports
}
reports-settled-too = { $count ->
    [one] and { $count } settled before
   *[other] and { $count } settled before
}
reports-reason-count = { $reason }: { $count }
reports-since = the first { $when }
reports-more = { $count ->
    [one] { $count } older report is not shown here.
   *[other] { $count } older reports are not shown here.
}
reports-urgent = Look at once
reports-kept-before = { $count ->
    [one] { $count } earlier report from this network was looked at and the comment kept
   *[other] { $count } earlier reports from this network were looked at and the comments kept
}
report-outcome-kept = the comment was kept
report-outcome-rejected = the comment was taken down
report-outcome-spam = the comment was put with the spam
report-outcome-gone = the comment is gone
queue-keep = Keep
queue-notice-keep = { $count ->
    [one] { $count } comment kept.
   *[other] { $count } comments kept.
}
queue-reported-since = reported { $wait } ago
history-comment-kept = kept a reported comment
history-comment-reported = reported a comment: { $reason }
mail-reported-subject = { $count ->
    [one] { $count } published comment was reported
   *[other] { $count } published comments were reported
}
mail-reported-heading = { $count ->
    [one] Readers reported { $count } published comment
   *[other] Readers reported { $count } published comments
}
mail-reported-since = Reported { $wait } ago
mail-reported-public = This comment is published.
mail-reported-why = Readers report
mail-reported-evidence = What rules saw in it
mail-reported-do-approve = Keep it
mail-reported-do-reject = Take it down
mail-reported-do-spam = Take it down as spam
