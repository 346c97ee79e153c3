import { createHmac } from 'node:crypto';
import { test, expect, expectAccessible, signIn, PASSWORD } from './desk.js';
import { mail, withMails } from './mailbox.js';

/** The code of a phone's program (RFC 6238), so many steps from now. */
function code(key, steps = 0) {
  const bits = [...key.replace(/\s/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a phone is set up, asked for, and can be done without', async ({ service, visit }) => {
  const lan = service.member('Lan');
  const page = await visit(lan);
  await page.getByRole('link', { name: 'Tài khoản' }).click();
  await expectAccessible(page);
  await page.fill('#password', PASSWORD);
  await page.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
  await expect(page.getByRole('img', { name: 'Mã QR' })).toBeVisible();
  await expectAccessible(page);
  const key = await page.locator('code.key').innerText();
  await page.fill('#code', code(key));
  await page.getByRole('button', { name: 'Bật', exact: true }).click();
  await expect(page.locator('.codes li')).toHaveCount(10);
  await expectAccessible(page);
  const recovery = await page.locator('.codes li').first().innerText();

  const again = await visit();
  await again.goto('/sign-in');
  await again.fill('#email', lan);
  await again.fill('#password', PASSWORD);
  await again.click('main button[type=submit]');
  await expect(again).toHaveURL(/\/sign-in\/code/);
  await expectAccessible(again);
  await again.fill('#code', 'khong-phai');
  await again.click('main button[type=submit]');
  await expect(again.getByRole('alert')).toContainText('Mã dự phòng không đúng');
  await again.fill('#code', code(key, 1));
  await again.click('main button[type=submit]');
  await expect(again).toHaveURL(/\/queue/);

  const lost = await visit();
  await lost.goto('/sign-in');
  await lost.fill('#email', lan);
  await lost.fill('#password', PASSWORD);
  await lost.click('main button[type=submit]');
  await lost.fill('#code', recovery.toUpperCase());
  await lost.click('main button[type=submit]');
  await expect(lost).toHaveURL(/\/queue/);
  await lost.goto('/account');
  await expect(lost.getByText('Còn 9 mã dự phòng')).toBeVisible();
  await lost.getByRole('button', { name: 'Đăng xuất mọi nơi khác' }).click();
  await expect(lost.getByRole('status')).toBeVisible();
  await page.goto('/queue');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('an admin invites and binds, in either language and on a phone', async ({ service, visit }) => {
  const lan = service.member('Lan', 'admin');
  for (const locale of ['vi-VN', 'en-GB']) {
    for (const width of [360, 1280]) {
      const page = await visit(lan, { locale, viewport: { width, height: 800 } });
      for (const path of ['/account', '/members']) {
        await page.goto(path);
        await expectAccessible(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, `${path} at ${width}`).toBeLessThanOrEqual(width);
      }
    }
  }
  const page = await visit(lan);
  await page.goto('/members');
  await page.fill('#name', 'Lê Hoa');
  await page.fill('#email', 'hoa@bao.example');
  await page.getByLabel('Biên tập').check();
  await page.getByText('Chuyên mục của Báo Sông Lam').click();
  await page.getByLabel('Chuyên mục của Báo Sông Lam').fill('Thể thao\nGiải trí');
  await page.getByRole('button', { name: 'Gửi lời mời' }).click();
  // Nothing was written under an article of those yet.
  await expect(page.getByRole('status')).toContainText(['Đã gửi lời mời', 'Không bài nào gần đây thuộc chuyên mục']);
  await expect(page.getByText('Báo Sông Lam: Giải trí, Thể thao')).toBeVisible();
  await page.getByRole('link', { name: 'Sửa Lê Hoa' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Khoá tài khoản' }).click();
  await expect(page.getByRole('button', { name: 'Mở khoá' })).toBeVisible();
});

test('the entrance fits a phone in both themes', async ({ service, visit }) => {
  service.member('Lan');
  for (const colorScheme of ['light', 'dark']) {
    const page = await visit(null, { colorScheme, viewport: { width: 360, height: 720 } });
    for (const path of ['/sign-in', '/forgotten']) {
      await page.goto(path);
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(360);
    }
    await page.fill('#email', 'khong-co@bao.example');
    await page.click('main button[type=submit]');
    await expect(page.getByText('khong-co@bao.example')).toBeVisible();
    await expectAccessible(page);
  }
  const page = await visit(null);
  await signIn(page, 'lan@bao.example');
});

/** Nothing that axe finds, nothing to scroll to the side, and all of it in the language that was asked for. */
async function expectFit(page, locale) {
  await expectAccessible(page);
  await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, page.url()).toBeLessThanOrEqual(page.viewportSize().width);
}

for (const locale of ['vi-VN', 'en-GB']) {
  const options = { locale, viewport: { width: 360, height: 720 } };

  test(`the pages of a second step are accessible in ${locale}`, async ({ service, visit }) => {
    const lan = service.member('Lan');
    const page = await visit(lan, options);
    await page.goto('/account');
    await page.fill('#password', PASSWORD);
    await page.locator('form[action="/account/phone/begin"] button').click();
    await expect(page).toHaveURL(/\/account\/phone$/);
    await expectFit(page, locale);
    const key = await page.locator('code.key').innerText();
    await page.fill('#code', 'khong-phai');
    await page.locator('form[action="/account/phone/confirm"] button').click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expectFit(page, locale);
    await page.fill('#code', code(key));
    await page.locator('form[action="/account/phone/confirm"] button').click();
    await expect(page.locator('.codes li')).toHaveCount(10);
    await expectFit(page, locale);
    const again = await visit(null, options);
    await again.goto('/sign-in');
    await again.fill('#email', lan);
    await again.fill('#password', PASSWORD);
    await again.click('main button[type=submit]');
    await expect(again).toHaveURL(/\/sign-in\/code/);
    await expectFit(again, locale);
    await again.fill('#code', 'khong-phai');
    await again.click('main button[type=submit]');
    await expect(again.getByRole('alert')).toBeVisible();
    await expectFit(again, locale);
  });
}

const withMail = test.extend({
  service: async ({}, use) => {
    const service = await withMails();
    await use(service);
    await service.stop();
  },
});

/** The way to a page that a mail leads to. */
async function wayIn(service, address, place) {
  const [link] = new RegExp(`${service.base}${place}[^"<\\s]+`).exec(await mail(service, address, place));
  return link;
}

withMail('who comes by the link of a mail finds an accessible page in either language', async ({ service, visit }) => {
  const page = await visit(service.member('Lan', 'admin'));
  await page.goto('/members');
  await page.fill('#name', 'Lê Hoa');
  await page.fill('#email', 'hoa@bao.example');
  await page.getByRole('button', { name: 'Gửi lời mời' }).click();
  await expect(page.getByRole('status')).toContainText('Đã gửi lời mời');
  service.member('Minh');
  await page.goto('/forgotten');
  await page.fill('#email', 'minh@bao.example');
  await page.click('main button[type=submit]');
  const ways = [await wayIn(service, 'hoa@bao.example', '/join/'), await wayIn(service, 'minh@bao.example', '/reset/')];
  for (const way of ways) {
    for (const locale of ['vi-VN', 'en-GB']) {
      const come = await visit(null, { locale, viewport: { width: 360, height: 720 } });
      await come.goto(way);
      await expectFit(come, locale);
      await come.fill('#password', '1234567890');
      await come.click('main button[type=submit]');
      await expect(come.locator('[aria-invalid=true]')).toBeVisible();
      await expectFit(come, locale);
    }
  }
  for (const [place, way] of ways.entries()) {
    const come = await visit(null, { locale: place ? 'en-GB' : 'vi-VN' });
    await come.goto(way);
    await come.fill('#password', 'mot-cau-khac-han-nhe');
    await come.click('main button[type=submit]');
    await expect(come).toHaveURL(/\/sign-in\?done=/);
    await expectAccessible(come);
    // The link counts once.
    await come.goto(way);
    await expectAccessible(come);
  }
});
