//! The whole way of a comment, as short as it can be told.

use crate::support::on_both;

on_both!(a_comment_waits_is_approved_and_stands_under_the_article, async |app| {
    let (reader, lan) = (app.reader(), app.moderator("Lan"));
    let (id, _) = reader.write("Cầu mới đẹp quá, cảm ơn các anh công nhân.").await;
    assert_eq!(reader.published().await, Vec::<String>::new());
    let waiting = lan.queue().await;
    assert_eq!(waiting[0].id(), id);
    lan.approve(&waiting[0]).await;
    assert_eq!(reader.published().await, ["Cầu mới đẹp quá, cảm ơn các anh công nhân."]);
    assert_eq!(app.count("select count(*) from comments").await, 1);
});
