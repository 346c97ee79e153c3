// No decision is lost, doubled or made unseen, whatever the network does, colleagues do, or the hand does.

import net from 'node:net';
import { test, expect, signIn } from './desk.js';
import { askAsAdmin, calm, card, statusOf, toast } from './at_queue.js';

askAsAdmin();

test('a note under way stays where it is typed while the card is renewed', async ({ service, visit }) => {
  const ids = await service.submitMany(3);
  const lan = await visit(service.member('Lan'));
  const minh = await visit(service.member('Minh'));
  await lan.keyboard.press('e');
  await lan.keyboard.press('n');
  await lan.keyboard.type('đã gọi xã');
  await lan.keyboard.press('ArrowLeft');
  await minh.keyboard.press('n');
  await minh.keyboard.type('chờ phóng viên');
  await card(minh, ids[0]).getByRole('button', { name: 'Lưu ghi chú' }).click();
  await expect(card(lan, ids[0]).locator('.notes')).toContainText('chờ phóng viên');
  await expect(card(lan, ids[0]).getByRole('textbox')).toBeFocused();
  await lan.keyboard.type('as');
  await expect(card(lan, ids[0]).getByRole('textbox')).toHaveValue('đã gọi xasã');
  await expect(card(lan, ids[0])).toHaveClass(/wide/);
  // Nor when the colleague decides it.
  await minh.keyboard.press('Escape');
  await calm(minh);
  await card(minh, ids[0]).getByRole('button', { name: 'Duyệt', exact: true }).click();
  await expect(card(lan, ids[0])).toContainText('Minh đã duyệt');
  await lan.keyboard.type('s');
  await expect(card(lan, ids[0]).getByRole('textbox')).toHaveValue('đã gọi xassã');
  for (const id of ids.slice(1)) expect(await statusOf(service, id)).toBe('pending');
});

test('no key acts just after a script has moved the focus', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.clock.install();
  await page.reload();
  await card(page, ids[0]).locator('.decide .approve').focus();
  await page.evaluate(async () => {
    const { fetchCards, renew } = await import('/assets/cards.js');
    const [first] = await fetchCards([document.querySelector('.card').dataset.id]);
    renew(first);
  });
  await expect(card(page, ids[0]).locator('.decide .approve')).toBeFocused();
  await page.keyboard.press('s');
  await expect(page.locator('.card')).toHaveCount(2);
  await page.clock.fastForward(600);
  await page.keyboard.press('s');
  await expect(page.locator('.card')).toHaveCount(1);
});

test('what is undone is the last decision, though its answer is under way', async ({ service, visit }) => {
  const ids = await service.submitMany(3);
  const page = await visit(service.member('Lan'));
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Đã duyệt');
  let letGo;
  const held = new Promise((done) => { letGo = done; });
  await page.route('**/queue/decisions', async (route) => { await held; await route.continue(); });
  await page.keyboard.press('s');
  // The line about the first one is gone with its button.
  await expect(toast(page)).toBeHidden({ timeout: 3_000 });
  await page.keyboard.press('z');
  await expect(toast(page)).toContainText('đang được ghi');
  letGo();
  await expect(card(page, ids[1])).toBeVisible();
  await expect(toast(page)).toContainText('Đã hoàn tác');
  expect(await statusOf(service, ids[0])).toBe('approved');
  expect(await statusOf(service, ids[1])).toBe('pending');
});

test('a decision whose answer alone was lost is told as recorded, and undone', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.route('**/queue/decisions', async (route) => { await route.fetch(); await route.abort(); });
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('đã được ghi');
  await expect(card(page, ids[0])).toHaveCount(0);
  expect(await statusOf(service, ids[0])).toBe('approved');
  await page.keyboard.press('z');
  await expect(card(page, ids[0])).toBeVisible();
  expect(await statusOf(service, ids[0])).toBe('pending');
});

test("one's own decision never reads as a colleague's", async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  // Neither the answer nor a look at the card comes through.
  let cut = true;
  await page.route('**/queue/decisions', async (route) => { if (cut) { await route.fetch(); await route.abort(); } else await route.continue(); });
  await page.route('**/queue/cards?*', (route) => (cut ? route.abort() : route.continue()));
  await page.route('**/api/v1/moderation/events*', (route) => route.abort());
  await page.reload();
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('chưa biết quyết định đã được ghi hay chưa');
  await expect(card(page, ids[0])).toBeVisible();
  cut = false;
  await calm(page);
  await page.keyboard.press('r');
  await page.keyboard.press('1');
  await expect(toast(page)).toContainText('Trước đó bạn đã duyệt bình luận này');
  await expect(card(page, ids[0])).toContainText('Bạn đã duyệt');
  await expect(card(page, ids[0])).not.toContainText('Lan đã duyệt');
  // On the list of what is published, too.
  await page.goto('/queue?status=approved');
  await expect(card(page, ids[0]).locator('.decided')).toContainText('Bạn đã duyệt');
});

/** A way to the service that takes its time for whatever is sent. */
async function slowly(service, delay) {
  const relay = net.createServer((from) => {
    const to = net.connect(new URL(service.base).port, '127.0.0.1');
    from.on('data', (bytes) => setTimeout(() => to.write(bytes), delay));
    to.on('data', (bytes) => from.write(bytes));
    for (const [one, other] of [[from, to], [to, from]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => setTimeout(() => other.destroy(), delay));
    }
  });
  await new Promise((done) => { relay.listen(0, '127.0.0.1', done); });
  return { base: `http://127.0.0.1:${relay.address().port}`, stop: () => relay.close() };
}

test('decisions arrive though the page is closed at once', async ({ service, browser }) => {
  const ids = await service.submitMany(14);
  const slow = await slowly(service, 700);
  const context = await browser.newContext({ baseURL: slow.base, locale: 'vi-VN' });
  const page = await context.newPage();
  await signIn(page, service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(14);
  for (let number = 0; number < 14; number += 1) await page.keyboard.press('s');
  await page.close();
  const open = async () => {
    const all = await Promise.all(ids.map((id) => statusOf(service, id)));
    return all.filter((status) => status === 'pending').length;
  };
  await expect.poll(open, { timeout: 25_000 }).toBe(0);
  await context.close();
  slow.stop();
});

test('who leaves while something is under way is asked', async ({ service, browser }) => {
  await service.submitMany(2);
  const context = await browser.newContext({ baseURL: service.base, locale: 'vi-VN' });
  const page = await context.newPage();
  await signIn(page, service.member('Lan'));
  const asked = [];
  page.on('dialog', (dialog) => { asked.push(dialog.type()); dialog.accept(); });
  await page.route('**/queue/decisions', () => {});
  await page.keyboard.press('a');
  await expect(page.locator('.card')).toHaveCount(1);
  // Not before it has taken a while.
  expect(await page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))).toBe(true);
  await page.waitForFunction(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await page.goto('/articles');
  expect(asked).toEqual(['beforeunload']);
  await context.close();
});

test('many tabs share one line, and another tab takes it up', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const first = await visit(service.member('Lan'));
  const context = first.context();
  let lines = 0;
  context.on('request', (request) => { if (request.url().includes('/moderation/events')) lines += 1; });
  const tabs = [first];
  for (let number = 0; number < 7; number += 1) {
    const tab = await context.newPage();
    await tab.goto('/queue');
    await expect(tab.locator('.card')).toHaveCount(2);
    tabs.push(tab);
  }
  // The first tab's own, if it is counted here at all.
  expect(lines).toBeLessThanOrEqual(1);
  const before = lines;
  await tabs[6].keyboard.press('a');
  await expect(toast(tabs[6])).toContainText('Đã duyệt');
  expect(await statusOf(service, ids[0])).toBe('approved');
  await expect(card(tabs[3], ids[0])).toContainText('Bạn đã duyệt');
  await service.submitMany(1, 5);
  for (const tab of tabs) await expect(tab.locator('#news')).toContainText('1 bình luận mới');
  await first.close();
  await expect.poll(() => lines).toBe(before + 1);
  await service.submitMany(1, 6);
  for (const tab of tabs.slice(1)) await expect(tab.locator('#news')).toContainText('2 bình luận mới');
});

test('a decision without an answer says so', async ({ service, browser }) => {
  await service.submitMany(1);
  const context = await browser.newContext({ baseURL: service.base, locale: 'vi-VN' });
  const page = await context.newPage();
  await page.clock.install();
  await signIn(page, service.member('Lan'));
  await page.route('**/queue/decisions', () => {});
  await page.keyboard.press('a');
  await expect(page.locator('.card')).toHaveCount(0);
  await page.clock.fastForward(15_500);
  await expect(toast(page)).toContainText('chưa trả lời sau 15 giây');
  await context.close();
});

test('a key decides no card that one has scrolled away from', async ({ service, visit }) => {
  const ids = await service.submitMany(20);
  const page = await visit(service.member('Lan'));
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, 3500);
  await expect(card(page, ids[0])).not.toBeInViewport();
  const at = () => page.evaluate(() => Math.round(scrollY));
  await expect.poll(at).toBeGreaterThan(2000);
  await page.waitForFunction(() => new Promise((done) => { const was = scrollY; requestAnimationFrame(() => requestAnimationFrame(() => done(was === scrollY))); }));
  const before = await at();
  await page.keyboard.press('s');
  await expect(page.locator('.card')).toHaveCount(20);
  expect(await statusOf(service, ids[0])).toBe('pending');
  await expect(page.locator('.card.at-hand')).toBeInViewport();
  expect(Math.abs(await at() - before)).toBeLessThan(400);
  // The second time it is the card that one sees.
  const hand = await page.locator('.card.at-hand').getAttribute('data-id');
  await page.keyboard.press('s');
  await expect(toast(page)).toContainText('vào rác');
  expect(await statusOf(service, hand)).toBe('spam');
  expect(await statusOf(service, ids[0])).toBe('pending');
});

test('a late failure does not tear the hand away', async ({ service, visit }) => {
  const ids = await service.submitMany(6);
  const page = await visit(service.member('Lan'));
  let fail;
  const failing = new Promise((done) => { fail = done; });
  await page.route('**/queue/decisions', async (route) => { await failing; await route.abort(); });
  await page.keyboard.press('a');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(card(page, ids[3])).toBeFocused();
  fail();
  await expect(toast(page)).toContainText('Chưa ghi được');
  await expect(card(page, ids[0])).toBeVisible();
  await expect(card(page, ids[3])).toBeFocused();
});

test('a card decided by a colleague while its reason is chosen is theirs, and stays at hand', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const lan = await visit(service.member('Lan'));
  const minh = await visit(service.member('Minh'));
  await lan.keyboard.press('r');
  await minh.keyboard.press('a');
  await expect(card(lan, ids[0])).toContainText('Minh đã duyệt');
  await lan.keyboard.press('Escape');
  await expect(card(lan, ids[0])).toBeFocused();
  await expect(card(lan, ids[0])).toHaveClass(/at-hand/);
  await lan.keyboard.press('r');
  await expect(toast(lan)).toContainText('Minh đã duyệt');
  expect(await statusOf(service, ids[0])).toBe('approved');
});
