import { test, expect, expectAccessible, PASSWORD } from './desk.js';

test('who knows the password comes in and out again', async ({ service, visit }) => {
  const lan = service.member('Lan');
  const page = await visit();
  await page.goto('/queue?lane=likely_bad');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expectAccessible(page);

  await page.fill('#email', lan);
  await page.fill('#password', 'sai-mat-khau');
  await page.click('main button[type=submit]');
  await expect(page.getByRole('alert')).toContainText('không đúng');
  await expect(page.locator('#email')).toHaveValue(lan);
  await expectAccessible(page);

  await page.fill('#password', PASSWORD);
  await page.click('main button[type=submit]');
  await expect(page).toHaveURL(/\/queue\?lane=likely_bad/);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.goto('/queue');
  await expect(page).toHaveURL(/\/sign-in/);
});
