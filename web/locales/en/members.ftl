# Signing in, one's own account, the newsroom's members.

place-account = Account
place-members = Members

sign-in-wait-seconds = { $count ->
    [one] Too many wrong attempts. Wait { $count } second, then sign in again. If you have forgotten your password, use “Forgotten your password?” to set another one by mail.
   *[other] Too many wrong attempts. Wait { $count } seconds, then sign in again. If you have forgotten your password, use “Forgotten your password?” to set another one by mail.
}
sign-in-wait-minutes = { $count ->
    [one] Too many wrong attempts. Wait { $count } minute, then sign in again. If you have forgotten your password, use “Forgotten your password?” to set another one by mail.
   *[other] Too many wrong attempts. Wait { $count } minutes, then sign in again. If you have forgotten your password, use “Forgotten your password?” to set another one by mail.
}
sign-in-forgotten = Forgotten your password?
sign-in-done-password = Your password is saved. Sign in with the new one.
sign-in-done-joined = Your account is ready. Sign in with the password you have just set.
sign-in-done-nothing = Your session had ended, so what you have just sent was not recorded. Sign in and do it again.

code-title = Enter your code
code-lead = Open the authenticator app on your phone and enter its 6-digit code for Duyệt.
code-label = 6-digit code or recovery code
code-hint = Lost your phone? Enter one of the recovery codes you have put away; each works once. If none is left, ask whoever runs the service to take the second step away.
code-submit = Go on
code-again = Start signing in again
code-wrong-recovery = The recovery code is wrong or was used already. Check it letter by letter, or enter another one. If none is left, ask whoever runs the service to take the second step away.
code-wrong = The code is wrong or was used already. Wait for the next one on your phone, then enter it.
code-wait-seconds = { $count ->
    [one] Too many wrong codes. Wait { $count } second, then try again.
   *[other] Too many wrong codes. Wait { $count } seconds, then try again.
}
code-wait-minutes = { $count ->
    [one] Too many wrong codes. Wait { $count } minute, then try again.
   *[other] Too many wrong codes. Wait { $count } minutes, then try again.
}

forgotten-title = Forgotten password
forgotten-lead = Enter the email you sign in with. If there is an account with it, a mail with a link to set another password will arrive within minutes.
forgotten-submit = Send me a mail
forgotten-sent-title = Look into your mailbox
forgotten-sent = If there is an account with { $email }, a mail is on its way. Its link works for one hour, and once.
forgotten-sent-hint = No mail? Look into your spam folder, too. An account is sent one such mail an hour at the most. The newsroom’s admin can help you as well.
forgotten-back = Back to sign in

welcome-join-title = Join the moderators
welcome-join-lead = Welcome. Check your name and set a password for { $email }.
welcome-join-submit = Create account
welcome-reset-title = Set another password
welcome-reset-lead = Set another password for { $email }. Every place where this account is signed in will be signed out.
welcome-reset-submit = Save password
welcome-name = Name
welcome-name-hint = Colleagues see it beside each of your decisions.
welcome-password = New password
welcome-password-hint = At least { $min } characters. A short sentence is better than a word with many signs.

account-title = Your account
account-signed-in-as = You sign in as { $email }.
account-role = Role: { $role }. Work: { $bound }.
account-name-heading = Name and language
account-name-save = Save name
account-language = Language of pages and mails
account-language-browser = As the browser asks
account-language-vi = Tiếng Việt
account-language-en = English
account-language-save = Save language
account-password-heading = Password
account-password-old = Present password
account-password-new = New password
account-password-save = Change password
account-password-hint = With another password every other place is signed out.
account-phone-heading = Second step
account-phone-off = Off. When it is on you need a 6-digit code from your phone besides your password, so that who knows your password does not get in.
account-phone-on = On. You need a 6-digit code from your phone to sign in.
account-phone-codes = { $count ->
    [one] { $count } recovery code is left.
   *[other] { $count } recovery codes are left.
}
account-phone-begin = Turn the second step on
account-phone-go-on = Go on with the setup
account-phone-manage = To turn it off or to get other recovery codes, enter your password.
account-phone-renew = Get other recovery codes
account-phone-stop = Turn the second step off
account-sessions-heading = Where you are signed in
account-sessions-lead = If you do not know one of these places, sign it out and change your password.
account-session-this = This one
account-session-unknown = Unknown browser
account-session-from = from { $network }
account-session-since = signed in { $when }
account-session-seen = last used { $when }
account-session-end = Sign out
account-session-end-label = Sign out { $what }
account-sessions-end-others = Sign out all others
account-done-name = Your name is saved.
account-done-language = Your language is saved.
account-done-password = Your password is changed. All other places are signed out.
account-done-session = That place is signed out.
account-done-others = All other places are signed out.
account-done-phone-off = The second step is off. Only your password is needed to sign in.
account-done-phone-was-on = The second step is on. Its recovery codes are shown only once: if you have not kept them, make new ones below.

phone-title = Turn the second step on
phone-step-scan = Open an authenticator app on your phone (Google Authenticator, Microsoft Authenticator, Aegis…) and scan this picture.
phone-step-type = Cannot scan it? Type this key into the app:
phone-step-open = Open in an app on this device
phone-step-code = Enter the 6-digit code that the app shows.
phone-picture = QR code with the key
phone-code = 6-digit code
phone-confirm = Turn on
phone-back = Back to your account
codes-title = Recovery codes
codes-lead = Keep these codes in a safe place apart from your phone. Each stands in for your phone once. They are shown this one time; earlier recovery codes work no more.
codes-done = I have put them away

members-title = Members
members-invite-heading = Invite somebody
members-email = Email
members-name = Name
members-role = Role
members-sites = Sites
members-sites-hint = None means all sites, also those that will be added.
members-sections = Sections of { $site }
members-sections-known = The latest articles stand in: { $sections }.
members-empty-sections = None of the latest articles stands in { $sections }, so { $name } sees no comment from there yet. Check the section’s name.
members-sections-hint = One section a line, with or without its tones. Empty means the whole site.
members-invite = Send invitation
members-invite-hint = They get a mail with a link to set a password, which works for three days.
members-list-heading = All members
members-edit = Edit
members-edit-label = Edit { $name }
members-state-invited = invited, has not joined yet
members-state-disabled = disabled
members-state-active = active
members-second-factor = second step
members-all-sites = All sites
members-seen = last used { $when }
members-never-seen = signed in nowhere now
member-save = Save
member-disable = Disable account
member-disable-hint = Who is disabled is signed out everywhere at once, their tokens stop working, and they get no more mail. You can enable them again at any time.
member-enable = Enable account
member-invite-again = Send the invitation again
member-back = Back to the list
members-done-invited = The invitation is on its way.
members-done-saved = Saved.
members-done-disabled = The account is disabled.
members-done-enabled = The account is enabled.

role-moderator = Moderator
role-moderator-hint = decides on comments
role-editor = Editor
role-editor-hint = also words, bans, articles
role-admin = Admin
role-admin-hint = also members

password-short = The password has { $length } characters; it needs at least { $min }. Make it longer, a short sentence for example.
password-long = The password is longer than { $max } bytes. Shorten it.
password-own = This is your own name or email, or the name of the service, which is guessed first. Choose another.
password-common = Too many people use this password, so it is guessed first. Choose another.
password-wrong = Your present password is wrong. Enter it again.
password-later = Too many wrong attempts. Wait a few minutes, then enter it again.
email-taken = A member has this email already. Look for them in the list of members.
member-sites = Choose at least one site.
member-site = There is no site “{ $site }” among yours.
member-section = The name of a section must not be empty, and has { $max } characters on one line at the most.

problem-member-link-invalid = This link works no more
problem-member-link-invalid-detail = The link was used, has expired, or letters are missing. If you have forgotten your password, ask for another mail on the sign-in page; if you were invited, ask the admin to send the invitation again.
problem-last-admin = There must be an admin left
problem-last-admin-detail = This is the last admin of all sites, so they cannot be disabled, given a lesser role or bound to sites. Make somebody else an admin first.
problem-too-often = Too often in a short time
problem-too-often-detail = Nothing was done. Wait a few minutes, then try again.
problem-stale = It is not as you saw it any more
problem-stale-detail = Nothing was changed. Open the page again to see how things stand, then go on.

mail-many-sites = the Duyệt service
mail-invitation-subject = Invitation to moderate comments — { $site }
mail-invitation-what = You are invited to moderate readers’ comments for { $site }.
mail-invitation-how = Open the page below to set a password. The link works once, until { $until }.
mail-invitation-open = Join
mail-invitation-foot = If you do not work with { $site }, ignore this mail: nothing changes unless a password is set on that page.
mail-reset-subject = Set another password — { $site }
mail-reset-what = Somebody, perhaps you, wants to set another password for the moderator’s account of { $site } with this email.
mail-reset-how = Open the page below to set it. The link works once, until { $until }.
mail-reset-open = Set another password
mail-reset-foot = If it was not you, ignore this mail: your present password stays as it is.
