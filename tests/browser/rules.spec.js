import { test, expect, expectAccessible } from './desk.js';

const HOSTILE = '<script>alert(1)</script> <img src=x onerror=alert(2)>';

async function addDraft(page, word) {
  await page.goto('/rules/words');
  await page.fill('#word', word);
  await page.click('.word-form button.primary');
  await expect(page.locator('.notice')).toContainText('Đã thêm bản nháp');
}

/** Comments without tones, each approved by a person. */
async function approved(service, page, count) {
  for (let number = 0; number < count; number += 1) {
    await service.submit({ email: `b${number}@thu.example`, body: `cac ban doc gia thu ${'abcdefgh'[number]} noi rat dung ve viec nay` });
  }
  await page.goto('/queue?lane=likely_fine');
  for (let left = count; left > 0; left -= 1) {
    await page.goto('/queue?lane=likely_fine');
    // The card leaves at once; the next page shows it again unless the decision is recorded.
    const recorded = page.waitForResponse('**/queue/decisions');
    await page.locator('.card button.approve').first().click();
    await recorded;
    await expect(page.locator('.card')).toHaveCount(left - 1);
  }
}

test('a draft is added, tried with its progress seen, and made live in spite of a warning', async ({ service, visit }) => {
  const page = await visit(service.member('Lan', 'editor'));
  await approved(service, page, 4);
  await addDraft(page, 'các');
  await expectAccessible(page);
  await page.selectOption('#days', '7');
  await page.click('#backtest-form button');
  await expect(page.locator('progress')).toBeVisible();
  await expectAccessible(page);
  // It comes by itself.
  await expect(page.locator('#result')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.collision').first()).toContainText('“các” không dấu là từ thường gặp: 4 bình luận sạch sẽ bị giữ.');
  await expect(page.locator('.sample mark').first()).toHaveText('cac');
  await expect(page.locator('.sides').first()).toContainText('Có vẻ ổn');
  await expectAccessible(page);
  await page.click('.use-word button');
  await expect(page.locator('.notice')).toContainText('Từ đã được dùng');
  await service.submit({ body: 'Các bác ơi vào mà xem.' });
  await page.goto('/queue?lane=look');
  await expect(page.locator('.card mark').first()).toHaveText('Các');
});

test('without scripts the same is done by reloading', async ({ service, visit }) => {
  const email = service.member('Lan', 'editor');
  await service.submit({ body: 'Các bác ơi.' });
  const page = await visit(email, { javaScriptEnabled: false });
  await addDraft(page, 'các');
  await page.click('#backtest-form button');
  await expect(page.locator('progress')).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.locator('#result')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.locator('.shift h3').first()).toContainText('1');
});

for (const [name, options] of [
  ['in English, dark', { locale: 'en-US', colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
]) {
  test(`rules, words and back-tests are accessible and run nobody's script, ${name}`, async ({ service, visit }) => {
    const page = await visit(service.member('Lan', 'editor'), options);
    await service.submit({ name: 'Hoa', body: `các ${HOSTILE}` });
    const check = async (where) => {
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, where).toBeLessThanOrEqual(page.viewportSize().width);
    };
    for (const path of ['/rules', '/rules?q=khong-co-gi', '/rules?category=spam', '/rules/one?rule=vi.profanity.core', '/rules/one?rule=khong.co', '/rules/words']) {
      await page.goto(path);
      for (const summary of await page.locator('.rule summary').all().then((all) => all.slice(0, 3))) await summary.click();
      await check(path);
    }
    for (const word of ['các', HOSTILE]) {
      await page.goto('/rules/words');
      await page.fill('#word', word);
      await page.click('.word-form button.primary');
      await expect(page.locator('.notice')).toBeVisible();
    }
    await check('words with drafts');
    await page.click('#backtest-form button');
    await check('progress');
    await expect(page.locator('#result')).toBeVisible({ timeout: 20_000 });
    await check('results');
    await page.goto('/rules/words');
    await check('words tried');
    await page.locator('.own-words a').first().click();
    await check('a word of the site');
  });
}
