// The widget where its reader, the newsroom and the network are out of step.

import { expect } from '@playwright/test';
import { decide, own, posts, publish, published, send, service, paper, stored, test, write } from './on_a_page.js';

test.describe.configure({ mode: 'default' });

const lookAgain = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
const cut = (page) => page.route('**/api/v1/**', (route) => route.abort());
const status = (page) => page.form.getByRole('status');

async function sent(page, url, comment) {
  await write(page, comment);
  await send(page).click();
  await expect(own(page).first()).toContainText('Đang chờ duyệt');
  // The newest of them; lists are filled a moment after the answer.
  await expect.poll(async () => (await stored(url)).some(({ body }) => !comment || body === comment.body)).toBe(true);
  return (await stored(url)).find(({ body }) => !comment || body === comment.body).id;
}

test('what was published while its reader changed it stands there once, and can still be changed', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  const id = await sent(page, url);
  await expect(status(page)).toContainText('Cảm ơn bạn');
  await own(page).getByRole('button', { name: 'Sửa' }).click();
  await decide(id, 'approve');
  const learnt = page.waitForResponse('**/receipts/*');
  await lookAgain(page);
  await learnt;
  await expect(page.list.locator(`#duyet-${id}`)).toBeVisible();
  await own(page).getByRole('button', { name: 'Thôi' }).click();
  await expect(page.locator(`duyet-comments #duyet-${id}`)).toHaveCount(1);
  await expect(page.list.getByRole('button', { name: 'Rút lại' })).toBeVisible();
  // What waited waits no more.
  await expect(status(page)).toBeEmpty();

  // Decided while it is typed, and nobody has looked since.
  await page.list.getByRole('button', { name: 'Sửa' }).click();
  await page.locator('#edit').fill('Mong cầu sớm thông xe lắm.');
  await decide(id, 'requeue');
  await page.getByRole('button', { name: 'Gửi bản đã sửa' }).click();
  await expect(page.locator('duyet-comments').getByText('toà soạn đã quyết định')).toBeVisible();
  await expect(page.locator('#edit')).toHaveValue('Mong cầu sớm thông xe lắm.');
  await page.getByRole('button', { name: 'Gửi bản đã sửa' }).click();
  await expect(own(page)).toContainText('Mong cầu sớm thông xe lắm.');
});

test('another text of consent is shown, and what was typed is still there', async ({ open }) => {
  const set = (version, text) => service.run('site', 'set', 'doi', `consent.version=${version}`, `consent.text=${text}`);
  service.run('site', 'add', 'doi', '--name', 'Báo Đổi', '--origin', paper.origin);
  set('2026-01', 'Tôi đồng ý lần một.');
  const url = publish({ site: 'doi' });
  const page = await open(url);
  await write(page);
  await page.form.getByLabel('Tôi đồng ý lần một.').check();
  set('2026-02', 'Tôi đồng ý lần hai.');
  // A site's settings are remembered for two seconds.
  const list = `${service.base}/api/v1/sites/doi/comments?order=newest&article=${encodeURIComponent(url)}`;
  await expect.poll(async () => (await (await fetch(list)).json()).site.consent.version).toBe('2026-02');
  await send(page).click();
  await expect(page.form.getByLabel('Tôi đồng ý lần hai.')).not.toBeChecked();
  await expect(page.form.getByLabel('Email', { exact: true })).toHaveValue('an@thu.example');
  await page.form.getByLabel('Tôi đồng ý lần hai.').check();
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
});

test('what could not be loaded is said beside what was pressed, and nothing pretends', async ({ open }) => {
  const url = publish({ body: '<duyet-comments limit="2"></duyet-comments>' });
  await published(url, ['một', 'hai', 'ba'].map((word) => ({ body: `Ý kiến thứ ${word} về cây cầu.` })));
  const page = await open(url, { policy: /Failed to load resource/ });
  await expect(page.list.locator('article')).toHaveCount(2);
  await cut(page);
  const more = page.getByRole('button', { name: 'Xem thêm' });
  await more.click();
  await expect(page.getByRole('alert').filter({ hasText: 'Xin thử lại' })).toBeInViewport();
  const order = page.getByLabel('Sắp xếp');
  await order.selectOption('oldest');
  await expect(page.getByRole('alert').filter({ hasText: 'Xin thử lại' })).toHaveCount(1);
  await expect(order).toHaveValue('newest');
  await page.unroute('**/api/v1/**');
  await more.click();
  await expect(page.list.locator('article')).toHaveCount(3);
});

test('a late second press sends nothing and keeps the thanks', async ({ open }) => {
  const page = await open(publish());
  await write(page);
  await send(page).click();
  await expect(status(page)).toContainText('Cảm ơn bạn');
  await send(page).click();
  await expect(status(page)).toContainText('Cảm ơn bạn');
  await expect(page.form).not.toContainText('Bạn chưa điền ô này');
  expect(posts(page)).toHaveLength(1);
});

test('a slip in an address is mended by one press and sent anew', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page, { email: 'lan@gmial.com' });
  await send(page).click();
  await status(page).getByRole('button', { name: /lan@gmail\.com/ }).click();
  await expect(page.form.getByLabel('Email', { exact: true })).toHaveValue('lan@gmail.com');
  await expect(status(page)).toHaveText('Cảm ơn bạn. Ý kiến đang chờ toà soạn duyệt.');
  await expect(own(page)).toHaveCount(1);
  await expect(own(page)).toBeFocused();
  const all = await stored(url);
  expect(all.map(({ email, status: where }) => `${where} ${email}`).sort()).toEqual(['pending lan@gmail.com', 'withdrawn lan@gmial.com']);
});

test('a slip is mended at once, however slow all else is', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  let answer;
  const asked = new Promise((done) => { answer = done; });
  await page.route('**/receipts/*', async (route) => {
    if (route.request().method() === 'GET') await asked;
    await route.continue();
  });
  await write(page, { email: 'lan@gmial.com' });
  await send(page).click();
  await status(page).getByRole('button', { name: /lan@gmail\.com/ }).click();
  await expect(status(page)).toHaveText('Cảm ơn bạn. Ý kiến đang chờ toà soạn duyệt.');
  answer();
  await expect(own(page)).toHaveCount(1);
});

test('one’s own comments keep their order', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  const bodies = ['Ý kiến thứ nhất của tôi.', 'Chuyện thứ hai tôi muốn nói.', 'Điều thứ ba là con đường.'];
  for (const body of bodies) await sent(page, url, { body });
  // Each answer takes its own time.
  let wait = 600;
  await page.route('**/receipts/*', async (route) => {
    wait -= 200;
    await new Promise((done) => { setTimeout(done, wait); });
    await route.continue();
  });
  for (let round = 0; round < 2; round += 1) {
    wait = 600;
    const learnt = page.waitForResponse('**/receipts/*');
    await page.reload();
    await learnt;
    await expect(own(page).locator('.body')).toHaveText(bodies);
  }
});

test('who gives up an answer is where they were', async ({ open }) => {
  const url = publish();
  const ids = await published(url, Array.from({ length: 12 }, (_, place) => ({ body: `Ý kiến thứ ${place + 1} về cây cầu mới qua sông.` })));
  const page = await open(url);
  const comment = page.list.locator(`#duyet-${ids[0]}`);
  await comment.getByRole('button', { name: /^Trả lời/ }).click();
  await comment.getByRole('button', { name: 'Thôi' }).click();
  await expect(comment.getByRole('button', { name: /^Trả lời/ })).toBeFocused();
  await expect(comment).toBeInViewport();
});

test('a link to a comment that is gone says so', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ý kiến còn lại.' }]);
  const page = await open(`${url}#duyet-01923000-0000-7000-8000-000000000001`);
  await expect(page.getByText('Ý kiến đó không còn ở đây.')).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Xem tất cả ý kiến' })).toHaveCount(0);
});

test('what a proxy refuses is not sent again and again', async ({ open }) => {
  const page = await open(publish(), { policy: /Failed to load resource/ });
  await page.route('**/comments', (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 413, contentType: 'text/html', body: '<h1>413</h1>' }) : route.continue()));
  await write(page);
  await send(page).click();
  await expect(page.form.getByRole('alert')).toContainText('Xin thử lại');
  expect(posts(page)).toHaveLength(1);
});

test('what was not sent when its page was left is told of at the next visit', async ({ open }) => {
  const url = publish();
  const page = await open(url, { policy: /Failed to load resource|ERR_/ });
  await write(page);
  await cut(page);
  await send(page).click();
  await expect(status(page)).toContainText('mất kết nối');
  await page.unroute('**/api/v1/**');
  await page.goto('about:blank');
  await page.goto(url);
  await expect(status(page)).toContainText('Chưa chắc đã gửi được');
  await expect(page.form.getByLabel('Ý kiến của bạn')).toHaveValue(/thông xe/);
});

test('a browser without colours for light and dark has those of a light page', async ({ browser }) => {
  const url = publish();
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const { supports } = CSS;
    CSS.supports = (...asked) => !String(asked[1]).startsWith('light-dark') && supports.apply(CSS, asked);
  });
  const page = await context.newPage();
  await page.goto(url);
  const button = page.locator('duyet-comments .main');
  await page.locator('duyet-comments textarea').focus();
  await expect(button).toHaveCSS('background-color', 'rgb(11, 90, 107)');
  expect(await page.evaluate(() => [...document.querySelector('duyet-comments').shadowRoot.adoptedStyleSheets[0].cssRules].some((rule) => rule.cssText.includes('light-dark')))).toBe(false);
  await context.close();
});

test('an answer that waits says to whom', async ({ open }) => {
  const url = publish();
  const [one] = await published(url, [{ body: 'Ý kiến đầu', name: 'Phạm Văn Cường' }]);
  const page = await open(url);
  await page.list.locator(`#duyet-${one}`).getByRole('button', { name: /^Trả lời/ }).click();
  const form = page.list.locator('form');
  await form.getByLabel('Ý kiến của bạn').fill('Tôi cũng nghĩ vậy.');
  await form.getByLabel('Họ tên', { exact: true }).fill('Lan');
  await form.getByLabel('Email', { exact: true }).fill('lan@thu.example');
  await form.getByRole('button', { name: 'Gửi ý kiến' }).click();
  await expect(own(page)).toContainText('trả lời Phạm Văn Cường');
  await decide((await stored(url)).find(({ status: where }) => where === 'pending').id, 'reject', 'insulting');
  await lookAgain(page);
  await expect(own(page)).toContainText('Lý do: ');
});
