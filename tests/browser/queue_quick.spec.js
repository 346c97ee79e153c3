// Quick hands: a double click is one click, as many keys as are pressed count, and what is meant by a key is what Shift says.

import { test, expect } from './desk.js';
import { askAsAdmin, card, statusOf, toast } from './at_queue.js';

askAsAdmin();

/** The middle of an element, once the page around it has come to rest. */
async function place(locator) {
  await locator.scrollIntoViewIfNeeded();
  await locator.hover();
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
}

for (const [name, between] of [['at once', 0], ['in its time', 150]]) {
  test(`a double click decides one comment, ${name}`, async ({ service, visit }) => {
    const ids = await service.submitMany(4);
    // High enough that what is told at its foot covers no card.
    const page = await visit(service.member('Lan'), { viewport: { width: 1280, height: 1100 } });
    const [x, y] = await place(card(page, ids[0]).getByRole('button', { name: 'Duyệt', exact: true }));
    await page.mouse.click(x, y, { clickCount: 2, delay: between / 2 });
    await expect(toast(page)).toContainText('Đã duyệt 1 bình luận.');
    await expect(page.locator('.card')).toHaveCount(3);
    // Two single clicks of a hand that shakes.
    await page.waitForFunction((then) => performance.now() > then, await page.evaluate(() => performance.now() + 500));
    await page.mouse.click(x, y);
    await page.mouse.click(x + 2, y + 1);
    await expect(page.locator('.card')).toHaveCount(2);
    const open = async () => (await Promise.all(ids.map((id) => statusOf(service, id)))).filter((status) => status === 'pending');
    await expect.poll(open).toHaveLength(2);
    // Somebody who takes the time to look is taken at their word.
    await page.waitForFunction((then) => performance.now() > then, await page.evaluate(() => performance.now() + 500));
    await page.mouse.click(x, y);
    await expect(page.locator('.card')).toHaveCount(1);
  });
}

test('a double click on Reject chooses no reason', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  const button = card(page, ids[0]).getByRole('button', { name: 'Từ chối', exact: true });
  const [x, y] = await place(button);
  // The menu stands where the second click falls.
  await page.evaluate(([left, top]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`#reasons li:first-child button { position: fixed; left: ${left - 40}px; top: ${top - 20}px; width: 80px; height: 40px; }`);
    document.adoptedStyleSheets = [sheet];
  }, [x, y]);
  await page.mouse.click(x, y, { clickCount: 2 });
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('2');
  await expect(toast(page)).toContainText('Đã từ chối 1 bình luận.');
  expect(await statusOf(service, ids[1])).toBe('pending');
});

test('a double click on Undo takes back one decision', async ({ service, visit }) => {
  const ids = await service.submitMany(3);
  const page = await visit(service.member('Lan'));
  for (let number = 0; number < 2; number += 1) await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Đã duyệt');
  await expect(card(page, ids[1])).toHaveCount(0);
  await page.waitForFunction(() => JSON.parse(sessionStorage.getItem('duyet-undo')).entries.length === 2);
  await page.locator('#undo').dblclick();
  await expect(card(page, ids[1])).toBeVisible();
  await page.waitForFunction(() => JSON.parse(sessionStorage.getItem('duyet-undo')).entries.length === 1);
  expect(await statusOf(service, ids[0])).toBe('approved');
  expect(await statusOf(service, ids[1])).toBe('pending');
});

test('five times z takes back five decisions, however fast', async ({ service, visit }) => {
  const ids = await service.submitMany(7);
  const page = await visit(service.member('Lan'));
  const undone = [];
  page.on('request', (request) => { if (request.url().endsWith('/queue/undo')) undone.push(new URLSearchParams(request.postData()).get('batch')); });
  const batches = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('/queue/decisions')) batches.push((await response.json()).batch);
  });
  for (const key of ['a', 's', 'a', 's', 'a']) {
    const left = await page.locator('.card').count();
    await page.keyboard.press(key);
    await expect(page.locator('.card')).toHaveCount(left - 1);
    await expect.poll(() => batches.length).toBe(7 - left + 1);
  }
  for (let number = 0; number < 5; number += 1) {
    await page.keyboard.press('z');
    await page.waitForFunction((then) => performance.now() > then, await page.evaluate(() => performance.now() + 120));
  }
  await expect(page.locator('.card')).toHaveCount(7);
  for (const id of ids) await expect.poll(() => statusOf(service, id)).toBe('pending');
  expect(undone).toEqual([...batches].reverse());
  await expect(card(page, ids[0])).toBeFocused();
  await expect(page.locator('#undo')).toBeHidden();
});

test('what cannot be undone stays to be undone, in its order', async ({ service, visit }) => {
  const ids = await service.submitMany(4);
  const page = await visit(service.member('Lan'));
  for (const left of [3, 2, 1]) {
    await page.keyboard.press('a');
    await expect(page.locator('.card')).toHaveCount(left);
    await expect.poll(() => statusOf(service, ids[3 - left])).toBe('approved');
  }
  await page.route('**/queue/undo', (route) => route.abort());
  for (let number = 0; number < 3; number += 1) await page.keyboard.press('z');
  await expect(toast(page)).toContainText('Chưa hoàn tác được');
  await page.waitForFunction(() => JSON.parse(sessionStorage.getItem('duyet-undo')).entries.length === 3);
  await page.unroute('**/queue/undo');
  await page.keyboard.press('z');
  await expect(card(page, ids[2])).toBeVisible();
  expect(await statusOf(service, ids[1])).toBe('approved');
});

test('Caps Lock is not Shift', async ({ service, visit }) => {
  const ids = await service.submitMany(3);
  const page = await visit(service.member('Lan'));
  await card(page, ids[2]).locator('.pick input').check();
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  const press = (key, shiftKey) => page.evaluate(
    (init) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })), { key, shiftKey },
  );
  await press('A', false);
  await expect(toast(page)).toContainText('Đã duyệt 1 bình luận.');
  expect(await statusOf(service, ids[0])).toBe('approved');
  expect(await statusOf(service, ids[2])).toBe('pending');
  await press('s', true);
  await expect(toast(page)).toContainText('Đã cho 1 bình luận vào rác.');
  expect(await statusOf(service, ids[2])).toBe('spam');
  expect(await statusOf(service, ids[1])).toBe('pending');
});
