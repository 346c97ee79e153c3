import { test, expect, expectAccessible } from './desk.js';

/** Decides on all comments of a lane, as fast as a member can. */
async function decideAll(page, lane, action, count) {
  await page.goto(`/queue?lane=${lane}`);
  const token = await page.locator('input[name=csrf]').first().inputValue();
  expect(token).not.toBe('');
  for (let left = count; left > 0;) {
    const answer = await page.evaluate(async ([asked]) => {
      const found = await fetch(`/api/v1/moderation/comments?status=pending&lane=${asked.lane}&limit=50`).then((one) => one.json());
      const comments = found.comments.map(({ id, revision }) => ({ id, revision }));
      if (comments.length === 0) return 0;
      const decided = await fetch('/api/v1/moderation/decisions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action: asked.action, comments }),
      });
      return decided.ok ? comments.length : -1;
    }, [{ lane, action }]);
    expect(answer).toBeGreaterThan(0);
    left -= answer;
  }
}

const looks = [
  ['in Vietnamese', { viewport: { width: 1280, height: 800 } }],
  ['in English, dark', { viewport: { width: 1280, height: 800 }, locale: 'en-US', colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
];

for (const [name, options] of looks) {
  test(`how right the model is, accessible and within the page, ${name}`, async ({ service, visit }, info) => {
    const page = await visit(service.member('Lan', 'editor'), options);
    await page.goto('/numbers');
    await expect(page.locator('#model')).toBeVisible();
    await expect(page.locator('#model + p')).toContainText(/chưa học quyết định nào|has learnt no decision/);
    await expectAccessible(page);
    const bad = await service.submit({ body: 'Đồ ngu như chó, câm mồm đi thằng khốn nạn' });
    await service.submitMany(110);
    for (const lane of ['likely_bad', 'look', 'likely_fine']) {
      const waiting = await page.evaluate(async (asked) => {
        const found = await fetch(`/api/v1/moderation/comments?status=pending&lane=${asked}&limit=100`).then((one) => one.json());
        return found.comments.length;
      }, lane);
      if (waiting > 0) await decideAll(page, lane, 'approve', waiting);
    }
    await expect(async () => {
      await page.goto('/numbers');
      await expect(page.locator('#h-model-hundreds')).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(page.viewportSize().width);
    const chart = page.locator('section[aria-labelledby=h-model-hundreds]').getByRole('img');
    await expect(chart).toHaveAccessibleName(/\S/);
    await page.locator('#model').scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath('model.png'), fullPage: true });
    // What it was most wrong about is a way to its card.
    await page.locator('section[aria-labelledby=h-model-wrong]').getByRole('link').first().click();
    await expect(page).toHaveURL(new RegExp(`comment=${bad}`));
  });
}
