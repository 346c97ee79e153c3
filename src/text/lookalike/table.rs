//! Single characters that are drawn like one letter of the basic Latin alphabet: the pairs of Unicode's `confusables.txt`
//! (UTS #39) as the crate `unicode-security` carries them, marks left aside, and small capitals for what only looks like
//! those. A test makes the tables anew and compares.
//!
//! Left out are digits, Vietnamese letters, what NFKD takes apart anyway, and signs that part or multiply (`│`, `×`). Where a
//! capital is drawn as a plain bar it is the `i`; a small letter is the `l`.

/// Latin letters beyond the basic alphabet: phonetic ones, stroked and hooked ones.
pub(super) const LATIN: &[(char, &str)] = &[
    ('a', "ɑꭤ"),
    ('b', "ƀƂƃƄɓꞴ"),
    ('c', "ȼ"),
    ('d', "Ƌƌɗ"),
    ('e', "Ɇɇꬲ"),
    ('f', "ƑƒʄᵮẝꞘꞙꬵ"),
    ('g', "ƍǤǥɠɡᶃ"),
    ('h', "ĦħɦⱧ"),
    ('i', "ƖƗɨɩᵻᵼꞮ"),
    ('j', "ȷɈɉɟꞲ"),
    ('k', "ƙⱩꝀ"),
    ('l', "Łłƚǀɫɭꞁꟾ"),
    ('m', "ɱᵯꭑ"),
    ('n', "ŋƝƞɲɳᵰ"),
    ('o', "ØøƟɵᴑꝊꝋꬽꬾ"),
    ('p', "þƥƿᵽ"),
    ('q', "ʠ"),
    ('r', "ƦɌɍɼɽᵲꭇꭈ"),
    ('s', "ƽʂᵴꟅ"),
    ('t', "ŦŧƫƭƮȾᵵ"),
    ('u', "Ʉʋᵾꞟꭎꭒ"),
    ('w', "ɯꝡꟺ"),
    ('x', "Ꭓ"),
    ('y', "ƴɎɏɣᶌỿꭚ"),
    ('z', "ƵƶȤȥʐᵶⱫⱬ"),
];

/// Letters of other scripts, and signs.
pub(super) const STRANGERS: &[(char, &str)] = &[
    ('a', "ΑαАаᎪᗅ⍶⍺ꓮꭺ𐊠𖽀"),
    ('b', "ΒБВЬвѢѣҌҍ\u{7d5}ᏏᏴᏼᑲᑳᖯᗷⲂⲃꓐꕗ𐊂𐊡𐌁𐌜𝈇"),
    ('c', "СсҪҫငၚᏟᲃⲤⲥꓚꮯ𐊢𐌂𐐕𐐽𐔛𝄴🅮🝌"),
    ('d', "ԁᎠᏧᑯᗞᗪꓒꓓꭰ"),
    ('e', "ΕЕеҽҿᎬ℮⋿ⴹꓰꗋꭼ𐊆𑢦𑢮"),
    ('f', "Ϝք\u{7d3}ᖴꓝ𐅾𐊇𐊥𐔥𑢢𑣂𝈓"),
    ('g', "ԌԍցᏀᏳᏻꓖꮐ"),
    ('h', "ΗНнћҢңҺһӇӈӉӊհႹᎻᏂᏲᕼⲎⲏꓧꚕꮋ𐋏"),
    ('i', "ΙιІіӀւᎥ⍳⍸Ⲓⲓꓲꙇꭵ\u{10ca5}𑣃"),
    ('j', "ͿϳЈјյᎫᒍꓙꭻ"),
    ('k', "ΚКҚҞᏦᛕⲔꓗ𐔘"),
    (
        'l',
        "Ⳑꓡ𐐛𑢣𑢲ӏ\u{5d5}\u{5df}\u{627}\u{7ca}Ꮮᒪᛁᛅᛐⳑⵊⵏꕯꮮ𐊊𐌉𐑃𐔎𐔦\u{10926}\u{10c3e}𖫤𖵣𖼖𖼨",
    ),
    ('m', "ΜϺМӍՠᎷᗰᛖⲘꓟ𐊰𐌑\u{10c21}𑜀"),
    ('n', "ΝηղոռⲚⲛꓠ𐆎𐔓𑪾"),
    (
        'o',
        "ΘΟθοσϭОоѲѳӨөՕօ\u{5e1}\u{629}\u{647}\u{6be}\u{6c1}\u{6c3}\u{6d5}\u{6ff}\u{7cb}\u{840}ଠഠဝჿᄋᆼዐፀᎤᎾᏫᩅᲂᲿ∅⊖⊝⌀⍥⍬ⲐⲑⲞⲟⴱⵁⵔ〇ꓳꚢꭴꮎꮻ𐊒𐊫𐌏𐐄𐐬𐓂𐓪𐔖𐔞\u{1092c}\u{10c17}\u{10d07}𑄤𑢵𑣈𑣗𖦛𖫩𝈚🜔",
    ),
    ('p', "ΡρϸРрᏢᑭᴩ⍴ⲢⲣⳎⳏꓑꮲ𐊕"),
    ('q', "Ԛԛգզⵕ"),
    ('r', "гғᎡᏒᖇᴦⲅꓣꭱꮁꮢ𐒴𖨙𖼵𝈖"),
    ('s', "ЅѕՏടႽჽᏕᏚᲽꓢꕶꮪ𐊖𐐠𐑈𑣁𖫖𖼺"),
    ('t', "ΤτТтҬҭ\u{7e0}ᎢᎿ⊤⍡⟙Ⲧⲧㄒ丅ꓔꔋꚌꚍꭲ𐊗𐊱𐌕𑢼𖼊🝨"),
    ('u', "υџՍսሀᏌᑌ∪⋃ꓴꮜ𐓎𐓶𑢸𑣘𖽂"),
    ('v', "νѴѵ\u{5d8}Ꮩᐯ∨⋁ⴸꓦꛟꮩ𐆗𐔝\u{10c1f}𑜆𑢠𑣀𖼈𝈍🜈"),
    ('w', "шѡѽԜԝաᎳᏔ⧢ⲽꓪꮃꮤ𑓅𑜊𑜎𑜏𝈌"),
    ('x', "ΧХхҲᕁᕽᚷᝣᳵⲬⵝꓫ𐊐𐊴𐌗𐔧\u{10c13}\u{10c82}\u{10cc2}"),
    ('y', "ΥγУуҮүҰұ\u{7cc}ყᎩᎽⲨⲩㄚ丫ꓬꚲ𐊲\u{10c20}𑢤𑣄𑣜𖽃"),
    ('z', "ΖჍᏃⲌⲍⴭꓜꛉꮓ𐔇𑢩𑪼"),
];
