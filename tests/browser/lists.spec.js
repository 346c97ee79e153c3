import { test, expect, expectAccessible, ARTICLE } from './desk.js';

const HOSTILE = 'Bà con <script>alert(1)</script> <img src=x onerror=alert(2)> "\'&amp;';
// The intake takes no markup in a name.
const HOSTILE_NAME = 'An " onfocus="alert(3)" autofocus=" &lt;b&gt; {{7*7}}';

/** The pages beside the queue, each with something on it. */
async function pages(service) {
  await service.submit({ name: HOSTILE_NAME, body: HOSTILE, article: { url: ARTICLE, title: HOSTILE } });
  await service.submitMany(2);
  return ['/bans', '/authors', '/authors?site=bao&email=an@thu.example', '/articles', '/articles?q=khong-co'];
}

async function ban(page, pattern, reason) {
  await page.selectOption('#ban-kind', 'email');
  await page.fill('#ban-pattern', pattern);
  await page.fill('#ban-reason', reason);
  await page.click('.ban-form button');
}

test('who is banned is rejected, and what waits of theirs when one asks; all of it comes back', async ({ service, visit }) => {
  const page = await visit(service.member('Lan', 'editor'));
  await service.submit({});
  await page.goto('/bans');
  await ban(page, 'an@', 'rao');
  await expect(page.locator('#ban-pattern-error')).toBeVisible();
  await expect(page.locator('#ban-reason')).toHaveValue('rao');
  await ban(page, 'an@thu.example', HOSTILE);
  await expect(page.locator('.notice')).toContainText('Còn 1 bình luận');
  await expect(page.locator('.ban .typed')).toHaveText(HOSTILE);
  await expectAccessible(page);
  await page.click('.notice button.danger');
  await expect(page.locator('.notice')).toContainText('Đã từ chối 1 bình luận');
  await page.goto('/queue?status=rejected');
  await expect(page.locator('.card')).toHaveCount(1);
  await service.submit({ body: 'Lại rao đây.' });
  await page.goto('/queue?status=rejected');
  await expect(page.locator('.card')).toHaveCount(2);
  await page.goto('/bans');
  await expect(page.locator('.ban')).toContainText('Đã chặn 1 bình luận');
  // Not by one press: it is asked for twice.
  await expect(page.locator('.ban button')).toBeHidden();
  await page.click('.ban summary');
  await page.click('.ban button');
  await expect(page.locator('.ban')).toContainText('Không còn hiệu lực');
  await expect(page.locator('.ban button')).toHaveCount(0);
});

test('an article is found without marks, closed and dated', async ({ service, visit }) => {
  await service.submit({});
  const page = await visit(service.member('Lan', 'editor'));
  await page.goto('/articles');
  await page.fill('#q', 'cau moi');
  await page.keyboard.press('Enter');
  await page.click('.articles a');
  await expectAccessible(page);
  await page.click('button[value=close]');
  await expect(page.locator('.notice')).toBeVisible();
  await expect(service.submit({ body: 'Muộn rồi.' })).rejects.toThrow('403');
  await page.click('button[value=open]');
  await page.fill('#closes_at', '2099-01-01T07:00');
  await page.click('button[value=date]');
  await expect(page.locator('main')).toContainText('Mở đến 07:00, 01/01/2099');
  await page.click('button[value=premoderate]');
  await expect(page.locator('main')).toContainText('Mọi bình luận đều chờ người duyệt');
  await expectAccessible(page);
});

test('what a site chose is changed on a page, and what is wrong is told at its field', async ({ service, visit }) => {
  const page = await visit(service.member('Lan', 'editor'), { viewport: { width: 360, height: 740 } });
  await page.goto('/settings');
  await page.fill('#edit_window', 'mười');
  await page.fill('#reserved_names', 'Chuyện làng');
  await page.click('.settings button.primary');
  await expect(page.getByRole('alert')).toContainText('Chưa lưu');
  await expect(page.locator('#edit_window')).toHaveValue('mười');
  await expect(page.locator('#edit_window')).toHaveAccessibleDescription(/một tuần/);
  await expectAccessible(page);
  await page.fill('#edit_window', '5');
  await page.click('.settings button.primary');
  await expect(page.locator('.notice')).toContainText('Đã lưu');
  await expect(page.locator('#reserved_names')).toHaveValue('Chuyện làng');
  await expectAccessible(page);
  await page.goto('/history');
  await expect(page.locator('main')).toContainText('đã đổi cài đặt');
});

for (const [name, options] of [
  ['in English, dark', { locale: 'en-US', colorScheme: 'dark' }],
  ['on a phone', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
]) {
  test(`every list is accessible and runs nobody's script, ${name}`, async ({ service, visit }) => {
    const page = await visit(service.member('Lan', 'editor'), options);
    for (const path of await pages(service)) {
      await page.goto(path);
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(page.viewportSize().width);
    }
    await page.goto('/articles');
    await page.click('.articles a >> nth=0');
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(page.viewportSize().width);
  });
}
