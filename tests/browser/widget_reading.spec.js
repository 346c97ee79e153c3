// What a reader sees of the widget before they write: when it loads, how it looks, how much at a time, and the plain form where there is none.

import { expect } from '@playwright/test';
import { api, publish, published, stored, test } from './on_a_page.js';

test.describe.configure({ mode: 'default' });

test('a page styles the widget by its properties and parts', async ({ open }) => {
  const url = publish({ body: '<duyet-comments class="to-mau"></duyet-comments>' });
  await published(url, [{ body: 'Toà soạn đã ghi nhận', as: 'newsroom' }]);
  const page = await open(url);
  await page.form.getByLabel('Ý kiến của bạn').focus();
  const button = page.form.getByRole('button', { name: 'Gửi ý kiến' });
  await expect(button).toHaveCSS('background-color', 'rgb(159, 34, 78)');
  await expect(button).toHaveCSS('text-transform', 'uppercase');
  await expect(button).toHaveCSS('border-radius', '0px');
  await expect(page.list.locator('article')).toHaveCSS('border-left-width', '3px');
  await expect(page.list.locator('article')).toHaveCSS('font-family', 'sans-serif');
});

test('nothing is asked for until the reader comes near', async ({ open }) => {
  const page = await open(publish({ body: '<div class="dai"></div><duyet-comments></duyet-comments>' }));
  const asked = () => page.asked.filter((request) => request.url().includes('/api/')).length;
  await page.waitForFunction(() => document.querySelector('duyet-comments').shadowRoot);
  await page.mouse.wheel(0, 1_000);
  await page.waitForFunction(() => scrollY >= 1_000);
  // Two frames: an observer would have told by then.
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  expect(asked()).toBe(0);
  await page.mouse.wheel(0, 2_000);
  await expect(page.locator('duyet-comments h2')).toBeAttached();
  expect(asked()).toBe(1);
});

test('fifty stand there at first, and what is added is announced', async ({ open }) => {
  const url = publish();
  const ids = await Promise.all(Array.from({ length: 53 }, async (_, number) => {
    const answer = await api('/sites/song/comments', {
      method: 'POST',
      body: JSON.stringify({ article: { url }, name: 'Toà soạn', email: `toa-soan-${number}@bao.example`, body: `Ý kiến thứ ${number} về cây cầu` }),
    });
    expect(answer.status).toBe(202);
    return (await answer.json()).id;
  }));
  const comments = ids.map((id) => ({ id, revision: 1 }));
  for (const some of [comments.slice(0, 30), comments.slice(30)]) {
    const answer = await api('/moderation/decisions', { method: 'POST', body: JSON.stringify({ action: 'approve', comments: some }) });
    expect(answer.status).toBe(200);
  }
  const page = await open(url);
  await expect(page.locator('duyet-comments h2')).toHaveText('Ý kiến bạn đọc (53)');
  await expect(page.list.locator('article')).toHaveCount(50);
  await page.getByRole('button', { name: 'Xem thêm' }).click();
  await expect(page.list.locator('article')).toHaveCount(53);
  await expect(page.locator('duyet-comments section > [role=status]')).toHaveText('Đã thêm 3 ý kiến.');
  await expect(page.getByRole('button', { name: 'Xem thêm' })).toHaveCount(0);
  // So is how much room there is, when its writer pauses.
  await page.form.getByLabel('Ý kiến của bạn').fill('ổ'.repeat(4_990));
  await expect(page.locator('duyet-comments section > [role=status]')).toHaveText('Còn 10 ký tự.');
});

test('a time is told from now, and by the clock where one asks', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ý kiến đầu' }]);
  const at = async (hours, pattern) => {
    const page = await open('about:blank');
    const then = new Date(Date.now() + hours * 3_600_000);
    await page.clock.setFixedTime(then);
    await page.goto(url);
    const time = page.list.locator('time');
    await expect(time).toHaveText(pattern);
    await expect(time).toHaveAttribute('title', /\d{1,2} tháng \d{1,2}, \d{4}.*\d{2}:\d{2}|\d{2}:\d{2}.*\d{1,2} tháng \d{1,2}, \d{4}/);
    expect(Math.abs(new Date(await time.getAttribute('datetime')) - Date.now())).toBeLessThan(120_000);
  };
  await at(2, /^2 giờ trước$/);
  await at(26, /^(hôm qua|1 ngày trước)$/i);
  await at(24 * 30, /^\d{1,2} (thg|tháng) \d{1,2}, \d{4}$/);
});

test('the form in the page works without scripts, by the names that old forms have', async ({ open }) => {
  for (const [name, text] of [['hoten', 'noidung'], ['ho_ten', 'noi_dung']]) {
    const url = publish();
    const [action, from] = [new URL('/', (await open(url)).asked.find((one) => one.url().endsWith('/widget.js')).url()), url];
    const plain = publish({
      body: `<duyet-comments><form method="post" action="${action}api/v1/sites/song/comments" accept-charset="utf-8">
        <input type="hidden" name="article" value="${from}"><input type="hidden" name="return" value="${from}">
        <label>Họ tên <input name="${name}"></label> <label>Email <input name="email"></label>
        <label>Ý kiến <textarea name="${text}"></textarea></label> <button>Gửi</button></form></duyet-comments>`,
    });
    const page = await open(plain, { javaScriptEnabled: false });
    await page.getByLabel('Họ tên').fill('Lê Văn Cũ');
    await page.getByLabel('Email').fill('cu');
    await page.getByLabel('Ý kiến').fill('Trang cũ vẫn gửi được.');
    await page.getByRole('button', { name: 'Gửi' }).click();
    // What is wrong comes back on a page of ours, with what was typed.
    await expect(page.getByRole('alert').first()).toBeVisible();
    await expect(page.locator('textarea')).toHaveValue('Trang cũ vẫn gửi được.');
    await page.locator('input[name=email]').fill('cu@thu.example');
    await page.getByRole('button', { name: /^Gửi/ }).click();
    await page.waitForURL(`${from}?duyet=pending`);
    expect((await stored(from)).map(({ name: who, body }) => [who, body])).toEqual([['Lê Văn Cũ', 'Trang cũ vẫn gửi được.']]);
  }
});
