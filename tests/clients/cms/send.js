// Sends one message to Duyệt by a sender as it is published: `node send.js SENDER URL SECRET`, the message as JSON on standard input. Prints
// what was answered as `{"status": …, "body": …}`.
"use strict";

const { createRequire } = require("node:module");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const [sender, url, secret] = process.argv.slice(2);
const message = JSON.parse(fs.readFileSync(0, "utf8"));

/** What a sender's own file has beside it is not here: it writes to a log, and that is all. */
const STAND_INS = {
  "@tryghost/debug": () => () => {},
  "@tryghost/logging": { info() {}, warn: console.error, error: console.error },
  "@tryghost/version": { safe: "5.130" },
};
const load = Module._load;
Module._load = (name, ...rest) => STAND_INS[name] ?? load(name, ...rest);

/** A file of a sender's package, which finds its libraries among ours. */
function taken(folder, file) {
  const whole = path.join(__dirname, "senders", folder, file);
  return createRequire(__filename)(whole);
}

async function post(headers, body) {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
  return { status: answer.status, body: await answer.text() };
}

const SENDERS = {
  async standardwebhooks() {
    const { Webhook } = require("standardwebhooks");
    const [id, at, body] = [`msg_npm_${Date.now()}`, new Date(), JSON.stringify(message)];
    return post({
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    }, body);
  },

  /** Ghost's own class, with its own way to send. `message` is what it would have put together of a post. */
  async ghost() {
    const Trigger = taken("ghost-5.130.6", "core/server/services/webhooks/WebhookTrigger.js");
    const hook = { id: "1", get: (name) => ({ event: "post.published", target_url: url, secret })[name] };
    let told;
    const models = {
      Webhook: {
        findAllByEvent: async () => ({ models: [hook] }),
        edit: async (seen) => { told = { status: seen.last_triggered_status ?? 0, body: seen.last_triggered_error ?? "" }; },
        destroy: async () => { told = { status: 410, body: "destroyed" }; },
      },
    };
    const trigger = new Trigger({ models, payload: async () => message, limitService: { isLimited: () => false } });
    await trigger.trigger("post.published", {});
    return told;
  },

  /** Strapi's own class, which sends with the platform's `fetch`. `message` is `{event, model, entry …}`. */
  async strapi() {
    const create = taken("_strapi_core-5.54.0", "dist/services/webhook-runner.js");
    const runner = create({ eventHub: { on() {}, off() {} }, logger: console, fetch });
    const { event, ...info } = message;
    const answer = await runner.run({ url, headers: { "X-Duyet-Secret": secret } }, event, info);
    return { status: answer.statusCode, body: answer.message ?? "" };
  },

  async contentful() {
    const { signRequest } = require("@contentful/node-apps-toolkit");
    const body = JSON.stringify(message);
    const type = "application/vnd.contentful.management.v1+json";
    const headers = { "content-type": type, "x-contentful-topic": "ContentManagement.Entry.publish" };
    const signed = signRequest(secret, { method: "POST", path: new URL(url).pathname, headers, body }, Date.now());
    return post({ ...headers, ...signed }, body);
  },

  async sanity() {
    const { encodeSignatureHeader, SIGNATURE_HEADER_NAME } = require("@sanity/webhook");
    const body = JSON.stringify(message);
    const signature = await encodeSignatureHeader(body, Date.now(), secret);
    return post({ [SIGNATURE_HEADER_NAME]: signature, "sanity-operation": "update" }, body);
  },
};

SENDERS[sender]().then((told) => console.log(JSON.stringify(told)));
