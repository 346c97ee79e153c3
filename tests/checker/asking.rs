//! When it is asked, and when no more.

use duyet::notify::Checks;
use serde_json::json;

use super::{
    Desk, FINE, NOBODY, first_question, held, near, nothing, post, receiver, saw, says, set,
    set_patient, to,
};
use crate::support::{App, Cms, Manner, eventually, on_both};

on_both!(
    whoever_gives_no_answer_is_asked_again_and_then_that_is_said,
    near,
    async |app: App| {
        let (desk, _) = Desk::of_one(app).await;
        let elsewhere = receiver();
        let there = ("location", elsewhere.url("/"));
        let unfit = json!({ "evidence": [{ "label": "a", "category": "spam", "weight": 99 }] });
        desk.checker.behave_in_turn([
            Manner::Silent,
            Manner::status(500),
            Manner::Endless,
            Manner::Says(302, vec![there], String::new()),
            says(&unfit),
        ]);
        for (asked, (seconds, why)) in [
            (0, "No answer within 400 ms."),
            (5, "The answer was 500."),
            (30, "has more than 65536 bytes"),
            (120, "The answer was 302, which leads to another address."),
        ]
        .into_iter()
        .enumerate()
        {
            desk.after(seconds).await;
            assert_eq!(desk.asked(), asked + 1);
            let told = desk.why().await;
            assert!(told.contains(why), "{told}");
            assert_eq!(desk.seen().await, ["checker.waiting"]);
        }
        desk.after(299).await;
        assert_eq!(desk.asked(), 4, "not before its time");
        desk.after(1).await;
        assert_eq!(desk.asked(), 5);
        assert!(
            desk.why()
                .await
                .contains("at evidence[0].weight: A weight is")
        );
        assert_eq!(desk.seen().await, ["checker.absent"]);
        assert_eq!(desk.lanes().await, ["look"]);
        assert_eq!(elsewhere.calls(), 0, "nobody is followed");
        assert_eq!(desk.questions("dead").await, 1);
    }
);

on_both!(
    a_slip_in_the_name_of_a_field_is_no_answer_and_is_told,
    near,
    async |app: App| {
        let (desk, _) = Desk::of_one(app).await;
        let slip = json!({ "evidence": [
            { "label": "a", "category": "spam", "weight": 1, "strat": 0, "end": 3 },
        ] });
        desk.checker.behave(says(&slip));
        desk.round().await;
        let told = desk.why().await;
        assert!(
            told.contains("There is no field “evidence[0].strat”."),
            "{told}"
        );
        assert_eq!(desk.seen().await, ["checker.waiting"]);
    }
);

on_both!(
    a_category_of_its_own_is_no_answer_and_those_there_are_are_told,
    near,
    async |app: App| {
        let (mut desk, _) = Desk::of_one(app).await;
        let known = "“evidence[0].category”. These can: profanity, insult, hate, threat, sexual, spam, scam, contact, link, impersonation, flood, repeat.";
        for word in ["toxic", "ban"] {
            desk.checker.behave(says(&saw("a", word, 1.0)));
            desk.after(60).await;
            let told = desk.why().await;
            let wrong = format!("“{word}” cannot stand in the field {known}");
            assert!(told.contains(&wrong), "{told}");
        }
        desk.checker.behave(says(
            &json!({ "evidence": [{ "label": "a", "category": 5, "weight": 1 }] }),
        ));
        desk.after(150).await;
        let told = desk.why().await;
        assert!(
            told.contains("The field “evidence[0].category” has the wrong type."),
            "{told}"
        );
        // By itself it is told the same.
        let check = first_question(&desk.checker).await;
        desk.app.serve();
        for word in ["toxic", "ban"] {
            let answer = to(&check, &saw("a", word, 1.0));
            let told = post(&Cms::checker_of(&desk.app), &answer).await.expect(422);
            let error = ("evidence[0].category".to_owned(), "field-word".to_owned());
            assert_eq!(told.wrong(), [error]);
            assert!(
                told.body.contains("flood, repeat.") && !told.body.contains("repeat, ban"),
                "{}",
                told.body
            );
        }
    }
);

on_both!(one_slow_answer_holds_up_no_other, near, async |app: App| {
    let desk = Desk::of(app, 20).await;
    set_patient(&desk.app, &desk.checker.url("/"), 30_000);
    let (_door, slow) = held(&nothing());
    desk.checker.behave(says(&nothing()));
    desk.checker.behave_in_turn([slow]);
    let others = eventually("all others are answered", async || {
        let waiting = desk.seen().await.len();
        (waiting == 1).then_some(desk.asked())
    });
    tokio::select! {
        () = desk.round() => panic!("the slow one has not answered"),
        asked = others => assert_eq!(asked, 20),
    }
});

on_both!(
    no_more_than_eight_are_asked_at_once,
    near,
    async |app: App| {
        let desk = Desk::of(app, 12).await;
        set_patient(&desk.app, &desk.checker.url("/"), 30_000);
        let (door, slow) = held(&nothing());
        desk.checker.behave(slow);
        let looks = async {
            for many in 8..=12 {
                eventually("each answer makes room for one", async || {
                    (desk.asked() >= many).then_some(())
                })
                .await;
                door.add_permits(1);
            }
            door.add_permits(7);
        };
        tokio::join!(desk.round(), looks);
        assert_eq!((desk.asked(), desk.checker.most_at_once()), (12, 8));
        assert!(desk.seen().await.is_empty());
    }
);

on_both!(
    who_fails_again_and_again_rests_and_is_tried_once,
    near,
    async |app: App| {
        let desk = Desk::of(app, 7).await;
        desk.checker.behave(Manner::status(503));
        desk.round().await;
        assert_eq!(desk.asked(), 7);
        desk.after(6).await;
        assert_eq!(desk.asked(), 7, "it rests");
        desk.after(53).await;
        assert_eq!(desk.asked(), 7, "it rests still");
        desk.after(1).await;
        assert_eq!(desk.asked(), 8, "one trial, which fails");
        desk.after(59).await;
        assert_eq!(desk.asked(), 8, "and it rests again");
        desk.checker.behave(says(&nothing()));
        desk.after(1).await;
        assert_eq!(desk.asked(), 15, "one trial, and then the others");
        assert!(desk.seen().await.is_empty());
    }
);

on_both!(
    nobody_waits_longer_than_ten_minutes_for_a_checker_that_rests,
    near,
    async |app: App| {
        let desk = Desk::of(app, 6).await;
        desk.checker.behave(Manner::status(503));
        desk.round().await;
        // It rests for a minute each time, since each trial fails.
        for _ in 0..9 {
            desk.after(61).await;
        }
        assert_eq!(desk.asked(), 15);
        assert!(desk.seen().await.contains(&"checker.waiting".to_owned()));
        let asked = desk.asked();
        // Ten minutes and a bit after they came, and it rests for nine more seconds.
        desk.after(51).await;
        assert_eq!(desk.asked(), asked, "it rests");
        assert_eq!(desk.seen().await, ["checker.absent"; 6]);
        assert_eq!(desk.questions("dead").await, 6);
        // Each says what it was answered the last time, and no more attempts than there were.
        assert_eq!(desk.why().await, "The answer was 503.".repeat(6));
        assert_eq!(desk.counted().await, 15);

        // What a person has sent again is asked while it rests, and heard.
        assert_eq!(desk.send_again().await, 6);
        desk.round().await;
        assert_eq!(desk.asked(), asked + 6);
        assert_eq!(desk.questions("dead").await, 6, "once");
        desk.checker.behave(says(&nothing()));
        desk.send_again().await;
        desk.round().await;
        assert_eq!(desk.asked(), asked + 12);
        assert!(desk.seen().await.is_empty());
        assert_eq!(desk.questions("done").await, 6);
    }
);

on_both!(
    nobody_waits_longer_than_ten_minutes_for_the_next_attempt,
    near,
    async |app: App| {
        let (desk, _) = Desk::of_one(app).await;
        desk.checker.behave(Manner::status(500));
        desk.round().await;
        // The service did not run for a while: the last wait, of five minutes, would end after the tenth.
        for seconds in [400, 30, 120] {
            desk.after(seconds).await;
        }
        assert_eq!(desk.asked(), 4);
        assert_eq!(desk.seen().await, ["checker.waiting"]);
        desk.after(51).await;
        assert_eq!(desk.asked(), 5);
        assert_eq!(desk.seen().await, ["checker.absent"]);
    }
);

on_both!(
    who_is_away_for_longer_than_ten_minutes_is_asked_once_more,
    near,
    async |app: App| {
        let (desk, _) = Desk::of_one(app).await;
        desk.checker.behave(Manner::status(500));
        // The service did not run meanwhile.
        desk.after(700).await;
        assert_eq!(desk.asked(), 1);
        assert_eq!(desk.seen().await, ["checker.absent"]);
    }
);

on_both!(
    a_checker_at_another_address_begins_anew,
    near,
    async |app: App| {
        let desk = Desk::of(app, 6).await;
        desk.checker.behave(Manner::status(503));
        desk.round().await;
        desk.after(10).await;
        assert_eq!(desk.asked(), 6, "it rests");
        let other = receiver();
        other.behave(says(&nothing()));
        set(&desk.app, &other.url("/"));
        desk.round().await;
        assert_eq!((desk.asked(), other.taken().len()), (6, 6));
        assert!(desk.seen().await.is_empty());
    }
);

on_both!(
    where_nobody_is_asked_any_more_comments_stand_as_without_a_checker,
    near,
    async |app: App| {
        let (mut desk, _) = Desk::of_one(app).await;
        desk.checker.behave(Manner::status(500));
        desk.after(700).await;
        assert_eq!(desk.seen().await, ["checker.absent"]);
        desk.app.serve();
        set(&desk.app, NOBODY);
        let _ = desk
            .app
            .reader()
            .write("Mong báo viết tiếp về cây cầu này.")
            .await;
        desk.app.server().kill();
        assert_eq!(desk.lanes().await, ["look", "look"]);
        assert_eq!(desk.seen().await, ["checker.absent", "checker.waiting"]);
        desk.app.done(&["site", "set", "bao", "checker.url="], "");
        desk.round().await;
        assert!(desk.seen().await.is_empty());
        assert_eq!(desk.lanes().await, ["likely_fine", "likely_fine"]);
        assert_eq!(desk.questions("done").await, 2);
    }
);

on_both!(two_replicas_ask_once, near, async |app: App| {
    let desk = Desk::of(app, 5).await;
    desk.checker.behave(says(&nothing()));
    let rounds = desk.workers.iter().map(Checks::round);
    for done in futures_util::future::join_all(rounds).await {
        done.expect("a round");
    }
    assert_eq!(desk.asked(), 5);
    assert!(desk.seen().await.is_empty());
});

// The command line takes it, and then the network is closed.
on_both!(
    a_forbidden_address_is_never_dialled,
    near,
    async |app: App| {
        set(&app, NOBODY);
        let _ = app.reader().write(FINE).await;
        let desk = Desk::allowing(app, "10.0.0.0/8").await;
        desk.round().await;
        assert_eq!(desk.checker.calls(), 0);
        assert!(
            desk.why().await.contains("This address was not called."),
            "{}",
            desk.why().await
        );
        assert_eq!(desk.seen().await, ["checker.waiting"]);
    }
);

on_both!(
    a_comment_that_was_decided_meanwhile_is_left_alone,
    near,
    async |app: App| {
        set(&app, NOBODY);
        let lan = app.moderator("Lan");
        let (id, _) = app.reader().write(FINE).await;
        lan.approve(&lan.card(&id).await).await;
        let desk = Desk::over(app).await;
        desk.round().await;
        assert_eq!(desk.asked(), 0);
        assert_eq!(
            desk.seen().await,
            ["checker.absent"],
            "no answer comes any more"
        );
        let status = desk.app.texts("select status as text from comments").await;
        assert_eq!(status, ["approved"]);
    }
);

on_both!(an_edit_asks_anew, near, async |app: App| {
    set(&app, NOBODY);
    let (id, receipt) = app.reader().write(FINE).await;
    let first = app
        .texts("select payload as text from outbox where kind = 'check'")
        .await;
    let edit = json!({ "body": "Cầu mới đẹp quá." });
    app.reader().edit(&receipt, &edit).await.expect(200);
    let card = app.moderator("Lan").card(&id).await;
    assert_eq!(card.rules(), ["checker.waiting"]);
    assert_eq!(first.len(), 1);
    let mut desk = Desk::over(app).await;
    desk.checker.behave(says(&nothing()));
    desk.round().await;
    let asked = desk.checker.taken();
    assert_eq!(asked.len(), 1, "not about the text that is gone");
    assert_eq!(asked[0].json()["data"]["comment"]["body"], edit["body"]);
    assert!(desk.seen().await.is_empty());
    assert_eq!(desk.lanes().await, ["likely_fine"]);
    // Nor does anybody wait for an answer about either any more.
    desk.app.serve();
    let check = asked[0].json()["data"]["check"].clone();
    let late = to(&check, &saw("a", "threat", 4.0));
    let known = post(&Cms::checker_of(&desk.app), &late).await;
    assert_eq!(known.expect(200).json()["outcome"], "known");
});
