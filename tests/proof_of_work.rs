//! Proof of work in ALTCHA's format: who is asked for it, what counts, and that nothing counts twice.

use std::collections::BTreeMap;

use duyet::domain::{ChallengeId, Instant};
use duyet::intake::{CHALLENGE_LIFETIME, ChallengeKey};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::robots::{another, form, last_card, now, other_form, signs, site, with};
use crate::support::{
    App, Backend, Reader, SECRET, Server, Setup, Wire, comment, comment_on, eventually, on_both,
    solved, solved_in_python,
};

const COMMENTS: &str = "select count(*) from comments";
const SPENT: &str = "select count(*) from spent_challenges";

fn ask(app: &App, when: &str) {
    app.done(
        &["site", "set", "bao", &format!("proof_of_work={when}")],
        "",
    );
}

fn wrong(code: &str) -> Vec<(String, String)> {
    vec![("challenge".to_owned(), code.to_owned())]
}

/// The solution of a challenge that was made at `at`, as the service would have made it.
async fn proof_of(app: &App, at: Instant) -> String {
    let challenges = ChallengeKey::derive(SECRET.as_bytes());
    let id = ChallengeId(Uuid::now_v7());
    let challenge = challenges.make(site(app).await, id, [7; 32], at);
    solved(&serde_json::to_value(challenge).expect("JSON"))
}

/// What of proofs no comment can be sent with, each with its code as a sign.
async fn bad_proofs(app: &App) -> Vec<(String, &'static str)> {
    app.add_site("khac", "https://khac.example");
    let mut forged = app.reader().challenge().await.expect(200).json();
    let expires = &mut forged["parameters"]["expiresAt"];
    *expires = json!(expires.as_i64().expect("a time") + 3600);
    vec![
        ("x".to_owned(), "wrong"),
        (solved(&forged), "wrong"),
        (app.reader_of("khac").proof().await, "wrong"),
        (
            proof_of(app, now().before(CHALLENGE_LIFETIME)).await,
            "expired",
        ),
    ]
}

on_both!(
    a_challenge_is_for_one_page_and_no_cache,
    async |app: App| {
        let reader = app.reader().at("https://bao.example");
        let (one, other) = (reader.challenge().await, reader.challenge().await);
        let (one, other) = (one.expect(200), other.expect(200));
        assert_eq!(one.header("cache-control"), "no-store");
        assert_eq!(
            one.header("access-control-allow-origin"),
            "https://bao.example"
        );
        assert_ne!(
            one.json()["parameters"]["nonce"],
            other.json()["parameters"]["nonce"]
        );
        let elsewhere = app.reader().at("https://khac.example").challenge().await;
        assert_eq!(elsewhere.header("access-control-allow-origin"), "");
        let log = app.logged("/settings").await;
        let refused = log.lines().filter(|line| line.contains("/settings"));
        let refused: Vec<&str> = refused.collect();
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].contains("https://khac.example"), "{refused:?}");
        app.reader_of("nobody").challenge().await.expect(404);
    }
);

on_both!(
    a_site_that_asks_for_no_work_looks_at_none,
    async |app: App| {
        let lan = app.moderator("Lan");
        for proof in [
            json!(null),
            json!(""),
            json!("x"),
            json!(app.reader().proof().await),
        ] {
            for _ in 0..2 {
                let answer = app
                    .reader()
                    .submit(&another("challenge", proof.clone()))
                    .await;
                let card = lan.card(&answer.expect(202).text("id")).await;
                assert_eq!(signs(&card), [""; 0]);
            }
        }
        assert_eq!(app.count(SPENT).await, 0);
    }
);

on_both!(
    a_page_that_cannot_work_is_taken_like_a_form_without_a_proof,
    async |app: App| {
        ask(&app, "always");
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let answer = reader.submit(&with("challenge", "unable")).await;
        let answer = answer.expect(202);
        assert!(!answer.text("receipt").is_empty());
        let card = lan.card(&answer.text("id")).await;
        assert_eq!(
            (signs(&card), &card.0["lane"]),
            (vec!["proof_missing"], &json!("look"))
        );
    }
);

on_both!(
    a_script_is_told_to_come_back_with_a_proof,
    async |app: App| {
        ask(&app, "always");
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let answer = reader.submit(&comment("Cầu mới đẹp.")).await.expect(422);
        assert_eq!(answer.wrong(), wrong("challenge-missing"));
        for (proof, fault) in bad_proofs(&app).await {
            let answer = reader.submit(&with("challenge", proof)).await.expect(422);
            assert_eq!(answer.wrong(), wrong(&format!("challenge-{fault}")));
        }
        let english = reader.clone().in_english();
        let answer = english.submit(&comment("Cầu mới đẹp.")).await.expect(422);
        assert!(answer.body.contains("Fetch a challenge"), "{}", answer.body);
        assert_eq!(app.count(COMMENTS).await, 0);

        let proof = reader.proof().await;
        // What must be mended in the comment uses nothing up.
        let mut unfit = with("challenge", proof.as_str());
        unfit["email"] = json!("x");
        reader.submit(&unfit).await.expect(422);
        unfit["email"] = json!("ban.doc@thu.example");
        unfit["parent"] = json!(Uuid::nil());
        assert_eq!(
            reader.submit(&unfit).await.expect(422).wrong()[0].0,
            "parent"
        );
        let answer = reader.submit(&with("challenge", proof.as_str())).await;
        let card = lan.card(&answer.expect(202).text("id")).await;
        assert_eq!(
            (signs(&card), &card.0["lane"]),
            (vec![], &json!("likely_fine"))
        );

        let mut other = with("challenge", proof);
        other["body"] = json!("Một ý kiến khác hẳn của cùng người ấy.");
        let answer = reader.submit(&other).await.expect(422);
        assert_eq!(answer.wrong(), wrong("challenge-spent"));
        assert_eq!((app.count(COMMENTS).await, app.count(SPENT).await), (1, 1));
    }
);

on_both!(
    a_form_is_never_refused_for_want_of_a_proof,
    async |app: App| {
        ask(&app, "always");
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let sent = async |more: &[(&str, &str)]| {
            reader.post_form(&other_form(more)).await.expect(200);
            last_card(&lan).await
        };
        let card = sent(&[]).await;
        assert_eq!(
            (signs(&card), &card.0["lane"]),
            (vec!["proof_missing"], &json!("look"))
        );
        let mut bad = bad_proofs(&app).await;
        bad.push(("A".repeat(5000), "wrong"));
        for (proof, fault) in bad {
            let card = sent(&[("altcha", &proof)]).await;
            assert_eq!(signs(&card), [format!("proof_{fault}")]);
            assert_ne!(card.0["lane"], "likely_fine");
        }
        let (one, other) = (reader.proof().await, reader.proof().await);
        assert_eq!(signs(&sent(&[("altcha", &one)]).await), [""; 0]);
        assert_eq!(signs(&sent(&[("challenge", &other)]).await), [""; 0]);
        let card = sent(&[("altcha", &one)]).await;
        assert_eq!(signs(&card), ["proof_spent"]);
        assert_ne!(card.0["lane"], "likely_fine");
        assert_eq!(app.count(SPENT).await, 2);
    }
);

on_both!(
    work_is_asked_for_under_pressure_and_only_there,
    |setup| setup.set("DUYET_TRUSTED_PROXIES", "127.0.0.1"),
    async |app: App| {
        ask(&app, "adaptive");
        let (flooder, lan) = (app.reader().behind("203.0.113.7"), app.moderator("Lan"));
        let next = |number: usize| {
            let mut comment = comment(&format!("Ý kiến thứ {number} về cây cầu mới"));
            comment["email"] = json!(format!("ban-{number}@thu.example"));
            comment
        };
        for number in 0..20 {
            flooder.submit(&next(number)).await.expect(202);
        }
        let answer = flooder.submit(&next(20)).await.expect(422);
        assert_eq!(answer.wrong(), wrong("challenge-missing"));
        let mut proven = next(20);
        proven["challenge"] = json!(flooder.proof().await);
        let answer = flooder.submit(&proven).await.expect(202);
        // The proof is no merit: what the flood rules see stays.
        let card = lan.card(&answer.text("id")).await;
        assert!(
            card.rules().contains(&"spam.flood.address_here"),
            "{card:?}"
        );
        flooder.post_form(&form(&[])).await.expect(200);
        assert_eq!(signs(&last_card(&lan).await), ["proof_missing"]);
        // Neighbours are not asked: neither elsewhere at the same article, nor from there at another.
        let neighbour = app.reader().behind("203.0.113.8");
        neighbour.submit(&next(30)).await.expect(202);
        let other = comment_on("https://bao.example/khac.html", "Ý kiến về bài khác");
        flooder.submit(&other).await.expect(202);
    }
);

on_both!(a_resend_is_no_second_use, async |app: App| {
    ask(&app, "always");
    let reader = app.reader();
    let proven = with("challenge", reader.proof().await);
    let first = reader.submit_once("k1", &proven).await.expect(202);
    let bare = with("challenge", json!(null));
    let stale = with(
        "challenge",
        proof_of(&app, now().before(CHALLENGE_LIFETIME)).await,
    );
    for again in [&proven, &bare, &stale] {
        let answer = reader.submit_once("k1", again).await.expect(202);
        assert_eq!(answer.text("id"), first.text("id"));
    }
    let mut other = bare.clone();
    other["body"] = json!("Một ý kiến khác hẳn của cùng người ấy.");
    let answer = reader.submit_once("k1", &other).await.expect(422);
    assert_eq!(answer.wrong()[0].1, "key-mismatch");
    let answer = reader.submit_once("k2", &bare).await.expect(422);
    assert_eq!(answer.wrong(), wrong("challenge-missing"));
    assert_eq!((app.count(COMMENTS).await, app.count(SPENT).await), (1, 1));
});

on_both!(
    of_many_at_once_with_one_proof_one_is_taken,
    async |app: App| {
        ask(&app, "always");
        let reader = app.reader();
        for round in 0..4 {
            let proof = reader.proof().await;
            let sent = (0..12).map(|number| {
                let mut one = with("challenge", proof.as_str());
                one["body"] = json!(format!("Ý kiến {round}/{number} về cây cầu mới"));
                let reader = reader.clone();
                async move { reader.submit(&one).await }
            });
            let answers = join_all(sent).await;
            let taken = answers.iter().filter(|answer| answer.status == 202);
            assert_eq!(taken.count(), 1);
            for refused in answers.iter().filter(|answer| answer.status != 202) {
                assert_eq!(
                    refused.clone().expect(422).wrong(),
                    wrong("challenge-spent")
                );
            }
        }
        assert_eq!(app.count(COMMENTS).await, 4);
    }
);

on_both!(a_new_start_forgets_no_proof, async |mut app: App| {
    ask(&app, "always");
    let proof = app.reader().proof().await;
    let proven = another("challenge", proof.as_str());
    app.reader().submit(&proven).await.expect(202);
    app.restart();
    let again = another("challenge", proof);
    let answer = app.reader().submit(&again).await.expect(422);
    assert_eq!(answer.wrong(), wrong("challenge-spent"));
});

#[tokio::test]
async fn replicas_over_one_database_know_of_each_others_proofs() {
    let app = Setup::new(Backend::Postgres).start().await;
    ask(&app, "always");
    let mut settings: BTreeMap<String, String> = app.settings().clone();
    settings.insert("DUYET_LISTEN".to_owned(), "127.0.0.1:0".to_owned());
    let second = Server::start(app.folder(), &settings, "serve");
    let (one, two) = (app.reader(), Reader::new(Wire::new(&second.base), "bao"));
    let proof = one.proof().await;
    let proven = || another("challenge", proof.as_str());
    two.submit(&proven()).await.expect(202);
    let answer = one.submit(&proven()).await.expect(422);
    assert_eq!(answer.wrong(), wrong("challenge-spent"));
    // And both at the same moment.
    for _ in 0..6 {
        let proof = two.proof().await;
        let proven = [(); 2].map(|()| another("challenge", proof.as_str()));
        let (first, second) = tokio::join!(one.submit(&proven[0]), two.submit(&proven[1]));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [202, 422]);
    }
}

on_both!(what_has_expired_is_thrown_away, async |mut app: App| {
    ask(&app, "always");
    let proof = app.reader().proof().await;
    let proven = || another("challenge", proof.as_str());
    app.reader().submit(&proven()).await.expect(202);
    let old = "0192000000007000800000000000000f";
    let old = match app.backend {
        Backend::Sqlite => format!("x'{old}'"),
        Backend::Postgres => format!("'{old}'::uuid"),
    };
    let insert = "insert into spent_challenges (site_id, id)";
    app.execute(&format!("{insert} select id, {old} from sites"))
        .await;
    assert_eq!(app.count(SPENT).await, 2);
    app.restart();
    eventually("the old row is gone", async || {
        (app.count(SPENT).await == 1).then_some(())
    })
    .await;
    app.reader().submit(&proven()).await.expect(422);
});

on_both!(
    a_public_client_library_solves_our_challenge,
    async |app: App| {
        ask(&app, "always");
        let (reader, lan) = (app.reader(), app.moderator("Lan"));
        let challenge = reader.challenge().await.expect(200).json();
        let proof = solved_in_python(&challenge);
        let proven = with("challenge", proof.as_str());
        let answer = reader.submit(&proven).await.expect(202);
        assert_eq!(signs(&lan.card(&answer.text("id")).await), [""; 0]);
        // The same request again is a double click and gets the first answer; the proof is good for nothing else.
        let again = reader.submit(&proven).await.expect(202);
        assert_eq!(again.text("id"), answer.text("id"));
        let replayed = another("challenge", proof);
        let answer = reader.submit(&replayed).await.expect(422);
        assert_eq!(answer.wrong(), wrong("challenge-spent"));

        let challenges = ChallengeKey::derive(SECRET.as_bytes());
        let (id, then) = (
            ChallengeId(Uuid::now_v7()),
            now().before(CHALLENGE_LIFETIME),
        );
        let old = challenges.make(site(&app).await, id, [1; 32], then);
        let old: Value = serde_json::to_value(old).expect("JSON");
        let answer = reader
            .submit(&another("challenge", solved_in_python(&old)))
            .await;
        assert_eq!(answer.expect(422).wrong(), wrong("challenge-expired"));
    }
);
