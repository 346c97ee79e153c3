// The widget on a bad day: networks that come and go, servers under pressure, browsers that keep nothing, pages with a slip in them.

import { expect } from '@playwright/test';
import { decide, loseAnswers, own, paper, posts, publish, published, send, service, stored, test, write } from './on_a_page.js';

test.describe.configure({ mode: 'default' });

const API = '**/api/v1/**';
const COMMENTS = '**/api/v1/sites/*/comments';
const text = (page) => page.form.getByLabel('Ý kiến của bạn');
const lists = (page) => page.asked.filter((request) => request.method() === 'GET' && request.url().includes('/comments?'));

test('a list that could not be had several times is shown once when the network is back', async ({ open }) => {
  const url = publish();
  const page = await open('about:blank', { policy: /origins/ });
  await page.route(API, (route) => route.abort());
  await page.goto(url);
  for (const times of [2, 3]) {
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await expect.poll(() => lists(page).length).toBe(times);
    await expect(page.getByRole('button', { name: 'Thử lại' })).toBeFocused();
  }
  await page.unroute(API);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(text(page)).toBeVisible();
  expect(lists(page)).toHaveLength(4);
});

test('who goes on writing while their comment waits is told that it is not sent by itself', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page);
  await page.context().setOffline(true);
  await send(page).click();
  await expect(page.form.getByRole('status')).toContainText('sẽ tự gửi lại');
  await text(page).pressSequentially(' Cảm ơn.');
  await expect(page.form.getByRole('status')).toContainText('Chưa chắc đã gửi được');
  await page.context().setOffline(false);
  await expect(page.form.getByRole('status')).toContainText('Chưa chắc đã gửi được');
  await send(page).click();
  await expect(own(page)).toContainText('đi lại. Cảm ơn.');
  expect(await stored(url)).toHaveLength(1);
});

test('without a secure connection a comment is sent without work, and is one’s own like any other', async ({ open }) => {
  service.run('site', 'add', 'tron', '--name', 'Báo Trơn', '--origin', paper.origin);
  service.run('site', 'set', 'tron', 'proof_of_work=always');
  const page = await open('about:blank');
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await page.goto(publish({ site: 'tron' }));
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  expect(posts(page).map((request) => request.postDataJSON().challenge)).toEqual(['unable']);
  await page.reload();
  await expect(own(page)).toContainText('thông xe');
  await expect(own(page).getByRole('button', { name: 'Rút lại' })).toBeVisible();
  await expect(text(page)).toHaveValue('');
});

test('work is told of once, and goes on whatever is typed', async ({ open }) => {
  service.run('site', 'add', 'nang', '--name', 'Báo Nặng', '--origin', paper.origin);
  service.run('site', 'set', 'nang', 'proof_of_work=always');
  const page = await open('about:blank');
  // A challenge that nobody solves, and that takes its time.
  await page.route('**/challenge', async (route) => {
    const answer = await route.fetch();
    const challenge = await answer.json();
    challenge.parameters.keyPrefix = 'none';
    challenge.parameters.cost *= 20;
    await route.fulfill({ response: answer, json: challenge });
  });
  await page.goto(publish({ site: 'nang' }));
  await write(page);
  await page.evaluate(() => {
    const state = document.querySelector('duyet-comments').shadowRoot.querySelector('form [role=status]');
    globalThis.told = 0;
    new MutationObserver((all) => { globalThis.told += all.length; }).observe(state, { childList: true, subtree: true, characterData: true });
  });
  await send(page).click();
  const progress = page.form.locator('progress');
  await expect(progress).toBeVisible();
  await page.form.getByLabel('Họ tên', { exact: true }).focus();
  const before = await progress.evaluate(({ value }) => value);
  await expect.poll(() => progress.evaluate(({ value }) => value)).toBeGreaterThan(before);
  await expect(page.form.getByRole('status')).toHaveText(/^Đang chuẩn bị gửi/);
  expect(await page.evaluate(() => globalThis.told)).toBe(1);
});

test('who presses twice sends once, and what may have arrived is no other comment after a reload', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await loseAnswers(page, COMMENTS);
  await write(page);
  await send(page).dblclick();
  await text(page).press('Control+Enter');
  await expect(page.form.getByRole('status')).toContainText('Chưa gửi được');
  expect(posts(page)).toHaveLength(1);
  await page.unroute(COMMENTS);
  await page.reload();
  await expect(text(page)).toHaveValue(/thông xe/);
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  expect(new Set(posts(page).map((request) => request.headers()['idempotency-key'])).size).toBe(1);
  expect(await stored(url)).toHaveLength(1);
});

test('under pressure the browser is asked for work, and sends the same comment with it', async ({ open }) => {
  service.run('site', 'add', 'dong', '--name', 'Báo Đông', '--origin', paper.origin);
  service.run('site', 'set', 'dong', 'proof_of_work=adaptive');
  const url = publish({ site: 'dong' });
  const submit = (number) => fetch(`${service.base}/api/v1/sites/dong/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ article: { url }, name: 'Trần Thị Bình', email: `binh-${number}@thu.example`, body: `Ý kiến thứ ${number} về cây cầu` }),
  });
  for (let number = 0; (await submit(number)).status === 202; number += 1) expect(number).toBeLessThan(200);
  const page = await open(url);
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt', { timeout: 30_000 });
  const sent = posts(page);
  expect(sent).toHaveLength(2);
  expect(new Set(sent.map((request) => request.headers()['idempotency-key'])).size).toBe(1);
  expect(sent.map((request) => 'challenge' in request.postDataJSON())).toEqual([false, true]);
});

test('a server that names a date is left alone until then', async ({ open }) => {
  const page = await open(publish());
  const times = [];
  await page.route(COMMENTS, (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    times.push(Date.now());
    if (times.length > 1) return route.continue();
    return route.fulfill({
      status: 503,
      headers: {
        'access-control-allow-origin': paper.origin, 'access-control-expose-headers': 'retry-after', 'content-type': 'application/problem+json',
        'retry-after': new Date(Date.now() + 4_000).toUTCString(),
      },
      body: '{}',
    });
  });
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt', { timeout: 20_000 });
  expect(times).toHaveLength(2);
  expect(times[1] - times[0]).toBeGreaterThan(2_000);
});

test('nothing but the text and the receipt is kept unless its reader asks for it', async ({ open }) => {
  const page = await open(publish());
  const kept = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  await page.reload();
  await expect(own(page)).toContainText('thông xe');
  await expect.poll(kept).toContain('editable_until');
  expect(await kept()).not.toMatch(/Nguyễn Văn An|an@thu\.example/);
});

test('a browser that keeps nothing sends and shows all the same', async ({ open }) => {
  const page = await open('about:blank');
  await page.addInitScript(() => {
    for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw new DOMException('forbidden', 'SecurityError'); };
  });
  const url = publish();
  const [id] = await published(url, [{ body: 'Ai cũng mong cây cầu này' }]);
  await page.goto(url);
  await page.list.getByRole('button', { name: 'Trả lời Trần Thị Bình' }).click();
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  expect((await stored(url)).find(({ status }) => status === 'pending').parent).toBe(id);
  await page.reload();
  await expect(page.list.locator('article')).toHaveCount(1);
  await expect(own(page)).toHaveCount(0);
});

test('the answer that was asked for last is the one that is shown', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ý kiến thứ nhất' }, { body: 'Ý kiến thứ hai' }]);
  const page = await open(url);
  await expect(page.list.locator('article')).toHaveCount(2);
  let release;
  const held = new Promise((done) => { release = done; });
  let passed = 0;
  await page.route('**/comments?*order=oldest*', async (route) => { await held; await route.continue(); passed += 1; });
  const order = page.getByLabel('Sắp xếp');
  await order.selectOption('oldest');
  await order.selectOption('replies');
  await expect.poll(() => lists(page).length).toBe(3);
  await expect(page.list.locator('.body').first()).toHaveText('Ý kiến thứ hai');
  const late = page.waitForResponse('**/comments?*order=oldest*');
  release();
  await (await late).finished();
  await expect.poll(() => passed).toBe(1);
  // Whatever the page does with it is done once it has the same answer a second time.
  await page.evaluate((again) => fetch(again).then((answer) => answer.json()), (await late).url());
  await expect(page.list.locator('.body').first()).toHaveText('Ý kiến thứ hai');
  await expect(order).toHaveValue('replies');
});

test('a button for replies that are there no more goes', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ý kiến đầu' }, { body: 'Trả lời một', parent: 0 }]);
  const page = await open('about:blank');
  await page.route('**/comments?*', async (route) => {
    const answer = await route.fetch();
    const list = await answer.json();
    if (!route.request().url().includes('thread=')) list.comments[0].replies = 3;
    await route.fulfill({ response: answer, json: list });
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Xem thêm trả lời (2)' }).click();
  await expect(page.getByRole('button', { name: /Xem thêm trả lời/ })).toHaveCount(0);
});

test('a reason to report is chosen by who reports, and what they typed outlives a new list', async ({ open }) => {
  const url = publish();
  const [one] = await published(url, [{ body: 'Ý kiến đầu' }, { body: 'Ý kiến sau' }]);
  const page = await open(url);
  const comment = page.list.locator(`#duyet-${one}`);
  await comment.getByRole('button', { name: /^Báo vi phạm/ }).click();
  await comment.getByRole('button', { name: 'Gửi cho toà soạn' }).click();
  await expect(comment.getByRole('alert')).toHaveText('Chọn một lý do');
  await expect(comment.locator('#reason')).toBeFocused();
  expect(posts(page)).toHaveLength(0);
  await comment.locator('#reason').selectOption('personal_data');
  await comment.getByLabel('Nói thêm, nếu cần').fill('Có số điện thoại của tôi.');
  await page.getByLabel('Sắp xếp').selectOption('oldest');
  await expect(page.list.locator('article').first()).toHaveId(`duyet-${one}`);
  await expect(comment.getByLabel('Nói thêm, nếu cần')).toHaveValue('Có số điện thoại của tôi.');
  await comment.getByRole('button', { name: 'Gửi cho toà soạn' }).click();
  await expect(comment).toContainText('Cảm ơn bạn. Toà soạn sẽ xem lại');
  await expect(page.list.locator('article')).toHaveCount(2);
});

test('a slip in an attribute is told to who made the page, and costs its readers nothing', async ({ open }) => {
  const body = `<p><duyet-count article="http://[">?</duyet-count> <duyet-count article="https://khac.example/x">?</duyet-count> <duyet-count>?</duyet-count></p>
    <duyet-comments order="best" limit="500"></duyet-comments>`;
  const url = publish({ body });
  await published(url, [{ body: 'Ý kiến đầu' }]);
  const page = await open('about:blank');
  const told = [];
  page.on('console', (message) => told.push(message.text()));
  await page.goto(url);
  await expect(page.list.locator('article')).toHaveCount(1);
  await expect(page.locator('duyet-count')).toHaveText(['?', '?', '1']);
  expect(told.filter((one) => one.startsWith('<duyet-comments order="best">'))).toHaveLength(1);
  expect(told.filter((one) => one.startsWith('<duyet-comments limit="500">'))).toHaveLength(1);

});

test('what becomes of a comment is shown without losing what is typed elsewhere', async ({ open }) => {
  const url = publish();
  const [one] = await published(url, [{ body: 'Ý kiến đầu' }]);
  const page = await open(url);
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  const comment = page.list.locator(`#duyet-${one}`);
  await comment.getByRole('button', { name: /^Báo vi phạm/ }).click();
  await comment.getByLabel('Nói thêm, nếu cần').fill('Sai rồi.');
  await comment.getByLabel('Nói thêm, nếu cần').blur();
  const [{ id }] = (await stored(url)).filter(({ status }) => status === 'pending');
  await decide(id, 'approve');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.list.locator(`#duyet-${id}`)).toBeVisible();
  await expect(comment.getByLabel('Nói thêm, nếu cần')).toHaveValue('Sai rồi.');
});
