// What a reader who walked through the widget found wrong, and finds right.

import { createHmac, randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { decide, own, paper, posts, publish, published, send, service, stored, test, write } from './on_a_page.js';

test.describe.configure({ mode: 'default' });

const API = '**/api/v1/**';
const COMMENTS = '**/api/v1/sites/*/comments';
const ANSWER = /^Trả lời/;
const text = (page) => page.form.getByLabel('Ý kiến của bạn');
const status = (page) => page.form.getByRole('status');
const alert = (page) => page.form.getByRole('alert');
const lookAgain = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
const waiting = async (url) => (await stored(url)).filter((one) => one.status === 'pending');

/** What people may see of one's own comments once the slip in the address is mended. */
const mended = (url) => expect.poll(async () => (await stored(url)).map(({ email, status: where }) => `${where} ${email}`).sort());

test('a slip is mended without touching what is typed by then', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page, { email: 'lan@gmial.com' });
  await send(page).click();
  const mend = status(page).getByRole('button', { name: /lan@gmail\.com/ });
  await expect(mend).toBeVisible();
  await text(page).fill('Một ý kiến khác, đang viết dở');
  await mend.click();
  await mended(url).toEqual(['pending lan@gmail.com', 'withdrawn lan@gmial.com']);
  await expect(own(page)).toHaveCount(1);
  await expect(own(page)).toContainText('thông xe');
  await expect(status(page)).toContainText('Cảm ơn bạn');
  await expect(text(page)).toHaveValue('Một ý kiến khác, đang viết dở');
  await page.reload();
  await expect(text(page)).toHaveValue('Một ý kiến khác, đang viết dở');
  await expect(own(page)).toContainText('thông xe');
});

test('an answer whose address is mended answers the same comment', async ({ open }) => {
  const url = publish();
  const [id] = await published(url, [{ body: 'Ý kiến đầu' }]);
  const page = await open(url);
  await page.list.getByRole('button', { name: ANSWER }).click();
  await write(page, { email: 'lan@gmial.com' });
  await send(page).click();
  await status(page).getByRole('button', { name: /lan@gmail\.com/ }).click();
  await expect.poll(async () => (await waiting(url)).map(({ email, parent }) => [email, parent])).toEqual([['lan@gmail.com', id]]);
  await expect(own(page)).toContainText('trả lời Trần Thị Bình');
});

test('a slip that cannot be mended now says so, and the comment stands', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page, { email: 'lan@gmial.com' });
  await send(page).click();
  const mend = status(page).getByRole('button', { name: /lan@gmail\.com/ });
  await expect(mend).toBeVisible();
  await page.route(API, (route) => route.abort());
  await mend.click();
  await expect(alert(page)).toContainText('Xin thử lại');
  await expect(own(page)).toContainText('thông xe');
  await page.unroute(API);
  // Taken back, and then refused: both texts are there to be sent.
  await text(page).fill('Một ý kiến khác');
  await page.route(COMMENTS, (route) => (route.request().method() === 'POST'
    ? route.fulfill({ status: 429, headers: { 'access-control-allow-origin': paper.origin }, contentType: 'application/problem+json', body: '{"title":"Quá nhiều"}' })
    : route.continue()));
  await mend.click();
  await expect(alert(page)).toContainText('Quá nhiều');
  await expect(text(page)).toHaveValue(/thông xe[^]*Một ý kiến khác/);
  await page.reload();
  await expect(text(page)).toHaveValue(/thông xe[^]*Một ý kiến khác/);
  expect((await stored(url)).map(({ status: where }) => where)).toEqual(['withdrawn']);
});

test('what is missing is announced also where the reader stands already', async ({ open }) => {
  const page = await open(publish());
  await write(page, { name: '' });
  const name = page.form.getByLabel('Họ tên', { exact: true });
  await name.focus();
  await name.press('Enter');
  await expect(name).toBeFocused();
  await expect(alert(page)).toContainText('Bạn chưa điền ô này');
  await name.fill('Lan');
  await expect(alert(page)).toBeEmpty();
});

test('what is one’s own moves with the article', async ({ open }) => {
  const from = publish();
  const to = publish();
  const told = async (event, url) => {
    const [id, at] = [randomUUID(), String(Math.floor(Date.now() / 1000))];
    const body = JSON.stringify({ type: event, timestamp: new Date().toISOString(), data: { external_id: 'doi-cho', url, title: 'Cầu mới qua sông' } });
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signature = `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
    const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature };
    const answer = await fetch(`${service.base}/api/v1/sites/song/cms`, { method: 'POST', headers, body });
    expect(answer.status, await answer.text()).toBe(200);
  };
  const secret = /whsec_\S+/.exec(service.run('site', 'secret', 'song'))[0];
  const page = await open(from);
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  await told('article.published', from);
  await page.reload();
  await text(page).fill('Đang viết dở');
  await told('article.updated', to);
  await page.goto(to);
  await expect(own(page)).toContainText('Đang chờ duyệt');
  await expect(text(page)).toHaveValue('Đang viết dở');
  const [{ id }] = await waiting(to);
  await decide(id, 'approve');
  await lookAgain(page);
  await expect(page.list.locator(`#duyet-${id}`)).toContainText('thông xe');
});

test('who reads on is not thrown back when their own comment is published', async ({ open }) => {
  const url = publish({ body: '<duyet-comments limit="4"></duyet-comments>' });
  const ids = await published(url, Array.from({ length: 9 }, (_, place) => ({ body: `Ý kiến thứ ${place + 1} về cây cầu mới qua sông.` })));
  const page = await open(url);
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  for (const many of [8, 9]) {
    await page.getByRole('button', { name: 'Xem thêm' }).click();
    await expect(page.list.locator('article')).toHaveCount(many);
  }
  await page.evaluate(() => document.querySelector('duyet-comments').shadowRoot.activeElement?.blur());
  const read = page.list.locator(`#duyet-${ids[2]}`);
  await read.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const { y } = await read.boundingBox();
  const [{ id }] = await waiting(url);
  await decide(id, 'approve');
  await lookAgain(page);
  await expect(page.list.locator('article')).toHaveCount(10);
  await expect(page.list.locator('article').first()).toHaveId(`duyet-${id}`);
  await expect(page.locator('duyet-comments h2')).toHaveText('Ý kiến bạn đọc (10)');
  await expect.poll(async () => Math.abs((await read.boundingBox()).y - y)).toBeLessThan(10);
  // What is taken down again leaves the list.
  await decide(id, 'requeue');
  await lookAgain(page);
  await expect(page.list.locator(`#duyet-${id}`)).toHaveCount(0);
  await expect(own(page)).toContainText('Đang chờ duyệt');
});

test('all comments are shown without losing the place of the keyboard', async ({ open }) => {
  const url = publish({ body: '<duyet-comments limit="1"></duyet-comments>' });
  const [first] = await published(url, ['một', 'hai', 'ba'].map((word) => ({ body: `Ý kiến thứ ${word} về cây cầu.` })));
  const page = await open(`${url}#duyet-${first}`);
  await page.getByRole('button', { name: 'Xem tất cả ý kiến' }).click();
  await expect(page.locator('duyet-comments h2')).toBeFocused();
  await expect(page).toHaveURL(url);
});

test('an answer of which nothing was typed is no draft', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ý kiến đầu' }]);
  const page = await open(url);
  const answer = page.list.getByRole('button', { name: ANSWER });
  await answer.click();
  await expect(page.list.locator('form')).toBeVisible();
  await page.reload();
  await expect(page.list.locator('article')).toHaveCount(1);
  await expect(page.list.locator('form')).toHaveCount(0);
  await expect(text(page)).toBeVisible();
  // One that was begun is.
  await answer.click();
  await text(page).fill('Tôi cũng nghĩ vậy.');
  await page.reload();
  await expect(page.list.locator('form').getByLabel('Ý kiến của bạn')).toHaveValue('Tôi cũng nghĩ vậy.');
});

test('of what was written on while it was sent only the rest is a draft', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  let release;
  const held = new Promise((done) => { release = done; });
  await page.route(COMMENTS, async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  await write(page, { body: 'Cầu đẹp lắm.' });
  await send(page).click();
  await expect.poll(() => posts(page).length).toBe(1);
  await text(page).press('End');
  await text(page).pressSequentially(' Còn con đường thì sao?');
  release();
  await expect(own(page).locator('.body')).toHaveText('Cầu đẹp lắm.');
  await expect(text(page)).toHaveValue('Còn con đường thì sao?');
  await expect(text(page)).toBeFocused();
});

test('what was rejected meanwhile says so to who takes it back', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page);
  await send(page).click();
  await own(page).getByRole('button', { name: 'Rút lại' }).click();
  await expect.poll(async () => (await waiting(url)).length).toBe(1);
  await decide((await waiting(url))[0].id, 'reject', 'off_topic');
  await own(page).locator('form').getByRole('button', { name: 'Rút lại' }).click();
  await expect(own(page)).toContainText('Không được đăng');
  await expect(own(page)).not.toContainText('Đang chờ duyệt');
  await expect(page.locator('duyet-comments section > [role=status]')).toHaveText('Không được đăng');
});

test('who reports or answers what is gone is told so, and may send the answer by itself', async ({ open }) => {
  const url = publish();
  const [one] = await published(url, [{ body: 'Ý kiến đầu' }, { body: 'Ý kiến sau' }]);
  const page = await open(url);
  const comment = page.list.locator(`#duyet-${one}`);
  await comment.getByRole('button', { name: ANSWER }).click();
  await write(page);
  await decide(one, 'reject', 'off_topic');
  await comment.getByRole('button', { name: /^Báo vi phạm/ }).click();
  await comment.locator('#reason').selectOption('untrue');
  await comment.getByRole('button', { name: 'Gửi cho toà soạn' }).click();
  await expect(comment.getByText('Ý kiến đó không còn ở đây.')).toBeVisible();
  await comment.getByRole('button', { name: 'Thôi' }).first().press('Escape');
  await comment.getByRole('button', { name: 'Gửi ý kiến' }).click();
  await comment.getByRole('button', { name: 'Gửi thành ý kiến mới' }).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  expect((await waiting(url)).map(({ parent }) => parent ?? null)).toEqual([null]);
});

test('Esc leaves what is open, and Ctrl+Enter sends what was changed', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ý kiến đầu' }]);
  const page = await open(url);
  const answer = page.list.getByRole('button', { name: ANSWER });
  await answer.click();
  await text(page).press('Escape');
  await expect(page.list.locator('form')).toHaveCount(0);
  await expect(answer).toBeFocused();
  const report = page.list.getByRole('button', { name: /^Báo vi phạm/ });
  await report.click();
  await page.list.locator('#note').press('Escape');
  await expect(page.list.locator('form')).toHaveCount(0);
  await expect(report).toBeFocused();
  await write(page);
  await send(page).click();
  const edit = own(page).getByRole('button', { name: 'Sửa' });
  await edit.click();
  await page.locator('#edit').press('Escape');
  await expect(edit).toBeFocused();
  await edit.click();
  await page.locator('#edit').fill('Mong cầu sớm thông xe lắm.');
  await page.locator('#edit').press('Control+Enter');
  await expect(own(page)).toContainText('Mong cầu sớm thông xe lắm.');
});

test('a page’s odd ways of setting text stay outside, its font and colour do not', async ({ open }) => {
  const page = await open(publish({ body: '<div class="la"><duyet-comments></duyet-comments></div>' }));
  const label = page.form.getByText('Ý kiến của bạn', { exact: true });
  await expect(page.locator('.la')).toHaveCSS('text-transform', 'uppercase');
  for (const [name, value] of [['text-align', 'start'], ['text-transform', 'none'], ['letter-spacing', 'normal'], ['text-indent', '0px'], ['white-space', 'normal'], ['text-shadow', 'none'], ['word-spacing', '0px'], ['word-break', 'normal'], ['color', 'rgb(0, 0, 128)']]) {
    await expect(label).toHaveCSS(name, value);
  }
  await expect(label).toHaveCSS('font-family', 'serif');
});

test('a list that is slow to come says that it is on its way, a quick one does not flash', async ({ open }) => {
  const page = await open('about:blank');
  let release;
  const held = new Promise((done) => { release = done; });
  await page.route('**/comments?*', async (route) => { await held; await route.continue(); });
  await page.goto(publish());
  const element = page.locator('duyet-comments');
  const loading = page.getByText('Đang tải ý kiến…');
  await expect(element).toHaveAttribute('aria-busy', 'true');
  expect(await loading.evaluate((words) => words.getAnimations().map(({ effect }) => effect.getTiming().delay))).toEqual([400]);
  await expect(loading).toBeVisible();
  release();
  await expect(page.locator('duyet-comments h2')).toBeVisible();
  await expect(loading).toHaveCount(0);
  await expect(element).not.toHaveAttribute('aria-busy');
});

test('what whoever made the page has to mend is told to them, and no reader is asked to try again', async ({ open }) => {
  for (const [options, why] of [
    [{ site: 'khong-co' }, /Error: \S/],
    [{ body: '<duyet-comments article="https://khac.example/x"></duyet-comments>' }, /Error: \S/],
  ]) {
    const page = await open('about:blank', { policy: why });
    const told = [];
    page.on('console', (message) => { if (message.type() === 'error') told.push(message.text()); });
    await page.goto(publish(options));
    await expect(page.getByText('Ở đây chưa xem được ý kiến.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Thử lại' })).toHaveCount(0);
    expect(told.filter((one) => why.test(one))).toHaveLength(1);
  }
});
