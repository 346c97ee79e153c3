// A list longer than a page: what comes next is on it once, in its turn, and somebody who works to its end goes on there.

import { test, expect, signIn } from './desk.js';
import { askAsAdmin, calm, card, statusOf, toast } from './at_queue.js';

askAsAdmin();

const order = (page) => page.locator('.card').evaluateAll((cards) => cards.map((one) => one.dataset.id));
const waiting = (page) => page.locator('[data-tab="lane=likely_fine"] b');
const next = (page) => page.getByRole('link', { name: 'Trang sau' });

test('a new comment behind older ones comes with its page, once', async ({ service, visit }) => {
  const ids = await service.submitMany(30);
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(25);
  const late = await service.submitMany(1, 31);
  await expect(waiting(page)).toHaveText('31');
  // It stands behind five that are not loaded: nothing to be put in front of them.
  await expect(page.locator('#news')).toBeHidden();
  await next(page).click();
  await expect(page.locator('.card')).toHaveCount(31);
  expect(await order(page)).toEqual([...ids, ...late]);
  // At the end of the list it is told as ever.
  const later = await service.submitMany(1, 32);
  await expect(page.locator('#news')).toHaveText('1 bình luận mới. Hiện');
  await page.locator('#news').click();
  await expect(card(page, later[0])).toBeFocused();
  expect(await order(page)).toEqual([...ids, ...late, ...later]);
});

test('a comment of earlier that a colleague puts back is told, though the list goes on', async ({ service, visit }) => {
  const ids = await service.submitMany(30);
  const minh = await visit(service.member('Minh'));
  await minh.keyboard.press('a');
  await expect(toast(minh)).toContainText('Đã duyệt');
  const lan = await visit(service.member('Lan'));
  await expect(card(lan, ids[0])).toHaveCount(0);
  await minh.keyboard.press('z');
  await expect(lan.locator('#news')).toHaveText('1 bình luận mới. Hiện');
  await lan.locator('#news').click();
  await expect(lan.locator('.card').first()).toHaveAttribute('data-id', ids[0]);
});

test('by risk, what was shown when it came is not there again with its page', async ({ service, visit }) => {
  const ids = await service.submitMany(30);
  const page = await visit(service.member('Lan'));
  await page.goto('/queue?lane=likely_fine&order=risk');
  await expect(page.locator('.card')).toHaveCount(25);
  const [late] = await service.submitMany(1, 31);
  await page.locator('#news').click();
  await expect(page.locator('.card').first()).toHaveAttribute('data-id', late);
  await next(page).click();
  await expect(next(page)).toHaveCount(0);
  await expect(page.locator('.card')).toHaveCount(31);
  const shown = await order(page);
  expect(shown[0]).toBe(late);
  expect([...shown].sort()).toEqual([...ids, late].sort());
});

test('a whole page decided at once is followed by the next, which says that it comes', async ({ service, visit }) => {
  const ids = await service.submitMany(40);
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(25);
  let letGo;
  const held = new Promise((done) => { letGo = done; });
  await page.route('**/queue?*after=*', async (route) => { await held; await route.continue(); });
  for (const box of await page.locator('.card .pick input').all()) await box.check();
  await page.keyboard.press('Shift+S');
  await expect(page.locator('#coming')).toHaveText(/Đang tải những bình luận tiếp theo/);
  await expect(page.locator('#nothing')).toBeHidden();
  await expect(toast(page)).toContainText('Đã cho 25 bình luận vào rác.');
  letGo();
  await expect(page.locator('.card')).toHaveCount(15);
  await expect(page.locator('#coming')).toBeHidden();
  await expect(card(page, ids[25])).toBeFocused();
  await expect(card(page, ids[25])).toHaveClass(/at-hand/);
  await calm(page);
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Đã duyệt');
  expect(await statusOf(service, ids[25])).toBe('approved');
});

test('a next page that does not come says so, and is asked for again', async ({ service, browser }) => {
  await service.submitMany(27);
  const context = await browser.newContext({ baseURL: service.base, locale: 'vi-VN' });
  const page = await context.newPage();
  await signIn(page, service.member('Lan'));
  await page.route('**/queue?*after=*', (route) => route.abort());
  for (const box of await page.locator('.card .pick input').all()) await box.check();
  await page.keyboard.press('Shift+A');
  await expect(page.locator('#coming')).toContainText('Chưa tải được');
  await page.unroute('**/queue?*after=*');
  await page.locator('#coming').getByRole('button', { name: 'Thử lại' }).click();
  await expect(page.locator('.card')).toHaveCount(2);
  await expect(page.locator('.card').first()).toBeFocused();
  await context.close();
});

test('j goes on from the last card that is loaded', async ({ service, visit }) => {
  const ids = await service.submitMany(27);
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(25);
  let letGo;
  const held = new Promise((done) => { letGo = done; });
  await page.route('**/queue?*after=*', async (route) => { await held; await route.continue(); });
  for (let number = 0; number < 24; number += 1) await page.keyboard.press('j');
  await expect(card(page, ids[24])).toBeFocused();
  await page.keyboard.press('j');
  await expect(card(page, ids[24])).toBeFocused();
  letGo();
  await expect(card(page, ids[25])).toBeFocused();
  await expect(page.locator('.card')).toHaveCount(27);
});
