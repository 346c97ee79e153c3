import { readFileSync } from 'node:fs';
import { test, expect, expectAccessible, ARTICLE } from './desk.js';

const HOSTILE = 'Bà con <script>alert(1)</script> <img src=x onerror=alert(2)> "\'&amp;';

/** Something of each kind in the history. */
async function deeds(page, service) {
  await service.submit({ body: 'Mong cầu sớm xong.', article: { url: ARTICLE, title: HOSTILE } });
  await page.goto('/queue');
  await page.locator('.card button[value=approve]').first().click();
  await page.goto('/bans');
  await page.selectOption('#ban-kind', 'email');
  await page.fill('#ban-pattern', 'rao@thu.example');
  await page.fill('#ban-reason', HOSTILE);
  await page.click('.ban-form button');
  await expect(page.locator('.notice')).toBeVisible();
}

test('the history is narrowed, and downloaded as it is narrowed', async ({ service, visit }) => {
  const page = await visit(service.member('Lan', 'admin'));
  await deeds(page, service);
  await page.click('.ways a[href="/history"]');
  await expect(page.locator('.history')).toContainText('đã đăng bình luận');
  await expect(page.locator('.history')).toContainText('đã cấm email “rao@thu.example”');
  await expect(page.locator('.history')).toContainText('đã đăng nhập');
  await expect(page.locator('.history')).toContainText(HOSTILE);
  await page.selectOption('#kind', 'bans');
  await page.click('main form[method=get] button');
  await expect(page.locator('.history li')).toHaveCount(1);
  await expect(page.locator('#kind')).toHaveValue('bans');
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.export button')]);
  expect(download.suggestedFilename()).toMatch(/^duyet-history-\d{4}-\d\d-\d\d\.csv$/);
  const table = readFileSync(await download.path(), 'utf8');
  expect(table.charCodeAt(0)).toBe(0xfeff);
  expect(table.trimEnd().split('\r\n')).toHaveLength(2);
  expect(table).toContain('rao@thu.example');
  await page.goto('/history?kind=members');
  await expect(page.locator('.history li').first()).toContainText('đã tải nhật ký về');
  await page.goto('/history');
  await page.locator('.history a', { hasText: 'Bình luận của' }).first().click();
  await expect(page.locator('.card')).toHaveCount(1);
});

for (const [name, options] of [
  ['in English, dark', { locale: 'en-US', colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
]) {
  test(`the history is accessible and runs nobody's script, ${name}`, async ({ service, visit }) => {
    const page = await visit(service.member('Lan', 'admin'), options);
    await deeds(page, service);
    for (const path of ['/history', '/history?kind=articles', '/history?comment=019ab0f2-3c00-7000-8000-000000000001']) {
      await page.goto(path);
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(page.viewportSize().width);
    }
    await page.goto('/history');
    if (process.env.DUYET_TEST_PICTURES) {
      await page.screenshot({ path: `${process.env.DUYET_TEST_PICTURES}/history ${name}.png`, fullPage: true });
    }
  });
}
