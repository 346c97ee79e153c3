// A page of a newspaper's with the widget on it, a reader there, and what moderators do meanwhile.

import { test as base, expect } from '@playwright/test';
import { watch } from './desk.js';
import { Newspaper } from './newspaper.js';
import { Service } from './service.js';

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export let service;
export let paper;
let token;
let number = 0;

export const test = base.extend({
  /** A service and a newspaper, for all tests of one worker. */
  world: [async ({}, use) => {
    service = await Service.start();
    paper = await Newspaper.start();
    service.run('site', 'add', 'song', '--name', 'Báo Sông Lam', '--origin', paper.origin);
    const printed = service.run('token', 'add', service.member('Quan', 'admin')).split(/\s+/);
    token = printed.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
    await use();
    paper.stop();
    await service.stop();
  }, { scope: 'worker', auto: true }],

  /** Opens a page in a browser of its own, and looks that it never does what no page of a newspaper's may have done to it. */
  open: async ({ browser }, use) => {
    const contexts = [];
    await use(async (url, { policy = /^$/, ...options } = {}) => {
      const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', viewport: { width: 1000, height: 900 }, ...options });
      const page = await context.newPage();
      const trouble = watch(page);
      const asked = [];
      page.on('request', (request) => { if (/^http/.test(request.url())) asked.push(request); });
      contexts.push({ context, trouble, asked, policy });
      await page.goto(url);
      return Object.assign(page, { asked, list: page.locator('duyet-comments #list'), form: page.locator('duyet-comments section form').first() });
    });
    for (const { context, trouble, asked, policy } of contexts) {
      expect(await context.cookies(), 'cookies').toEqual([]);
      await context.close();
      expect(trouble.filter((text) => !policy.test(text)), 'errors, refused scripts and dialogs').toEqual([]);
      const hosts = new Set(asked.map((request) => new URL(request.url()).origin));
      for (const host of hosts) expect([service.base, paper.origin]).toContain(host);
    }
  },
});

/** A page of an article that nobody has written about. */
export const publish = (options) => paper.publish(`/bai-${number += 1}.html`, service.base, { site: 'song', ...options });

export const api = (path, options = {}) => fetch(`${service.base}/api/v1${path}`, {
  ...options, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...options.headers },
});

/** What is stored under an article, of any status. */
export async function stored(article) {
  const all = [];
  for (const status of ['pending', 'approved', 'rejected', 'withdrawn']) {
    const answer = await (await api(`/moderation/comments?site=song&status=${status}&article=${encodeURIComponent(article)}`)).json();
    all.push(...answer.comments.map((comment) => ({ ...comment, status })));
  }
  return all;
}

export async function decide(id, action, reason) {
  const { comment } = await (await api(`/moderation/comments/${id}`)).json().then((card) => ({ comment: card.comment || card }));
  const answer = await api('/moderation/decisions', { method: 'POST', body: JSON.stringify({ action, comments: [{ id, revision: comment.revision }], reason }) });
  expect(answer.status).toBe(200);
}

/** Comments of readers that are public, by their bodies; one may answer an earlier one. */
export async function published(article, comments) {
  const ids = [];
  for (const { parent, as, ...comment } of comments) {
    const answer = await fetch(`${service.base}/api/v1/sites/song/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(as && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ name: 'Trần Thị Bình', email: `binh-${ids.length}@thu.example`, article: { url: article }, parent: ids[parent], ...comment }),
    });
    if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
    const { id, status } = await answer.json();
    if (status === 'pending') await decide(id, 'approve');
    ids.push(id);
  }
  return ids;
}

export async function write(page, { body = 'Mong cầu sớm thông xe để bà con đi lại.', name = 'Nguyễn Văn An', email = 'an@thu.example' } = {}) {
  await page.form.getByLabel(/^(Ý kiến của bạn|Your comment)/).fill(body);
  await page.form.getByLabel(/^(Họ tên|Name)$/).fill(name);
  await page.form.getByLabel('Email', { exact: true }).fill(email);
}

export const send = (page) => page.form.getByRole('button', { name: /^(Gửi ý kiến|Send comment)$/ });
export const own = (page) => page.locator('duyet-comments .mine');
export const posts = (page) => page.asked.filter((request) => request.method() === 'POST');

/** Of what is sent from now on the first arrives, and nobody gets an answer. */
export const loseAnswers = (page, where) => page.route(where, async (route) => {
  const isSent = route.request().method() === 'POST';
  if (isSent && posts(page).length === 1) await route.fetch();
  return isSent ? route.abort() : route.continue();
});
