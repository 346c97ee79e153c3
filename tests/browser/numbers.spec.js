import { test, expect, expectAccessible } from './desk.js';

/** A service with some comments, decided and waiting, whose numbers are counted. */
async function counted(service, page) {
  const ids = await service.submitMany(6);
  await page.goto('/queue?lane=likely_fine');
  await page.locator('button[value=approve]').first().click();
  await expect(async () => {
    await page.goto('/numbers');
    await expect(page.locator('main')).toContainText(/6 (bình luận|comments)/, { timeout: 500 });
    await expect(page.locator('#h-waits + .hint + p + .scroll svg')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  return ids;
}

const looks = [
  ['in Vietnamese', {}],
  ['in Vietnamese, dark', { colorScheme: 'dark' }],
  ['in English, dark', { locale: 'en-US', colorScheme: 'dark' }],
  ['on a phone, dark', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme: 'dark' }],
];

for (const [name, options] of looks) {
  test(`charts with their tables, accessible and within the page, ${name}`, async ({ service, visit }, info) => {
    const page = await visit(service.member('Lan', 'editor'), options);
    await page.goto('/numbers');
    await expect(page.locator('.nothing')).toBeVisible();
    await expectAccessible(page);
    await counted(service, page);
    for (const days of [7, 30, 90]) {
      await page.goto(`/numbers?days=${days}`);
      await expect(page.locator('.ranges a[aria-current=page]')).toContainText(String(days));
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(page.viewportSize().width);
    }
    await page.goto('/numbers?days=7');
    // Statuses, waits, who decides, articles; no rule was overturned, and the model has no hundred decisions.
    const charts = page.getByRole('img');
    await expect(charts).toHaveCount(4);
    for (const chart of await charts.all()) {
      await expect(chart).toBeVisible();
      await expect(chart).toHaveAccessibleName(/\S/);
      // Its table stands beneath it.
      const table = chart.locator('xpath=ancestor::section').locator('table');
      const [above, below] = [await chart.boundingBox(), await table.boundingBox()];
      expect(below.y).toBeGreaterThan(above.y + above.height - 1);
    }
    await expect(page.locator('section >> nth=0 >> tbody tr')).toHaveCount(7);
    await page.screenshot({ path: info.outputPath('numbers.png'), fullPage: true });
    await page.locator('section[aria-labelledby=h-busy]').getByRole('link').click();
    await expect(page).toHaveURL(/\/articles\/[0-9a-f-]+$/);
  });
}

test('one is led there, and every tone stands out from the card', async ({ service, visit }) => {
  for (const [name, options] of looks.slice(0, 2)) {
    const page = await visit(service.member(name.length > 15 ? 'Minh' : 'Lan'), options);
    if (name.length < 15) await counted(service, page);
    await page.goto('/queue');
    await page.locator('.ways a[href="/numbers"]').click();
    await expect(page.locator('h1')).toHaveText('Số liệu');
    // Its title stands before its style sheet is there.
    await page.waitForLoadState('load');
    const contrasts = await page.evaluate(() => {
      const light = (color) => {
        const [r, g, b] = color.match(/[\d.]+/g).map(Number).map((part) => {
          const c = part / 255;
          return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const card = light(getComputedStyle(document.querySelector('.panel')).backgroundColor);
      return [0, 1, 2, 3, 4, 5].map((tone) => {
        const fill = light(getComputedStyle(document.querySelector(`pattern .tone-${tone}`)).fill);
        return (Math.max(fill, card) + 0.05) / (Math.min(fill, card) + 0.05);
      });
    });
    for (const contrast of contrasts) expect(contrast).toBeGreaterThanOrEqual(3);
  }
});
