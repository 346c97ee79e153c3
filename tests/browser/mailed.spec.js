import { join } from 'node:path';
import { test, expect, expectAccessible, signIn, PASSWORD } from './desk.js';
import { farewell, mail, withMails } from './mailbox.js';

const links = (page) => page.locator('a.do:not([href$="/queue"])');
const shots = process.env.DUYET_SHOTS;

async function shot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

const withMail = test.extend({
  service: async ({}, use) => {
    const service = await withMails();
    await use(service);
    await service.stop();
  },
});

withMail('a decision from a mail asks who one is, shows the comment, and waits for the button', async ({ service, visit }) => {
  const lan = service.member('Lan');
  await service.submit({ name: 'Khách', body: 'Tao sẽ đánh chết mày, cứ chờ đấy. Xem https://xau.example/vay nhé.' });
  const page = await visit();
  await page.setContent(await mail(service, lan));
  await expect(links(page)).toHaveCount(3);
  const link = await links(page).first().getAttribute('href');
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.fill('#email', lan);
  await page.fill('#password', PASSWORD);
  await page.click('main button[type=submit]');
  await expect(page).toHaveURL(/\/decide\//);
  await expect(page.getByRole('status')).toContainText('Chưa có gì được quyết định');
  await expect(page.locator('mark').first()).toContainText('đánh chết');
  // What the rule is called stands beside its mark.
  await page.locator('.body mark').first().hover();
  await expect(page.locator('#mark-label')).toBeVisible();
  await shot(page, 'decide-hover');
  await page.mouse.move(0, 0);
  await expect(page.locator('#mark-label')).toBeHidden();
  await expectAccessible(page);
  await shot(page, 'decide');
  await page.setViewportSize({ width: 360, height: 740 });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await shot(page, 'decide-360');
  await page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Bạn đã duyệt lúc');
  await expectAccessible(page);
  await shot(page, 'decided-360');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByRole('status')).toContainText('đã được hoàn tác');
  await expect(page.getByRole('button', { name: 'Duyệt', exact: true })).toHaveCount(0);
});

withMail('a guard that runs scripts and presses every button decides nothing', async ({ service, visit }) => {
  const lan = service.member('Lan');
  await service.submit({ body: 'Ý kiến mà bộ lọc thư sẽ mở thử.' });
  const guard = await visit();
  await guard.setContent(await mail(service, lan));
  const all = await guard.locator('a').evaluateAll((found) => found.map((one) => one.href));
  expect(all.length).toBeGreaterThan(5);
  // A form that was pressed may still be on its way, and cut short whatever comes next.
  const again = async (doing) => {
    for (let left = 4; left > 0; left -= 1) {
      try {
        return await doing();
      } catch {
        await guard.waitForLoadState();
      }
    }
    return doing();
  };
  const open = (link) => again(() => guard.goto(link));
  for (const link of all) {
    await open(link);
    for (let place = 0; place < await again(() => guard.locator('button').count()); place += 1) {
      await guard.locator('button').nth(place).click({ timeout: 2_000 }).catch(() => {});
      await guard.waitForLoadState();
      await open(link);
    }
    await again(() => guard.evaluate(() => { for (const form of document.forms) form.submit(); }));
    await guard.waitForLoadState();
  }
  const page = await visit(lan);
  await page.goto('/queue?lane=likely_fine');
  await expect(page.getByText('Ý kiến mà bộ lọc thư sẽ mở thử.')).toBeVisible();
});

withMail('when mail comes is chosen without a script, and turned off from the mail', async ({ service, visit }) => {
  const lan = service.member('Lan');
  await service.submit({ body: 'Một ý kiến để có thư.' });
  const page = await visit(lan, { javaScriptEnabled: false });
  await page.goto('/account');
  await page.selectOption('#pace', 'hourly');
  await page.fill('input[name=quiet_from]', '22:00');
  await page.getByRole('button', { name: 'Lưu cách nhận thư' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.locator('#quiet-error')).toBeVisible();
  await page.fill('input[name=quiet_to]', '06:30');
  await page.check('input[name=urgent_in_quiet]');
  await page.getByRole('button', { name: 'Lưu cách nhận thư' }).click();
  await expect(page.getByRole('status')).toContainText('Đã lưu cách nhận thư');
  await expect(page.locator('#pace')).toHaveValue('hourly');
  await expect(page.locator('input[name=quiet_to]')).toHaveValue('06:30');
  await page.locator('#mail').scrollIntoViewIfNeeded();
  const seen = await visit(lan);
  for (const [width, scheme] of [[1280, 'light'], [360, 'light'], [360, 'dark'], [1280, 'dark']]) {
    await seen.emulateMedia({ colorScheme: scheme });
    await seen.setViewportSize({ width, height: 900 });
    await seen.goto('/account');
    await expectAccessible(seen);
    expect(await seen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (shots) await seen.locator('section[aria-labelledby=mail]').screenshot({ path: join(shots, `habits-${width}-${scheme}.png`) });
  }
  const reader = await visit();
  await reader.goto(await farewell(service, lan));
  await expectAccessible(reader);
  await shot(reader, 'off');
  await reader.getByRole('button', { name: 'Thôi gửi thư báo cho tôi' }).click();
  await expect(reader.getByRole('status')).toContainText('Đã tắt');
  await expectAccessible(reader);
  await seen.goto('/account');
  await expect(seen.locator('#pace')).toHaveValue('off');
});

withMail('the mail is read on a phone and on a wide screen, by day and by night', async ({ service, visit }) => {
  const page = await visit();
  for (const [name, article] of [['Khách', 'cau-moi'], ['Trần Thị Bưởi', 'truong-hoc']]) {
    const url = `https://bao.example/xa-hoi/${article}.html`;
    const title = article === 'cau-moi' ? 'Cầu mới thông xe trước Tết' : 'Trường học vùng cao đón học sinh';
    await service.submit({ name, email: `${article}@thu.example`, body: `Đường tới ${article} đã xong, bà con mừng lắm. Xem thêm https://xau.example/vay-nhanh nhé.`, article: { url, title } });
    await service.submit({ name: 'Lê Văn Tám', email: `tam-${article}@thu.example`, body: article === 'cau-moi' ? 'Tao sẽ đánh chết mày, cứ chờ đấy.' : 'Cảm ơn các thầy cô.\nChúc các em học giỏi.', article: { url, title } });
  }
  // All four are in the first mail of who comes after them.
  const lan = service.member('Lan');
  const message = await mail(service, lan);
  await page.setContent(message);
  await expect(page.locator('.card')).toHaveCount(4);
  await expect(page.locator('mark').first()).toBeVisible();
  for (const width of [360, 1000]) {
    for (const scheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.setContent(message);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await expectAccessible(page);
      await shot(page, `mail-${width}-${scheme}`);
    }
  }
});
