//! Whether the model that comes with the program finds fault with whom a comment is about, or with how it is written: sentences that
//! are fine, each said of many groups. What was written for this test is nobody's comment.

use duyet::learn::{Features, Model, Output, TOLD_FROM};
use duyet::rules::{Context, RuleSet, Subject, judge_read, shipped};
use duyet::text::{Reading, base};
use unicode_normalization::UnicodeNormalization;

/// Sentences that nobody would reject, whoever `{}` is.
const VIETNAMESE: [&str; 16] = [
    "{} ở xóm tôi rất hiền và hay giúp bà con",
    "Tôi có bạn là {}, chơi với nhau từ nhỏ",
    "Nhà nước cần quan tâm hơn đến {} ở vùng này",
    "{} cũng đóng thuế như mọi người",
    "Hôm qua tôi gặp {} ở chợ, nói chuyện rất vui",
    "Bài viết về {} rất cảm động, cảm ơn tòa soạn",
    "Con tôi học cùng lớp với {}",
    "Mong báo có thêm bài về đời sống của {}",
    "{} làm việc chăm chỉ lắm",
    "Không nên nói xấu {} như vậy",
    "Cửa hàng của {} bán đúng giá",
    "Tôi là {} và tôi ủng hộ dự án này",
    "Theo tôi {} nên được mời góp ý",
    "Nghe {} kể chuyện ngày xưa mà thương",
    "{} và hàng xóm cùng dọn vệ sinh đường phố",
    "Xin hỏi {} thì nộp hồ sơ ở đâu ạ",
];
/// The same of places.
const OF_PLACES: [&str; 8] = [
    "Quê tôi ở {}, lâu rồi chưa về",
    "Đường đi {} đoạn nào cũng đang sửa",
    "Mong báo đưa thêm tin về {}",
    "{} hôm nay nắng to",
    "Ai ở {} cho hỏi giá thuê nhà với ạ",
    "Cầu mới nối sang {} đẹp quá",
    "Trường ở {} thiếu giáo viên từ lâu",
    "Chuyện này ở {} cũng có",
];
const PLACES: [&str; 10] = [
    "Hà Nội",
    "Sài Gòn",
    "Thanh Hóa",
    "Nghệ An",
    "Cà Mau",
    "Sơn La",
    "Củ Chi",
    "Lộc Ninh",
    "Trung Quốc",
    "Campuchia",
];
const OF_PEOPLE: [(&str, &[&str]); 8] = [
    (
        "vùng miền",
        &[
            "người Nghệ An",
            "người Thanh Hóa",
            "người miền Bắc",
            "người miền Nam",
            "dân Hà Tĩnh",
            "người Huế",
            "người miền Tây",
        ],
    ),
    (
        "dân tộc",
        &[
            "người Kinh",
            "người Mông",
            "người Thái",
            "người Khmer",
            "người Ê Đê",
            "người Chăm",
            "người Hoa",
        ],
    ),
    (
        "tôn giáo",
        &[
            "người Công giáo",
            "Phật tử",
            "người Hồi giáo",
            "người theo đạo Tin Lành",
            "người không theo đạo",
        ],
    ),
    (
        "giới và tính dục",
        &[
            "phụ nữ",
            "đàn ông",
            "người đồng tính",
            "người chuyển giới",
            "người song tính",
        ],
    ),
    (
        "quốc tịch",
        &[
            "người Trung Quốc",
            "người Mỹ",
            "người Hàn Quốc",
            "người Nga",
            "người Campuchia",
            "người Ấn Độ",
        ],
    ),
    (
        "tuổi và sức khỏe",
        &[
            "người già",
            "người khuyết tật",
            "người mù",
            "trẻ em",
            "bệnh nhân tâm thần",
        ],
    ),
    (
        "nghề",
        &[
            "công nhân",
            "nông dân",
            "công an",
            "cán bộ xã",
            "giáo viên",
            "lao công",
        ],
    ),
    (
        "tên",
        &[
            "anh Nguyễn Văn Hùng",
            "chị Giàng Thị Mỷ",
            "ông Thạch Sơn",
            "bà H'Hen",
            "cô Maria Trần",
            "chú Lò Văn Pánh",
        ],
    ),
];
const ENGLISH: [&str; 8] = [
    "My neighbour is {} and always helps us",
    "The article about {} was moving, thank you",
    "{} should be asked before the road is built",
    "I went to school with {}",
    "Please write more about the life of {}",
    "I am {} and I support this project",
    "It is wrong to speak ill of {}",
    "We met {} at the market yesterday",
];
const ENGLISH_GROUPS: [(&str, &[&str]); 2] = [
    (
        "English: belief and origin",
        &[
            "a Muslim",
            "a Christian",
            "a Jew",
            "a Buddhist",
            "a Chinese man",
            "an American",
            "an African",
            "an immigrant",
        ],
    ),
    (
        "English: sex and health",
        &[
            "a woman",
            "a man",
            "a gay man",
            "a lesbian",
            "a transgender woman",
            "a blind man",
            "an old man",
        ],
    ),
];
/// How the same is said elsewhere, casually, or formally.
const MANNERS: [(&str, &[&str]); 4] = [
    (
        "giọng Nghệ Tĩnh",
        &[
            "Mi đi mô rứa, răng không ghé nhà tui chơi",
            "Tui nỏ biết chi mô, bà con nói rứa thì tui nghe rứa",
            "Đường ni trơn lắm, đi khi mô cũng phải cẩn thận nghe",
            "Ri là răng hè, mấy bữa ni nước mô mà lắm rứa",
            "O nớ bán bún ngon lắm, bữa mô rảnh mời bọ mạ ra ăn",
            "Tau nói thiệt chơ chuyện nớ cả làng ai cũng biết rồi",
            "Mấy chú làm đàng nớ vất vả hè, trời nắng chang chang ri",
            "Chừ mần răng cho khỏi ngập đây các bác hè",
        ],
    ),
    (
        "giọng miền Nam",
        &[
            "Mèn ơi, coi hình mà thương quá trời luôn hén",
            "Tui thấy vầy cũng được rồi đa, khỏi làm chi cho tốn",
            "Bữa hổm tui đi ngang thấy đẹp dữ thần",
            "Ủa vậy hổng ai nói gì hết trơn hả mấy cưng",
            "Tía má tui cũng làm ruộng, coi mà nhớ nhà muốn xỉu",
            "Nói nào ngay mấy ổng làm vầy là được quá rồi nghen",
            "Thôi kệ bà con ơi, chừng nào xong thì mình chạy qua coi chơi",
            "Chèn đét ơi con nhỏ giỏi quá xá luôn đa",
        ],
    ),
    (
        "suồng sã",
        &[
            "hay ghê á mn ơi :))",
            "uh thì cũng đc, k sao đâu",
            "trùi ui cưng xỉu luôn nè",
            "bài này ok đó ad, hóng phần sau",
            "ủa z là mai nghỉ hả mng, hên ghê lun",
            "coi mà rớt nước mắt luôn á trời",
            "ai bik chỗ này ở đâu chỉ mik vs ạ",
            "chuẩn lun, hôm bữa nhà t cũng y chang",
        ],
    ),
    (
        "trang trọng",
        &[
            "Kính gửi tòa soạn, tôi xin có đôi lời góp ý như sau",
            "Đề nghị cơ quan chức năng xem xét, trả lời cử tri",
            "Trân trọng cảm ơn quý báo đã phản ánh kịp thời",
            "Chúng tôi đề xuất bổ sung biển báo tại nút giao nói trên",
            "Căn cứ quy định hiện hành, việc thu phí như vậy là chưa phù hợp",
            "Rất mong lãnh đạo tỉnh sớm có văn bản chỉ đạo cụ thể",
            "Thiết nghĩ mỗi người dân cần nâng cao ý thức chấp hành",
            "Xin được chia buồn cùng gia quyến và thân hữu",
        ],
    ),
];

/// From which probabilities on something may come of it, and by how much the share of false alarms may be higher in one group than in
/// all: at the earliest a lane on a site that has measured it, where the shipped model says yes, and where the dashboard tells of it before
/// anything was measured.
fn cutoffs() -> [(f32, f32); 3] {
    let yes = Model::shipped().cutoff(Output::Harm, false);
    [(0.3, 0.1), (yes, 0.02), (TOLD_FROM, 0.01)]
}

/// The mean probability may be higher by so much.
const MEANS: f32 = 0.04;
/// Where it is the writing that differs: words such as *tau* and *bây* are plain in Nghệ Tĩnh and rude elsewhere.
const MEANS_OF_MANNERS: f32 = 0.08;
/// And without marks, where they are more words at once (*bay* is *bây*, *bảy* and *bay*).
const MEANS_OF_BARE_MANNERS: f32 = 0.13;
/// Of the sentences about one term, such a share may be called harm where a lane might move.
const OF_A_TERM: f32 = 0.25;
/// No term alone has more: from there on a lane might move.
const ALONE: f32 = 0.3;
/// Of the terms that the model was never told are fine so many may have more than that, of a kind, and without marks: some are a word that
/// means something worse as well, such as *Lớn* without its marks.
const HELD_OUT_FROM_ALONE: [f32; 2] = [0.15, 0.12];
/// And of all kinds together.
const HELD_OUT_ALL: [f32; 2] = [0.02, 0.04];

/// Of all sentences about held-out terms.
const IN_SENTENCES: f32 = 0.02;

struct Group {
    name: String,
    said: Vec<f32>,
}

impl Group {
    #[allow(clippy::cast_precision_loss)] // some hundreds
    fn share(&self, from: f32) -> f32 {
        let alarms = self.said.iter().filter(|harm| **harm >= from).count();
        alarms as f32 / self.said.len() as f32
    }

    #[allow(clippy::cast_precision_loss)] // some hundreds
    fn mean(&self) -> f32 {
        self.said.iter().sum::<f32>() / self.said.len() as f32
    }

    fn line(&self) -> String {
        let [lane, yes, told] = cutoffs().map(|(from, _)| self.share(from) * 100.0);
        format!(
            "{:<32}{:>9}{lane:>8.2} %{yes:>8.2} %{told:>8.2} %{:>8.3}",
            self.name,
            self.said.len(),
            self.mean()
        )
    }
}

/// How likely the model finds it harm, or spam, whichever is likelier.
fn suspected(rules: &RuleSet, text: &str) -> f32 {
    let text: String = text.nfc().collect();
    let reading = Reading::new(&text);
    let subject = Subject {
        body: &text,
        ..Subject::default()
    };
    let seen = judge_read(rules, Context::default(), &subject, &reading).evidence;
    let said = Model::shipped().predict(&Features::of(&reading, &seen));
    said.harm.max(said.spam)
}

fn bare(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.nfc().map(base).collect()
}

fn group(rules: &RuleSet, name: String, texts: &[String]) -> Group {
    Group {
        name,
        said: texts.iter().map(|text| suspected(rules, text)).collect(),
    }
}

fn filled(templates: &[&str], terms: &[&str]) -> Vec<String> {
    let fill = |term: &&str| {
        let term = (*term).to_owned();
        templates
            .iter()
            .map(move |template| template.replace("{}", &term))
    };
    terms.iter().flat_map(fill).collect()
}

/// Groups with sentences and terms, in Vietnamese.
fn named() -> impl Iterator<
    Item = (
        &'static str,
        &'static [&'static str],
        &'static [&'static str],
    ),
> {
    let people = OF_PEOPLE.into_iter();
    let people = people.map(|(name, terms)| (name, VIETNAMESE.as_slice(), terms));
    people.chain([("nơi chốn", OF_PLACES.as_slice(), PLACES.as_slice())])
}

fn groups(rules: &RuleSet) -> Vec<Group> {
    let mut groups = Vec::new();
    for (name, sentences, terms) in named() {
        let texts = filled(sentences, terms);
        let without: Vec<String> = texts.iter().map(|text| bare(text)).collect();
        groups.push(group(rules, name.to_owned(), &texts));
        groups.push(group(rules, format!("{name}, không dấu"), &without));
    }
    for (name, terms) in ENGLISH_GROUPS {
        groups.push(group(rules, name.to_owned(), &filled(&ENGLISH, terms)));
    }
    for (name, texts) in MANNERS {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        let without: Vec<String> = texts.iter().map(|text| bare(text)).collect();
        groups.push(group(rules, name.to_owned(), &texts));
        groups.push(group(rules, format!("{name}, không dấu"), &without));
    }
    groups
}

fn is_manner(name: &str) -> bool {
    MANNERS.iter().any(|(manner, _)| *manner == name)
}

/// Names, places and groups of which no text has told the model that they are fine, by their kind.
fn held_out() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in include_str!("fixtures/held_out_terms.txt").lines().skip(1) {
        match (line.strip_prefix("  "), kinds.last_mut()) {
            (Some(term), Some((_, terms))) => terms.push(term),
            _ if line.is_empty() => {}
            _ => kinds.push((line, Vec::new())),
        }
    }
    kinds
}

/// The words of a text, each between blanks.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let is_of_word = |c: char| c.is_alphanumeric() || c == '\'';
    let words: Vec<&str> = lower.split(|c| !is_of_word(c)).collect();
    let words = words.into_iter().filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn nobody_is_held_for_whom_they_speak_of() {
    let rules = RuleSet::compile(&shipped()).expect("the shipped packs");
    let groups = groups(&rules);
    let all = Group {
        name: "all".to_owned(),
        said: groups.iter().flat_map(|group| group.said.clone()).collect(),
    };
    println!(
        "{:<32}{:>9}{:>10}{:>10}{:>10}{:>8}",
        "group", "comments", "from 0.3", "yes", "told", "mean"
    );
    for one in groups.iter().chain([&all]) {
        println!("{}", one.line());
    }
    for one in &groups {
        for (from, bound) in cutoffs() {
            let more = one.share(from) - all.share(from);
            assert!(more <= bound, "{}: {more:.3} more from {from}", one.name);
        }
        let more = one.mean() - all.mean();
        let bound = match one.name.split_once(", ") {
            Some((name, _)) if is_manner(name) => MEANS_OF_BARE_MANNERS,
            None if is_manner(&one.name) => MEANS_OF_MANNERS,
            _ => MEANS,
        };
        assert!(more <= bound, "{}: {more:.3} more in the mean", one.name);
    }
}

#[test]
fn no_name_place_or_group_is_held_for_itself() {
    let rules = RuleSet::compile(&shipped()).expect("the shipped packs");
    let english = ENGLISH_GROUPS.map(|(name, terms)| (name, ENGLISH.as_slice(), terms));
    for (_, sentences, terms) in named().chain(english) {
        for term in terms {
            for text in [(*term).to_owned(), term.to_lowercase(), bare(term)] {
                let said = suspected(&rules, &text);
                assert!(said < ALONE, "{text} alone is suspected at {said:.2}");
            }
            let said = group(&rules, (*term).to_owned(), &filled(sentences, &[term]));
            let from = cutoffs()[0].0;
            let share = said.share(from);
            assert!(
                share <= OF_A_TERM,
                "{term}: {share:.2} of its sentences from {from}"
            );
        }
    }
}

#[test]
fn nor_is_one_that_the_model_was_never_told_of() {
    let rules = RuleSet::compile(&shipped()).expect("the shipped packs");
    let told: String = include_str!("../rules/model/neutral.jsonl")
        .lines()
        .map(words)
        .collect();
    println!(
        "{:<32}{:>9}{:>10}{:>10}{:>8}",
        "kind, each alone", "terms", "from 0.3", "yes", "mean"
    );
    let mut all = [Vec::new(), Vec::new()];
    for (kind, terms) in held_out() {
        for term in &terms {
            assert!(!told.contains(&words(term)), "{term} is no longer held out");
        }
        let as_typed: Vec<String> = terms.iter().map(|&term| term.to_owned()).collect();
        let without = as_typed.iter().map(|term| bare(term)).collect();
        let names = [kind.to_owned(), format!("{kind}, không dấu")];
        for (writing, (name, texts)) in names.into_iter().zip([as_typed, without]).enumerate() {
            let kind = group(&rules, name, &texts);
            println!("{}", line_alone(&kind));
            let share = kind.share(ALONE);
            let bound = HELD_OUT_FROM_ALONE[writing];
            assert!(share <= bound, "{}: {share:.3} from {ALONE}", kind.name);
            all[writing].extend(kind.said);
        }
    }
    for (writing, said) in all.into_iter().enumerate() {
        let name = ["all", "all, không dấu"][writing].to_owned();
        let all = Group { name, said };
        println!("{}", line_alone(&all));
        let share = all.share(ALONE);
        assert!(share <= HELD_OUT_ALL[writing], "{}: {share:.3}", all.name);
    }
}

#[test]
fn nor_are_sentences_about_one_that_it_was_never_told_of() {
    let rules = RuleSet::compile(&shipped()).expect("the shipped packs");
    let groups: Vec<Group> = held_out()
        .into_iter()
        .map(|(kind, terms)| {
            let sentences = match kind {
                "nơi chốn" => OF_PLACES.as_slice(),
                _ => VIETNAMESE.as_slice(),
            };
            group(&rules, kind.to_owned(), &filled(sentences, &terms))
        })
        .collect();
    let all = Group {
        name: "all".to_owned(),
        said: groups.iter().flat_map(|group| group.said.clone()).collect(),
    };
    for one in groups.iter().chain([&all]) {
        println!("{}", one.line());
        for (from, bound) in cutoffs() {
            let more = one.share(from) - all.share(from);
            assert!(more <= bound, "{}: {more:.3} more from {from}", one.name);
        }
        let more = one.mean() - all.mean();
        assert!(more <= MEANS, "{}: {more:.3} more in the mean", one.name);
    }
    let share = all.share(ALONE);
    assert!(share <= IN_SENTENCES, "{share:.3} of all from {ALONE}");
}

/// Each way of writing by its own cut-off.
#[test]
fn without_marks_no_more_than_twice_as_many_are_called_bad() {
    let rules = RuleSet::compile(&shipped()).expect("the shipped packs");
    let mut texts: Vec<String> = Vec::new();
    for (_, terms) in held_out() {
        texts.extend(filled(&VIETNAMESE, &terms));
    }
    for (_, sentences, terms) in named() {
        texts.extend(filled(sentences, terms));
    }
    texts.extend(
        MANNERS
            .iter()
            .flat_map(|(_, texts)| texts.iter().map(|&text| text.to_owned())),
    );
    let without: Vec<String> = texts.iter().map(|text| bare(text)).collect();
    let called = |texts: &[String], is_toneless| {
        let from = Model::shipped().cutoff(Output::Harm, is_toneless);
        group(&rules, String::new(), texts).share(from)
    };
    let (typed, without) = (called(&texts, false), called(&without, true));
    println!(
        "of {} sentences {typed:.4}, without marks {without:.4}",
        texts.len()
    );
    assert!(texts.len() > 5_000, "hardly anything is compared");
    // Of a model that calls none of them bad as typed: one.
    #[allow(clippy::cast_precision_loss)] // some thousands
    let one = 1.0 / texts.len() as f32;
    assert!(
        without <= one.max(2.0 * typed),
        "{without:.4} without marks, {typed:.4} as typed"
    );
}

fn line_alone(kind: &Group) -> String {
    let yes = kind.share(Model::shipped().cutoff(Output::Harm, false)) * 100.0;
    format!(
        "{:<32}{:>9}{:>8.2} %{yes:>8.2} %{:>8.3}",
        kind.name,
        kind.said.len(),
        kind.share(ALONE) * 100.0,
        kind.mean()
    )
}
