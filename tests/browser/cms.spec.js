// An admin connects the newspaper's CMS: which one it is, how its messages are read, and the secret that it proves itself by.

import { test, expect, expectAccessible } from './desk.js';

for (const [name, options] of [
  ['on a wide screen', { viewport: { width: 1280, height: 900 } }],
  ['on a phone, dark', { colorScheme: 'dark', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
]) {
  test(`a CMS is connected on the page of settings ${name}`, async ({ service, visit }) => {
    const page = await visit(service.member('Lan', 'admin'), options);
    await page.goto('/settings');
    await expect(page.getByText('/api/v1/sites/bao/cms')).toBeVisible();
    await page.getByLabel('CMS nào gửi').selectOption('strapi');
    await page.getByLabel('Mẫu địa chỉ bài viết').fill('bao.example/{entry.slug}');
    await page.getByRole('button', { name: 'Lưu cài đặt' }).click();
    // What is wrong stands at its field, and what was typed is still there.
    await expect(page.getByLabel('Mẫu địa chỉ bài viết')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('CMS nào gửi')).toHaveValue('strapi');
    await page.getByLabel('Mẫu địa chỉ bài viết').fill('https://bao.example/{entry.slug}.html');
    await page.getByLabel('Mỗi thông tin nằm ở đâu').fill('section: entry.chuyen_muc.ten\ntitle = entry.ten');
    await page.getByRole('button', { name: 'Lưu cài đặt' }).click();
    await expect(page.getByText('Đã lưu.')).toBeVisible();
    expect(service.run('site', 'show', 'bao')).toContain('cms.fields=section: entry.chuyen_muc.ten; title: entry.ten');

    await page.getByRole('button', { name: 'Đổi khoá' }).click();
    const secret = await page.getByText(/^whsec_/).textContent();
    expect(service.run('site', 'secret', 'bao')).toContain(secret);
    await expectAccessible(page);
    await page.goto('/settings');
    await expect(page.getByText(secret)).toHaveCount(0);
    await expect(page.getByText('Khoá cũ còn dùng được đến')).toBeVisible();
  });
}
