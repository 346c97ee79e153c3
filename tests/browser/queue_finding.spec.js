// Finding and following on the queue: on a phone, by mouse, without scripts, on a narrowed list, as time goes on.

import { test, expect, expectAccessible, ARTICLE } from './desk.js';
import { askAsAdmin, calm, card, statusOf, toast } from './at_queue.js';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const LONG = `Gọi ngay 0912 345 678 vay tiền nhanh ${'rất dài mà đúng là như thế '.repeat(60)}hết.`;

askAsAdmin();

const box = (locator) => locator.evaluate((one) => { const { left, right, top, bottom, width } = one.getBoundingClientRect(); return { left, right, top, bottom, width }; });
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth);

test('a long comment is opened by touch', async ({ service, visit }) => {
  const id = await service.submit({ body: LONG });
  const page = await visit(service.member('Lan'), PHONE);
  await page.goto(`/queue?comment=${id}`);
  const height = async () => { const { top, bottom } = await box(card(page, id).locator('.body')); return bottom - top; };
  const cut = await height();
  await card(page, id).getByRole('button', { name: 'Xem hết' }).tap();
  await expect.poll(height).toBeGreaterThan(cut * 1.5);
  await expectAccessible(page);
  await card(page, id).getByRole('button', { name: 'Thu gọn' }).tap();
  await expect.poll(height).toBe(cut);
});

test('on a phone the buttons for all that are picked are whole, and nothing covers them', async ({ service, visit }) => {
  await service.submitMany(4);
  const page = await visit(service.member('Lan'), PHONE);
  await page.locator('.card').first().getByRole('button', { name: 'Duyệt', exact: true }).tap();
  await expect(toast(page)).toContainText('Đã duyệt');
  await page.locator('.card .pick input').first().check();
  await expect(page.locator('#batch')).toBeVisible();
  await expect(toast(page)).toBeVisible();
  const line = await box(toast(page));
  for (const button of await page.locator('#batch button').all()) {
    const { left, right, top, width } = await box(button);
    expect(width).toBeGreaterThan(60);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(360);
    expect(top).toBeGreaterThanOrEqual(line.bottom);
    expect(await button.evaluate((one) => one.scrollWidth <= one.clientWidth + 1)).toBe(true);
  }
  await expectAccessible(page);
});

test('without scripts everything is within a phone, and one stays on the page on which one decided', async ({ service, visit }) => {
  await service.submitMany(30);
  const page = await visit(service.member('Lan'), { ...PHONE, javaScriptEnabled: false });
  expect(await fits(page)).toBeLessThanOrEqual(360);
  for (const button of await page.locator('.decide button, .decide select').all()) {
    expect((await box(button)).right).toBeLessThanOrEqual(360);
  }
  await page.getByRole('link', { name: 'Trang sau' }).tap();
  await expect(page.locator('.card')).toHaveCount(5);
  await page.locator('.card').first().getByRole('button', { name: 'Duyệt', exact: true }).tap();
  await expect(page.getByRole('status').first()).toContainText('Đã duyệt 1 bình luận.');
  await expect(page.locator('.card')).toHaveCount(4);
  await page.getByRole('status').first().getByRole('button', { name: 'Hoàn tác' }).tap();
  await expect(page.locator('.card')).toHaveCount(5);
});

test('what can be undone outlives the toast, the scrolling and the page', async ({ service, visit }) => {
  const ids = await service.submitMany(12);
  const page = await visit(service.member('Lan'));
  await page.keyboard.press('z');
  await expect(toast(page)).toContainText('Không có quyết định nào để hoàn tác');
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Đã duyệt');
  await page.goto('/articles');
  await page.goto('/queue?lane=likely_fine');
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, 1500);
  await expect(page.locator('#undo')).toBeInViewport();
  await page.locator('#undo').click();
  await expect(toast(page)).toContainText('Đã hoàn tác');
  await expect(card(page, ids[0])).toBeVisible();
  expect(await statusOf(service, ids[0])).toBe('pending');
  await expect(page.locator('#undo')).toBeHidden();
});

/** Whether what a mark is called stands on the screen, right above or below it. */
async function isBeside(page, mark) {
  await expect(page.locator('#mark-label')).toHaveText(await mark.getAttribute('data-title'));
  const [label, one] = [await page.locator('#mark-label').boundingBox(), await mark.boundingBox()];
  const { width, height } = page.viewportSize();
  const isWithin = label.x >= 0 && label.y >= 0 && label.x + label.width <= width && label.y + label.height <= height;
  const isNear = Math.min(Math.abs(label.y - one.y - one.height), Math.abs(one.y - label.y - label.height)) < one.height;
  return isWithin && isNear && label.x <= one.x + one.width && label.x + label.width >= one.x;
}

test('what a mark means stands beside it, stays while one points at it, and goes with Escape', async ({ service, visit }) => {
  const id = await service.submit({ body: 'Ai cần tiền gấp thì nhắn cho tôi theo số này nhé 0912 345 678' });
  const page = await visit(service.member('Lan'));
  await page.goto(`/queue?comment=${id}`);
  const mark = card(page, id).locator('.body mark').last();
  const label = page.locator('#mark-label');
  await mark.hover();
  expect(await isBeside(page, mark)).toBe(true);
  await label.hover();
  // Longer than the pointer may be on its way.
  await page.evaluate(() => new Promise((done) => { setTimeout(done, 600); }));
  await expect(label).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(label).toBeHidden();
  await mark.focus();
  await expect(label).toBeVisible();
  await expect(mark).toHaveAttribute('aria-describedby', 'mark-label');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(label).toBeHidden();
  await mark.hover();
  await expect(label).toBeVisible();
  await mark.evaluate((one) => one.blur());
  await page.locator('h1').hover();
  await expect(label).toBeHidden();
});

test('on a phone the page one is on stays in sight, in its place among the others', async ({ service, visit }) => {
  const page = await visit(service.member('Lan', 'admin'), PHONE);
  for (const path of ['/queue', '/history', '/account']) {
    await page.goto(path);
    const links = await page.locator('.ways a').evaluateAll((all) => all.map((one) => ({ path: one.getAttribute('href'), left: one.getBoundingClientRect().left })));
    await expect(page.locator('.ways [aria-current]')).toBeInViewport({ ratio: 0.9 });
    const others = links.filter((one) => one.path !== path).map((one) => one.left);
    expect(others).toEqual(others.toSorted((one, other) => one - other));
    expect(await fits(page)).toBeLessThanOrEqual(360);
  }
});

test('what a mark means stands within a phone', async ({ service, visit }) => {
  const id = await service.submit({ body: 'Ai cần tiền gấp thì nhắn cho tôi theo số này nhé 0912 345 678' });
  const page = await visit(service.member('Lan'), PHONE);
  await page.goto(`/queue?comment=${id}`);
  for (const mark of await card(page, id).locator('.body mark').all()) {
    await mark.focus();
    expect(await fits(page)).toBeLessThanOrEqual(360);
    expect(await isBeside(page, mark)).toBe(true);
  }
  await expect(card(page, id).locator('.body mark').first()).toBeVisible();
});

test('one article and one author are a link away, a rule is chosen', async ({ service, visit }) => {
  const bridge = await service.submit({ article: { url: ARTICLE, title: 'Cầu mới qua sông' } });
  const market = await service.submit({ email: 'b@thu.example', body: 'Chợ họp sớm quá.', article: { url: `${ARTICLE}?2`, title: 'Chợ quê' } });
  const page = await visit(service.member('Lan'));
  await card(page, market).getByRole('link', { name: 'Chỉ bài này' }).click();
  await expect(page.locator('.card')).toHaveCount(1);
  await expect(page.locator('.chips')).toContainText('Bài: Chợ quê');
  await expect(page.locator('.narrow')).toContainText('Số ở các mục là của cả hàng chờ');
  await card(page, market).getByRole('link', { name: 'Chỉ người này' }).click();
  await expect(page.locator('.chips')).toContainText('Người gửi: b@thu.example');
  await page.locator('.chips a').first().click();
  await page.locator('.chips a').first().click();
  await expect(card(page, bridge)).toBeVisible();
  await page.getByText('Lọc', { exact: true }).click();
  await expect.poll(() => page.locator('#rules option').count()).toBeGreaterThan(20);
  await expectAccessible(page);
});

test('on a narrowed list what comes is announced where it fits', async ({ service, visit }) => {
  await service.submit({ body: 'Cây cầu này đẹp thật.' });
  const page = await visit(service.member('Lan'));
  await page.goto('/queue?lane=likely_fine&q=c%E1%BA%A7u');
  await expect(page.locator('.card')).toHaveCount(1);
  await service.submit({ email: 'b@thu.example', body: 'Chợ họp sớm quá.' });
  const fitting = await service.submit({ email: 'c@thu.example', body: 'Mong cầu sớm thông xe.' });
  await expect(page.locator('#news')).toHaveText('1 bình luận mới. Hiện');
  await page.locator('#news').click();
  await expect(card(page, fitting)).toBeVisible();
  await expect(page.locator('.card')).toHaveCount(2);
});

test('a cut line and an ended session are said in words, with the way back', async ({ service, visit }) => {
  await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await page.route('**/api/v1/moderation/events*', (route) => route.abort());
  await page.reload();
  await expect(page.locator('#cut')).toContainText('danh sách không tự cập nhật');
  await expect(page.locator('#cut')).toBeInViewport();
  await expectAccessible(page);
  await page.unroute('**/api/v1/moderation/events*');
  await expect(page.locator('#cut')).toHaveClass(/idle/, { timeout: 15_000 });
});

test('who is signed out is led to where one signs in', async ({ service, visit }) => {
  await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await page.context().clearCookies();
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Phiên làm việc đã hết');
  await toast(page).getByRole('link', { name: 'Đăng nhập lại' }).click();
  await expect(page.locator('#password')).toBeVisible();
});

test('waiting times go on by the minute', async ({ service, visit }) => {
  const [id] = await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await page.clock.install();
  await page.reload();
  await expect(card(page, id).locator('.wait')).toHaveText('chờ dưới 1 phút');
  await page.clock.fastForward('01:02:30');
  await expect(card(page, id).locator('.wait')).toHaveText('chờ 1 giờ 2 phút');
  await expect(page.locator('[data-tab="lane=likely_fine"] .tab-wait')).toHaveText('lâu nhất 1 giờ 2 phút');
});

test('what is public is taken down where it stands, and a key that can do nothing says why', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.keyboard.press('Shift+A');
  await expect(toast(page)).toContainText('Chưa chọn bình luận nào');
  for (const id of ids) {
    await card(page, id).getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(card(page, id)).toHaveCount(0);
  }
  for (const id of ids) await expect.poll(() => statusOf(service, id)).toBe('approved');
  await page.goto('/queue?status=approved');
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Không quyết định như thế được');
  await expect(toast(page)).toContainText('Bạn đã duyệt');
  const hand = await page.locator('.card.at-hand').getAttribute('data-id');
  await page.keyboard.press('s');
  await expect(toast(page)).toContainText('vào rác');
  expect(await statusOf(service, hand)).toBe('spam');
  await calm(page);
  await page.keyboard.press('r');
  await page.keyboard.press('1');
  await expect(toast(page)).toContainText('Đã từ chối');
  await expect(page.locator('.card')).toHaveCount(0);
});
