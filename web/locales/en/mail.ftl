# Mails to readers.

mail-ask-subject = Do you want mail from { $site }?
mail-ask-what = Somebody, perhaps you, has sent a comment to { $site } with this email address and wants a mail when it is published or not, and when it is answered.
mail-ask-confirm = If that was you, open the page below and press its button. Opening the page alone changes nothing.
mail-ask-ignore = If it was not you, ignore this mail. We send nothing else unless you agree.
mail-ask-open = Open the page to confirm
mail-ask-foot = The comment service of { $site } sent this mail by itself, once, to ask you.
mail-told-published-subject = Your comment is published — { $site }
mail-told-published = { $site } has published the comment that you sent under this article at { $sent }.
mail-told-not-published-subject = Your comment is not published — { $site }
mail-told-not-published = { $site } will not publish the comment that you sent under this article at { $sent }.
mail-told-reason = The reason: { $reason }.
mail-told-published-titled = { $site } has published the comment that you sent under “{ $title }” at { $sent }.
mail-told-not-published-titled = { $site } will not publish the comment that you sent under “{ $title }” at { $sent }.
mail-told-answered = Somebody has answered the comment that you sent under this article of { $site } at { $sent }.
mail-told-answered-titled = Somebody has answered the comment that you sent under “{ $title }” on { $site } at { $sent }.
mail-told-open = Open the article
mail-told-open-own = See your comment
mail-told-open-answer = See the answer
mail-told-foot = You get this mail because you agreed to be told when { $site } decides on a comment of yours.
mail-never = Never send me mail again
