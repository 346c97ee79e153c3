// Public clients from npm, as they are: node check.js CLIENT http://ADDRESS KEY. What each was told, as JSON on standard output.

import dns from "node:dns";

// They ask KEY.localhost, which Debian's resolver does not know.
const lookup = dns.lookup;
dns.lookup = (host, ...rest) => lookup(host.endsWith(".localhost") ? "127.0.0.1" : host, ...rest);

const [client, base, key] = process.argv.slice(2);
const { port } = new URL(base);
const blog = "https://bao.example";
const permalink = "https://bao.example/xa-hoi/cau-moi.html";
const held = `Cầu mới rất đẹp, ${client}`;
const trash = `Mua ngay kẻo lỡ, ${client}`;

async function cedx() {
  const { Author, Blog, CheckResult, Client, Comment } = await import("@cedx/akismet");
  const name = (result) => Object.keys(CheckResult).find((is) => CheckResult[is] === result);
  const here = (of) => new Client(of, new Blog({ url: blog, charset: "UTF-8", languages: ["vi"] }), { baseUrl: base });
  const comment = (content) => new Comment({
    author: new Author({ ipAddress: "203.0.113.7", name: "Trần Thị Bưởi", email: "ban.doc@thu.example", userAgent: "Mozilla/5.0" }),
    content, context: ["cầu", "đường"], permalink, type: "comment", date: new Date("2026-11-30T05:00:00Z"),
  });
  const own = here(key);
  return {
    verified: [await own.verifyKey(), await here("abcdefabcdef").verifyKey()],
    checked: [name(await own.checkComment(comment(held))), name(await own.checkComment(comment(trash)))],
    reported: [await own.submitSpam(comment(held)), await own.submitHam(comment(trash))].map((told) => told === undefined),
    again: [name(await own.checkComment(comment(held))), name(await own.checkComment(comment(trash)))],
  };
}

async function oldest() {
  const { AkismetClient } = (await import("akismet")).default;
  const here = (apiKey) => new AkismetClient({ blog, apiKey, host: "localhost", port: Number(port) });
  const call = (method, ...given) => new Promise((resolve, reject) => {
    method(...given, (error, told) => error ? reject(error) : resolve(told));
  });
  const comment = (content) => ({
    user_ip: "203.0.113.7", permalink, comment_author: "Trần Thị Bưởi", comment_author_email: "ban.doc@thu.example", comment_content: content,
  });
  const own = here(key);
  const check = (content) => call(own.checkComment.bind(own), comment(content));
  return {
    verified: [await call(own.verifyKey.bind(own)), await call((done) => here("abcdefabcdef").verifyKey(done))],
    checked: [await check(held), await check(trash)],
    reported: [await call(own.submitSpam.bind(own), comment(held)), await call(own.submitHam.bind(own), comment(trash))].map((told) => told === undefined),
    again: [await check(held), await check(trash)],
  };
}

async function api() {
  const { AkismetClient } = (await import("akismet-api")).default;
  const here = (of) => new AkismetClient({ key: of, blog, host: `localhost:${port}`, protocol: "http" });
  const comment = (content) => ({
    ip: "203.0.113.7", useragent: "Mozilla/5.0", permalink, name: "Trần Thị Bưởi", email: "ban.doc@thu.example", content, honeypot: "",
  });
  const own = here(key);
  const check = (content) => own.checkSpam(comment(content));
  return {
    verified: [await own.verifyKey(), await here("abcdefabcdef").verifyKey()],
    checked: [await check(held), await check(trash)],
    reported: [await own.submitSpam(comment(held)), await own.submitHam(comment(trash))].map((told) => told.text.startsWith("Thanks")),
    again: [await check(held), await check(trash)],
  };
}

const told = await { cedx, akismet: oldest, "akismet-api": api }[client]();
console.log(JSON.stringify(told));
