//! What it says, when it says it, and who else has been there meanwhile.

use serde_json::json;

use super::{
    Desk, FINE, eventually, first_question, held, near, nothing, once_seen, post, receiver, saw,
    says, set, set_patient, to,
};
use crate::support::{App, Cms, EMAIL, Manner, on_both};

on_both!(
    what_a_checker_answers_is_evidence_and_moves_the_comment,
    near,
    async |app: App| {
        let checker = receiver();
        let (door, answer) = held(&json!({ "evidence": [
            { "label": "toxicity", "category": "insult", "weight": 3.5, "start": 0, "end": 7, "message": "x" },
        ] }));
        checker.behave(answer);
        set_patient(&app, &checker.url("/check?site=bao"), 30_000);
        let lan = app.moderator("Lan");
        let (id, _) = app.reader().write(FINE).await;
        first_question(&checker).await;
        let card = lan.card(&id).await;
        assert_eq!(card.rules(), ["checker.waiting"]);
        assert_eq!(card.0["lane"], "look");
        let an = app.visitor("An");
        an.sign_in("An").await.expect(303);
        let page = an.open("/queue").await.expect(200).body.clone();
        assert!(page.contains("Chưa có kết quả của bộ kiểm tra ngoài"));
        door.add_permits(1);
        let card = once_seen(&lan, &id, &["checker.toxicity"]).await;
        assert_eq!(
            (
                &card.0["lane"],
                &card.0["score"],
                &card.0["evidence"][0]["excerpt"]
            ),
            (&json!("likely_bad"), &json!(3.5), &json!("Cầu mới"))
        );
        assert_eq!((card.status(), card.revision()), ("pending", 1));
        // Lists find it by what was answered.
        for narrowed in [
            [("status", "pending"), ("rule", "checker.toxicity")],
            [("lane", "likely_bad"), ("order", "risk")],
        ] {
            eventually("it is listed", async || {
                let cards = lan.cards(&narrowed).await;
                (cards.len() == 1 && cards[0].id() == id).then_some(())
            })
            .await;
        }

        // What was asked, and that it is signed by the checker's own secret.
        let call = checker.taken().remove(0);
        assert!(call.line.starts_with("POST /check?site=bao "));
        let body = String::from_utf8(call.body.clone()).expect("text");
        let seconds = call.only("webhook-timestamp").parse().expect("seconds");
        let bao = Cms::checker_of(&app);
        let [_, _, (_, signature)] = bao.signed(call.only("webhook-id"), seconds, &body);
        assert_eq!(call.only("webhook-signature"), signature);
        assert!(!body.contains(EMAIL), "{body}");
        let asked = call.json();
        assert_eq!(asked["type"], "comment.check");
        assert_eq!(asked["data"]["comment"]["id"], id.as_str());
        assert_eq!(asked["data"]["comment"]["body"], FINE);

        // Nothing against it: it stands as it would without a checker.
        checker.behave(says(&nothing()));
        let (other, _) = app
            .reader()
            .write("Mong báo viết tiếp về cây cầu này.")
            .await;
        let card = once_seen(&lan, &other, &[]).await;
        assert_eq!(card.0["lane"], "likely_fine");
    }
);

on_both!(
    who_answers_later_is_waited_for_ten_minutes,
    near,
    async |app: App| {
        let (desk, _) = Desk::of_one(app).await;
        desk.checker.behave(Manner::status(202));
        desk.round().await;
        desk.after(500).await;
        assert_eq!(desk.asked(), 1);
        assert_eq!(desk.seen().await, ["checker.waiting"]);
        desk.after(101).await;
        assert_eq!(desk.asked(), 2);
        assert_eq!(desk.seen().await, ["checker.absent"]);
    }
);

on_both!(
    who_said_later_answers_by_itself_and_is_asked_no_more,
    near,
    async |app: App| {
        let (mut desk, id) = Desk::of_one(app).await;
        desk.checker.behave(Manner::status(202));
        desk.round().await;
        let check = first_question(&desk.checker).await;
        desk.app.serve();
        let answer = to(&check, &saw("toxicity", "insult", 3.5));
        let done = post(&Cms::checker_of(&desk.app), &answer).await;
        assert_eq!(done.expect(200).json()["outcome"], "done");
        let card = desk.app.moderator("Lan").card(&id).await;
        assert_eq!(card.rules(), ["checker.toxicity"]);
        assert_eq!(card.0["lane"], "likely_bad");
        desk.after(601).await;
        assert_eq!(desk.asked(), 1);
        assert_eq!(desk.seen().await, ["checker.toxicity"]);
    }
);

on_both!(
    an_answer_counts_once_and_within_bounds,
    near,
    async |app: App| {
        let (mut desk, _) = Desk::of_one(app).await;
        desk.checker.behave(Manner::status(500));
        desk.after(700).await;
        assert_eq!(desk.seen().await, ["checker.absent"]);
        let check = first_question(&desk.checker).await;
        desk.app.serve();
        let bao = Cms::checker_of(&desk.app);
        let unknown = json!("019ab0f2-3c00-7000-8000-000000000007");
        post(&bao, &to(&unknown, &nothing())).await.expect(404);
        for (wrong, field, code) in [
            (saw("a", "spam", 99.0), "evidence[0].weight", "check-weight"),
            (
                json!({ "evidence": [{ "label": "a", "category": "spam", "weight": 1, "strat": 0 }] }),
                "evidence[0].strat",
                "field-unknown",
            ),
            (
                json!({ "evidence": [], "evidences": [] }),
                "evidences",
                "field-unknown",
            ),
            (json!({}), "evidence", "field-missing"),
        ] {
            let told = post(&bao, &to(&check, &wrong)).await.expect(422).json();
            let error = &told["errors"][0];
            assert_eq!(
                (&error["field"], &error["code"]),
                (&json!(field), &json!(code)),
                "{told}"
            );
        }
        assert_eq!(desk.seen().await, ["checker.absent"]);
        let done = post(&bao, &to(&check, &nothing())).await.expect(200).json();
        assert_eq!(done["outcome"], "done");
        assert!(desk.seen().await.is_empty());
        assert_eq!(desk.lanes().await, ["likely_fine"]);
        let again = to(&check, &saw("a", "threat", 4.0));
        let known = post(&bao, &again).await.expect(200).json();
        assert_eq!(known["outcome"], "known");
        assert!(desk.seen().await.is_empty());
    }
);

on_both!(
    of_who_is_asked_and_who_answers_by_itself_the_first_is_heard,
    near,
    async |app: App| {
        let (mut desk, _) = Desk::of_one(app).await;
        let (door, asking, check) = desk.hold_back(&saw("slow", "threat", 4.0)).await;
        let bao = Cms::checker_of(&desk.app);
        let quick = to(&check, &saw("quick", "insult", 1.0));
        let done = post(&bao, &quick).await.expect(200).json();
        assert_eq!(done["outcome"], "done");
        door.add_permits(1);
        asking.await.expect("it ends");
        assert_eq!(desk.asked(), 1);
        assert_eq!(desk.seen().await, ["checker.quick"]);
        assert_eq!(desk.lanes().await, ["look"]);
    }
);

on_both!(
    what_was_approved_and_taken_back_meanwhile_still_hears_the_answer,
    near,
    async |app: App| {
        let (mut desk, id) = Desk::of_one(app).await;
        let (door, asking, _) = desk.hold_back(&saw("toxicity", "insult", 3.5)).await;
        let lan = desk.app.moderator("Lan");
        let batch = lan.approve(&lan.card(&id).await).await;
        lan.undo(&batch).await.expect(200);
        door.add_permits(1);
        asking.await.expect("it ends");
        let card = lan.card(&id).await;
        assert_eq!(card.rules(), ["checker.toxicity"]);
        assert_eq!((card.status(), card.revision()), ("pending", 3));
        assert_eq!(card.0["lane"], "likely_bad");
    }
);

on_both!(
    what_was_decided_meanwhile_hears_no_answer,
    near,
    async |app: App| {
        let (mut desk, id) = Desk::of_one(app).await;
        let (door, asking, check) = desk.hold_back(&saw("toxicity", "insult", 3.5)).await;
        let lan = desk.app.moderator("Lan");
        lan.approve(&lan.card(&id).await).await;
        door.add_permits(1);
        asking.await.expect("it ends");
        assert_eq!(desk.seen().await, ["checker.absent"]);
        let late = to(&check, &saw("toxicity", "insult", 3.5));
        let known = post(&Cms::checker_of(&desk.app), &late).await;
        assert_eq!(known.expect(200).json()["outcome"], "known");
        assert_eq!(lan.card(&id).await.status(), "approved");
    }
);

on_both!(
    what_must_not_wait_is_told_at_once,
    near,
    async |app: App| {
        let checker = receiver();
        checker.behave(says(&saw("threat", "threat", 3.0)));
        set(&app, &checker.url("/"));
        let lan = app.moderator("Lan");
        let alerts = "select count(*) from outbox where kind = 'alert'";
        let (id, _) = app.reader().write(FINE).await;
        once_seen(&lan, &id, &["checker.threat"]).await;
        assert_eq!(app.count(alerts).await, 1);
        checker.behave(says(&saw("toxicity", "insult", 4.0)));
        let (id, _) = app
            .reader()
            .write("Mong báo viết tiếp về cây cầu này.")
            .await;
        once_seen(&lan, &id, &["checker.toxicity"]).await;
        assert_eq!(app.count(alerts).await, 1, "bad, and not urgent");
    }
);
