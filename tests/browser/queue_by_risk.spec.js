import { test, expect, expectAccessible } from './desk.js';

const looks = [
  ['on a desk', { viewport: { width: 1280, height: 800 } }],
  ['on a phone, in English', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: 'en-US' }],
];

for (const [name, options] of looks) {
  test(`the gravest first, for as long as one decides there, ${name}`, async ({ service, visit }, info) => {
    const [calm] = await service.submitMany(1);
    const grave = await service.submit({ body: 'Ông này nói năng hồ đồ quá' });
    const page = await visit(service.member('Lan'), options);
    const first = () => page.locator('#cards .card').first();
    await page.goto('/queue?lane=likely_fine');
    await expect(page.locator('.orders a[aria-current]')).toHaveText(/Chờ lâu nhất|Longest wait/);
    await expect(first()).toHaveAttribute('data-id', calm);
    await page.locator('.orders a').last().click();
    await expect(page.locator('.orders a[aria-current]')).toHaveText(/Nguy cơ cao nhất|Highest risk/);
    await expect(async () => {
      await page.reload();
      await expect(first()).toHaveAttribute('data-id', grave, { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(page.viewportSize().width);
    await page.screenshot({ path: info.outputPath('risk.png') });
    // Decided and taken back, it is at hand again.
    await first().locator('button[value=approve]').click();
    await expect(first()).toHaveAttribute('data-id', calm);
    await page.locator('#toast-undo').click();
    await expect(first()).toHaveAttribute('data-id', grave);
    // Whoever searches stays in the order.
    await page.fill('#q', 'hồ đồ');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/order=risk/);
    await expect(first()).toHaveAttribute('data-id', grave);
  });
}
