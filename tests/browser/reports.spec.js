import { test, expect, expectAccessible, watch, ORIGIN } from './desk.js';
import { calm } from './at_queue.js';

test('a reader reports without a script, and a key decides', async ({ service, visit, browser }) => {
  const printed = service.run('token', 'add', service.member('Quan', 'admin')).split(/\s+/);
  const token = printed.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
  const ids = await service.submitMany(2);
  const decide = (comments) => fetch(`${service.base}/api/v1/moderation/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'approve', comments }),
  });
  expect((await decide(ids.map((id) => ({ id, revision: 1 })))).status).toBe(200);

  const page = await visit(service.member('Lan'), { viewport: { width: 360, height: 740 } });
  await page.goto('/queue?lane=reported');
  await expect(page.locator('#nothing')).toBeVisible();

  // The reader's page, without a script, on a phone.
  const context = await browser.newContext({ baseURL: service.base, locale: 'vi-VN', javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const reader = await context.newPage();
  const trouble = watch(reader);
  await reader.goto(`/sites/bao/comments/${ids[1]}/report`);
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Báo cáo bình luận');
  expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await reader.getByLabel('Lộ thông tin cá nhân').check();
  await reader.getByLabel('Bạn muốn nói thêm gì?').fill('<img src=x onerror=alert(1)> nhà tôi');
  await reader.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await expect(reader.getByRole('status')).toContainText('đã nhận được báo cáo');
  await expect(reader.getByRole('link', { name: 'Trở lại bài báo' })).toHaveAttribute('href', new RegExp(`^${ORIGIN}.*#duyet-${ids[1]}$`));
  await context.close();
  expect(trouble).toEqual([]);
  const report = (id, reason) => fetch(`${service.base}/api/v1/sites/bao/comments/${id}/reports`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin: ORIGIN }, body: JSON.stringify({ reason }),
  });
  expect((await report(ids[0], 'untrue')).status).toBe(202);

  // It is announced on the open list, counted, and comes when asked for: the first that was reported first.
  await expect(page.locator('#news')).toContainText('2');
  await expect(page.locator('[data-tab="lane=reported"] b')).toHaveText('2');
  await page.locator('#news').click();
  await expect(page.locator('.card').first()).toHaveAttribute('data-id', ids[1]);
  const card = page.locator(`#c-${ids[1]}`);
  await expect(card.locator('.reports')).toContainText('1 báo cáo của bạn đọc');
  await expect(card.locator('.reports')).toContainText('Cần xem ngay');
  await expect(card.locator('.report-note')).toHaveText('<img src=x onerror=alert(1)> nhà tôi');
  await expect(card.getByRole('button', { name: 'Giữ lại' })).toBeVisible();
  await expectAccessible(page);

  await page.goto('/queue?lane=reported');
  await expect(page.locator('.card')).toHaveCount(2);
  await page.keyboard.press('a');
  await expect(page.locator('#toast')).toContainText('Đã giữ lại 1 bình luận.');
  await expect(card).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(page.locator('.card').first()).toHaveAttribute('data-id', ids[1]);
  await calm(page);
  await page.keyboard.press('s');
  await expect(page.locator('#toast')).toContainText('vào rác');
  await expect(page.locator('[data-tab="lane=reported"] b')).toHaveText('1');
  const list = await (await fetch(`${service.base}/api/v1/sites/bao/comments?article=${encodeURIComponent(`${ORIGIN}/xa-hoi/cau-moi.html`)}`)).json();
  expect(list.comments.map(({ id }) => id)).toEqual([ids[0]]);
});
