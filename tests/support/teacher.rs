//! Somebody who teaches a site's model: comments that are written, and what is decided on them.

use serde_json::{Value, json};

use super::{
    ARTICLE, Answer, App, Backend, Card, Moderator, Reader, Server, Wire, anew, comment_on,
    eventually,
};

/// A comment that was written, at the revision that its teacher has seen.
#[derive(Debug, Clone)]
pub struct Written {
    pub id: String,
    pub receipt: String,
    pub revision: i64,
}

/// A reader and a moderator at one replica.
#[derive(Clone)]
pub struct Teacher {
    pub reader: Reader,
    pub lan: Moderator,
}

impl Teacher {
    /// At the service itself.
    pub fn of(app: &App) -> Self {
        Self {
            reader: app.reader(),
            lan: app.moderator("Lan"),
        }
    }

    /// The same two at another replica.
    pub fn at(&self, replica: &Server) -> Self {
        Self {
            reader: Reader::new(Wire::new(&replica.base), "bao"),
            lan: Moderator::new(Wire::new(&replica.base), &self.lan.token),
        }
    }

    /// A comment of a reader who has never written before, with a text of its own.
    pub async fn write(&self, text: &str) -> Written {
        self.write_on(ARTICLE, text).await
    }

    /// The same under another article.
    pub async fn write_on(&self, article: &str, text: &str) -> Written {
        let mut comment = comment_on(article, &anew(text));
        let mailbox = anew("ban-doc").replace(['(', ')', ' '], "");
        comment["email"] = json!(mailbox + "@thu.example");
        let (id, receipt) = self.reader.write_all(&comment).await;
        Written {
            id,
            receipt,
            revision: 1,
        }
    }

    /// A comment from an address and under an article that only a few others have, or rules would see a flood. The service must trust
    /// what is forwarded.
    pub async fn scattered(&self, text: &str, number: usize) -> Written {
        let place = number / 5;
        let elsewhere = Self {
            reader: self.reader.clone().behind(&format!("198.51.100.{place}")),
            ..self.clone()
        };
        elsewhere
            .write_on(&format!("https://bao.example/bai-{place}.html"), text)
            .await
    }

    /// So many of them.
    pub async fn write_many(&self, text: &str, count: usize) -> Vec<Written> {
        let mut written = Vec::with_capacity(count);
        for number in 0..count {
            written.push(self.write(&format!("{text} {number}")).await);
        }
        written
    }

    /// Decides on all of them together; the batch.
    pub async fn decide(&self, action: &str, these: &mut [Written]) -> String {
        let comments: Vec<Value> = these
            .iter()
            .map(|one| json!({ "id": one.id, "revision": one.revision }))
            .collect();
        let decision = json!({ "action": action, "comments": comments });
        let answer = self.lan.decide_json(&decision).await.expect(200);
        for one in these.iter_mut() {
            one.revision += 1;
        }
        answer.text("batch")
    }

    /// Takes a batch back.
    pub async fn undo(&self, batch: &str, these: &mut [Written]) -> Answer {
        for one in these.iter_mut() {
            one.revision += 1;
        }
        self.lan.undo(batch).await.expect(200)
    }

    pub async fn card(&self, one: &Written) -> Card {
        self.lan.card(&one.id).await
    }

    /// How probable this replica's model has it that a comment does harm.
    pub async fn harm(&self, one: &Written) -> f64 {
        self.card(one).await.0["model"]["harm"]
            .as_f64()
            .expect("a probability")
    }
}

/// Waits until so many decisions are learnt.
pub async fn learnt(app: &App, lessons: usize) {
    let lessons = i64::try_from(lessons).expect("a count");
    eventually("the decisions are learnt", async || {
        (app.count("select count(*) from lessons").await == lessons).then_some(())
    })
    .await;
}

/// Nobody learns any more: whoever did is gone, and nobody waits for them to come back.
pub async fn lease_ends(app: &App) {
    let long_ago = match app.backend {
        Backend::Sqlite => "0",
        Backend::Postgres => "to_timestamp(0)",
    };
    app.execute(&format!("update learn_marks set held_until = {long_ago}"))
        .await;
}

/// Waits until the weights after so many lessons are kept, and tells what a replay comes to.
pub async fn kept(app: &App, lessons: usize) -> Value {
    let newest = "select coalesce((select lessons from learn_snapshots where has_weights order by id desc limit 1), 0)";
    let lessons = i64::try_from(lessons).expect("a count");
    eventually("the weights are kept", async || {
        (app.count(newest).await == lessons).then_some(())
    })
    .await;
    replayed(app)
}

/// What all decisions come to when they are learnt from the beginning, and how that compares with what was learnt.
pub fn replayed(app: &App) -> Value {
    let output = app.command(&["learn", "replay", "bao"], "");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What the lessons were, in their order.
pub async fn lessons(app: &App) -> Vec<String> {
    app.texts("select action as text from lessons order by decision_id")
        .await
}

/// What the model said of each lesson, in their order.
pub async fn said(app: &App) -> Vec<String> {
    let said = "cast(harm as text) || ' ' || cast(spam as text)";
    app.texts(&format!(
        "select {said} as text from lessons order by decision_id"
    ))
    .await
}

/// The state that a program with another model leaves behind: what the lessons say, and whatever was kept, is that model's.
pub async fn of_another_model(app: &App) {
    for table in ["learn_marks", "learn_snapshots"] {
        app.execute(&format!("update {table} set base = 'another'"))
            .await;
    }
}

/// Fine texts that are alike in no more than a word or two, or a rule would see that many send the same.
pub fn fine(number: usize) -> String {
    let who = [
        "Cây cầu",
        "Trường học",
        "Hàng cây",
        "Bệnh viện",
        "Bến xe",
        "Công viên",
        "Thư viện",
    ];
    let how = [
        "mới xây",
        "vừa sửa xong",
        "ở đầu phố",
        "bên bờ sông",
        "gần nhà tôi",
    ];
    let what = [
        "giúp bà con",
        "làm mát cả xóm",
        "được khen nhiều",
        "đáng đồng tiền",
        "khiến ai cũng vui",
        "đẹp hẳn lên",
    ];
    let end = [
        "cảm ơn tòa soạn",
        "mong giữ gìn",
        "tôi rất mừng",
        "chúc mọi người khỏe",
    ];
    format!(
        "{} {} {}, {}",
        who[number % 7],
        how[number / 2 % 5],
        what[number / 3 % 6],
        end[number / 5 % 4]
    )
}

/// The same that nobody approves.
pub fn bad(number: usize) -> String {
    let start = [
        "Sáng nay",
        "Ông nào cho",
        "Bọn thầu đưa",
        "Ngày nghỉ mà",
        "Ai bảo",
    ];
    let end = [
        "chạy qua chợ",
        "cày nát vườn",
        "đậu trước cổng",
        "kêu inh tai",
        "nhả khói đen",
        "đè gãy cây",
        "lấn hết lề",
    ];
    format!(
        "{} xe lu lèn đường {}",
        start[number % 5],
        end[number / 2 % 7]
    )
}
