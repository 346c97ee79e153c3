// What a second reader who walked through the widget found wrong, and finds right.

import { expect } from '@playwright/test';
import { PHONE, decide, loseAnswers, own, paper, posts, publish, published, send, service, stored, test, write } from './on_a_page.js';

test.describe.configure({ mode: 'default' });

const COMMENTS = '**/api/v1/sites/*/comments';
const text = (page) => page.locator('duyet-comments textarea').first();
const status = (page) => page.form.getByRole('status');
const news = (page) => page.locator('duyet-comments section > [role=status]');
const heading = (page) => page.locator('duyet-comments h2');
const lookAgain = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
const waiting = async (url) => (await stored(url)).filter((one) => one.status === 'pending');
const sent = async (page, url, body) => {
  const before = (await stored(url)).length;
  await write(page, { body });
  await send(page).click();
  await expect.poll(async () => (await stored(url)).length).toBe(before + 1);
  await expect(status(page)).toContainText('Cảm ơn bạn');
};

test('thanks stay when the next proof is worked on', async ({ open }) => {
  service.run('site', 'add', 'lam', '--name', 'Báo Làm', '--origin', paper.origin);
  service.run('site', 'set', 'lam', 'proof_of_work=always');
  const page = await open('about:blank', { policy: /worker/i });
  // On a page without workers, the work can be counted.
  await page.addInitScript(() => {
    globalThis.derived = 0;
    const { deriveBits } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.deriveBits = function count(...given) {
      globalThis.derived += 1;
      return deriveBits.apply(this, given);
    };
  });
  await page.goto(publish({ site: 'lam', worker: false }));
  await write(page);
  await send(page).click();
  await expect(status(page)).toContainText('Cảm ơn bạn', { timeout: 30_000 });
  await page.route('**/challenge', async (route) => {
    const answer = await route.fetch();
    const challenge = await answer.json();
    challenge.parameters.keyPrefix = 'none';
    await route.fulfill({ response: answer, json: challenge });
  });
  const derived = () => page.evaluate(() => globalThis.derived);
  const before = await derived();
  await page.form.getByLabel('Họ tên', { exact: true }).click();
  await expect.poll(derived).toBeGreaterThan(before + 40);
  await expect(status(page)).toContainText('Cảm ơn bạn');
  await expect(page.form.locator('progress')).toBeHidden();
});

test('what is sent in one tab takes no draft of another', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await expect(text(page)).toBeVisible();
  const other = await page.context().newPage();
  await other.goto(url);
  await write(page, { body: 'Ý kiến viết ở thẻ thứ nhất.' });
  await text(other).fill('Ý kiến khác, viết ở thẻ thứ hai.');
  await send(page).click();
  await expect(own(page)).toContainText('thẻ thứ nhất');
  await other.reload();
  await expect(text(other)).toHaveValue('Ý kiến khác, viết ở thẻ thứ hai.');
  // Each has its own for as long as it is open.
  await text(page).fill('Một ý kiến nữa ở thẻ thứ nhất.');
  await text(other).fill('Một ý kiến nữa ở thẻ thứ hai.');
  await page.reload();
  await expect(text(page)).toHaveValue('Một ý kiến nữa ở thẻ thứ nhất.');
  await other.reload();
  await expect(text(other)).toHaveValue('Một ý kiến nữa ở thẻ thứ hai.');
});

test('a draft that was sent from another tab is none any more', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await text(page).fill('Viết ở thẻ này, gửi từ thẻ kia.');
  const other = await page.context().newPage();
  await other.goto(url);
  await expect(text(other)).toHaveValue('Viết ở thẻ này, gửi từ thẻ kia.');
  other.form = other.locator('duyet-comments section form').first();
  await write(other, { body: 'Viết ở thẻ này, gửi từ thẻ kia.' });
  await send(other).click();
  await expect(own(other)).toContainText('Viết ở thẻ này');
  await page.reload();
  await expect(own(page)).toContainText('Viết ở thẻ này');
  await expect(text(page)).toHaveValue('');
});

test('of two drafts that were kept under different names the last is shown', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await text(page).fill('Viết khi bài chưa có ý kiến nào.');
  await published(url, [{ body: 'Ý kiến đầu tiên dưới bài.' }]);
  const other = await page.context().newPage();
  await other.goto(url);
  await expect(text(other)).toHaveValue('Viết khi bài chưa có ý kiến nào.');
  await text(other).fill('Viết ở thẻ kia, sau đó.');
  await page.reload();
  await expect(text(page)).toHaveValue('Viết khi bài chưa có ý kiến nào.');
});

test('an answer that comes late brings nothing back', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await sent(page, url, 'Ý kiến mà người viết sẽ rút lại.');
  let release;
  const released = new Promise((go) => { release = go; });
  let taken;
  const isTaken = new Promise((go) => { taken = go; });
  await page.route('**/api/v1/receipts/*', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const answer = await route.fetch();
    taken();
    await released;
    return route.fulfill({ response: answer });
  });
  await lookAgain(page);
  await isTaken;
  await own(page).getByRole('button', { name: 'Rút lại' }).click();
  await own(page).getByRole('button', { name: 'Rút lại' }).last().click();
  await expect(news(page)).toContainText('Đã rút lại');
  const late = page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().includes('/receipts/'));
  release();
  await (await late).finished();
  await page.evaluate(() => new Promise((then) => { setTimeout(then); }));
  await expect(own(page)).toHaveCount(0);
});

test('letters are counted as the server counts them, however they are typed', async ({ open }) => {
  const page = await open(publish());
  const counted = page.locator('duyet-comments #body-count, duyet-comments form .hint, duyet-comments form .error');
  await text(page).fill('ế'.normalize('NFD').repeat(1_700));
  await expect(counted.filter({ hasText: 'Dài quá' })).toHaveCount(0);
  await text(page).fill('ế'.normalize('NFD').repeat(5_001));
  await expect(counted.filter({ hasText: 'Dài quá 1 ký tự' })).toBeVisible();
});

test('a page on no origin of the site’s is told to whoever made it', async ({ open }) => {
  service.run('site', 'add', 'la', '--name', 'Báo Lạ', '--origin', 'https://la.example');
  const page = await open('about:blank', { policy: /CORS|origins/ });
  const told = [];
  page.on('console', (message) => told.push(message.text()));
  await page.goto(publish({ site: 'la' }));
  await expect(page.getByRole('button', { name: 'Thử lại' })).toBeVisible();
  await expect.poll(() => told.filter((one) => one.includes(`${paper.origin} is not among its origins`) && one.includes(`${service.base}/settings`)).length).toBe(1);
  await expect.poll(() => service.log).toContain(`"origin":"${paper.origin}"`);
});

test('an address of somebody else’s is told with the reason', async ({ open }) => {
  const page = await open('about:blank', { policy: /Error/ });
  const told = [];
  page.on('console', (message) => told.push(message.text()));
  const [refused] = await Promise.all([
    page.waitForResponse('**/comments?*'),
    page.goto(publish({ body: '<duyet-comments article="https://khac.example/x"></duyet-comments>' })),
  ]);
  const [{ message }] = (await refused.json()).errors;
  await expect.poll(() => told.some((one) => one.includes(message))).toBe(true);
});

test('what may have arrived is said to be so, and is sent again as the same', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await loseAnswers(page, COMMENTS);
  await write(page);
  await send(page).click();
  await expect(status(page)).toContainText('mất kết nối');
  await page.unroute(COMMENTS);
  // The same page, which names itself otherwise by now.
  paper.publish(new URL(url).pathname, service.base, { site: 'song', head: '<meta property="og:title" content="(1) Cầu mới">' });
  await page.reload();
  await expect(status(page)).toContainText('Chưa chắc đã gửi được');
  await expect(status(page)).toContainText('không bị trùng');
  await write(page);
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  expect(new Set(posts(page).map((request) => request.headers()['idempotency-key'])).size).toBe(1);
  expect(await stored(url)).toHaveLength(1);
});

test('a server that is busy is not called a lost connection', async ({ open }) => {
  const page = await open(publish());
  await page.route(COMMENTS, (route) => (route.request().method() === 'POST'
    ? route.fulfill({ status: 503, headers: { 'access-control-allow-origin': paper.origin }, contentType: 'application/problem+json', body: '{}' })
    : route.continue()));
  await write(page);
  await send(page).click();
  await expect(status(page)).toContainText('máy chủ đang bận');
  // Who types on has it stopped, as with any other.
  await text(page).pressSequentially(' Cảm ơn.');
  await expect(status(page)).toContainText('Chưa chắc đã gửi được');
});

test('a slip that is mended too late leaves no stale words', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page, { email: 'lan@gmial.com' });
  await send(page).click();
  const mend = status(page).getByRole('button', { name: /lan@gmail\.com/ });
  await expect(mend).toBeVisible();
  await expect.poll(async () => (await waiting(url)).length).toBe(1);
  await decide((await waiting(url))[0].id, 'reject', 'off_topic');
  await mend.click();
  await expect(own(page)).toContainText('Không được đăng');
  await expect(status(page)).toBeEmpty();
  await expect(page.form.getByRole('alert')).toBeEmpty();
});

test('what is published while the keyboard is in the list comes into it when that leaves', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ý kiến đầu' }]);
  const page = await open(url);
  await sent(page, url, 'Mong cầu sớm thông xe.');
  const [{ id }] = await waiting(url);
  await expect(page.getByLabel('Sắp xếp')).toHaveCount(0);
  await page.list.getByRole('button', { name: /^Báo vi phạm/ }).focus();
  await decide(id, 'approve');
  await lookAgain(page);
  await expect(own(page)).toContainText('Đã đăng');
  await expect(heading(page)).toHaveText('Ý kiến bạn đọc (1)');
  await text(page).focus();
  await expect(page.list.locator(`#duyet-${id}`)).toContainText('thông xe');
  await expect(own(page)).toHaveCount(0);
  await expect(heading(page)).toHaveText('Ý kiến bạn đọc (2)');
  await expect(text(page)).toBeFocused();
  // Two can be put in order.
  await expect(page.getByLabel('Sắp xếp')).toBeVisible();
});

test('of several decisions each is said', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await sent(page, url, 'Cầu đẹp lắm.');
  await sent(page, url, 'Con đường thì xấu quá.');
  const all = await waiting(url);
  await decide(all.find(({ body }) => /Cầu/.test(body)).id, 'approve');
  await decide(all.find(({ body }) => /đường/.test(body)).id, 'reject', 'off_topic');
  await lookAgain(page);
  await expect(news(page)).toContainText('Đã đăng');
  await expect(news(page)).toContainText('Không được đăng');
});

test('who has tried again successfully is at the comments', async ({ open }) => {
  const page = await open('about:blank', { policy: /origins/ });
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.goto(publish());
  const retry = page.getByRole('button', { name: 'Thử lại' });
  await expect(retry).toBeVisible();
  await page.unroute('**/api/v1/**');
  await retry.click();
  await expect(heading(page)).toBeFocused();
});

test('Esc in a change that is not sent loses nothing', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await sent(page, url, 'Mong cầu sớm thông xe.');
  const edit = own(page).getByRole('button', { name: 'Sửa' });
  await edit.click();
  await page.locator('#edit').fill('Mong cầu sớm thông xe để bà con đi lại.');
  await page.locator('#edit').press('Escape');
  await edit.click();
  await expect(page.locator('#edit')).toHaveValue('Mong cầu sớm thông xe để bà con đi lại.');
  await page.locator('#edit').press('Control+Enter');
  await expect(own(page).locator('.body')).toHaveText('Mong cầu sớm thông xe để bà con đi lại.');
});

for (const [where, options] of [['on a phone', PHONE], ['on a desk', {}]]) {
  test(`the wash behind one’s own comment is as wide as its lines ${where}`, async ({ open }) => {
    const url = publish();
    const page = await open(url, options);
    await sent(page, url, 'Mong cầu sớm thông xe.');
    await expect(own(page)).toHaveCSS('box-shadow', 'none');
    const [wash, whole, body] = await Promise.all([own(page), page.locator('duyet-comments section'), own(page).locator('.body')].map((one) => one.boundingBox()));
    expect([wash.x, wash.width]).toEqual([whole.x, whole.width]);
    expect(body.x).toBeGreaterThan(wash.x + 5);
    expect(body.x + body.width).toBeLessThan(wash.x + wash.width - 5);
  });
}
