# Letting go what could not be sent.

outbox-discard = Discard
outbox-discard-one = Discard: { $what }, written { $when }
outbox-discard-lead = Discard what nobody needs any more: it is sent to nobody then. Mails to readers go by themselves after a week, since most have a mistyped address.
outbox-notice-discarded = Discarded. It is sent no more.
