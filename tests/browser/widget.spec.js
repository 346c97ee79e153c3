// The widget on a page of another origin, under a policy that lets in nothing but it.

import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { expectAccessible } from './desk.js';
import { PHONE, decide, own, paper, posts, publish, published, send, service, stored, test, write } from './on_a_page.js';

test.describe.configure({ mode: 'default' });

test('a comment waits for its reader alone, is edited, published and taken back', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await expect(page.locator('duyet-comments h2')).toHaveText('Ý kiến bạn đọc');
  // The page with its own style, the script and one list; nothing else before somebody writes.
  expect(page.asked.map((request) => new URL(request.url()).pathname)).toEqual([new URL(url).pathname, '/bao.css', '/widget.js', '/api/v1/sites/song/comments']);

  await write(page);
  await send(page).dblclick();
  await expect(own(page)).toContainText('Đang chờ duyệt');
  await expect(page.form.getByRole('status')).toContainText('Cảm ơn bạn');
  expect(posts(page)).toHaveLength(1);
  await expect(page.form.getByLabel('Ý kiến của bạn')).toHaveValue('');
  const [{ id }] = await stored(url);

  // On another device nobody sees it.
  const other = await open(url);
  await expect(other.locator('duyet-comments h2')).toBeVisible();
  await expect(own(other)).toHaveCount(0);
  await expect(other.locator('duyet-comments')).not.toContainText('thông xe');

  await page.reload();
  await expect(own(page)).toContainText('Mong cầu sớm thông xe');
  await own(page).getByRole('button', { name: 'Sửa' }).click();
  await page.locator('#edit').fill('Mong cầu sớm thông xe. Cảm ơn toà soạn!');
  await own(page).getByRole('button', { name: 'Gửi bản đã sửa' }).click();
  await expect(own(page)).toContainText('Cảm ơn toà soạn!');
  await expect(own(page)).toContainText('đã sửa');

  await decide(id, 'approve');
  await page.reload();
  await expect(page.list.locator('article')).toContainText('Cảm ơn toà soạn!');
  await expect(page.list.locator('article')).toContainText('Ý kiến của bạn');
  await expect(own(page)).toHaveCount(0);

  await page.list.getByRole('button', { name: 'Rút lại' }).click();
  await page.list.locator('form').getByRole('button', { name: 'Rút lại' }).click();
  await expect(page.list.locator('article')).toHaveCount(0);
  expect((await stored(url)).map(({ status }) => status)).toEqual(['withdrawn']);
  await page.reload();
  await expect(page.locator('duyet-comments h2')).toBeVisible();
  await expect(own(page)).toHaveCount(0);
});

test('a comment that is not published says why, until its reader puts it away', async ({ open }) => {
  const url = publish({ lang: 'en' });
  const page = await open(url, { locale: 'en-GB' });
  await write(page);
  await page.form.getByLabel('Your comment').press('Control+Enter');
  await expect(own(page)).toContainText('Waiting for review');
  const [{ id }] = await stored(url);
  await decide(id, 'reject', 'off_topic');
  await page.reload();
  await expect(own(page)).toContainText('Not published');
  await expect(own(page)).toContainText('Not about the article');
  await own(page).getByRole('button', { name: 'Hide' }).click();
  await expect(own(page)).toHaveCount(0);
});

test('what is wrong is told at its field, and the reader led there', async ({ open }) => {
  const page = await open(publish());
  await page.form.getByLabel('Ý kiến của bạn').fill('Cầu đẹp.');
  await send(page).click();
  const name = page.form.getByLabel('Họ tên', { exact: true });
  await expect(name).toBeFocused();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/Bạn chưa điền ô này/);
  expect(posts(page)).toHaveLength(0);
  await write(page, { body: 'Cầu đẹp.', name: 'Gọi 0912345678', email: 'an@gmial.com' });
  await send(page).click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/số điện thoại/);
  await expect(page.form.getByRole('alert')).toContainText('Có chỗ cần sửa');
  await page.form.getByRole('button', { name: /Bạn định ghi an@gmail\.com/ }).click();
  await expect(page.form.getByLabel('Email', { exact: true })).toHaveValue('an@gmail.com');
  await name.fill('Lê Văn An');
  await expect(name).not.toHaveAttribute('aria-invalid');
  await send(page).click();
  await expect(own(page)).toContainText('Đang chờ duyệt');
});

test('a long text is counted near the limit, and a draft outlives the page', async ({ open }) => {
  const page = await open(publish());
  await page.form.getByLabel('Ý kiến của bạn').fill('Cầu đẹp quá, bà con mừng lắm.');
  await page.form.getByLabel('Họ tên', { exact: true }).fill('Lê Văn An');
  await page.reload();
  const text = page.form.getByLabel('Ý kiến của bạn');
  await expect(text).toHaveValue('Cầu đẹp quá, bà con mừng lắm.');
  // Nobody asked to keep the name.
  await expect(page.form.getByLabel('Họ tên', { exact: true })).toHaveValue('');
  await text.fill('ổ'.repeat(4_990));
  await expect(page.form).toContainText('Còn 10 ký tự');
  await text.fill('ổ'.repeat(5_004));
  await expect(page.form).toContainText('Dài quá 4 ký tự');
  await write(page, { body: 'Cầu đẹp.' });
  await page.form.getByLabel('Nhớ họ tên và email trên máy này').check();
  await send(page).click();
  await expect(own(page)).toBeVisible();
  await page.reload();
  await expect(text).toHaveValue('');
  await expect(page.form.getByLabel('Email', { exact: true })).toHaveValue('an@thu.example');
});

test('a lost network loses nothing: the comment is sent once when it is back', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page);
  await page.context().setOffline(true);
  await send(page).click();
  await expect(page.form.getByRole('status')).toContainText('Chưa gửi được');
  await expect(page.form.getByLabel('Ý kiến của bạn')).toHaveValue(/thông xe/);
  await page.context().setOffline(false);
  await expect(own(page)).toContainText('Đang chờ duyệt');
  // Answers that are lost on their way count as well: the same key is the same comment.
  let lost = 0;
  await page.route('**/api/v1/sites/song/comments', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await write(page, { body: 'Lần này thư trả lời bị mất giữa đường.' });
  await send(page).click();
  await expect(own(page)).toHaveCount(2);
  expect(lost).toBe(1);
  expect(await stored(url)).toHaveLength(2);
});

test('threads, their order, more of them, and a link to one of them', async ({ open }) => {
  const url = publish({ body: '<duyet-comments limit="3" order="oldest"></duyet-comments>' });
  const ids = await published(url, [
    { body: 'Ý kiến thứ nhất về cây cầu' },
    { body: 'Tôi cũng thấy vậy', parent: 0, name: 'Lê Văn Tám' },
    { body: 'Vâng, cảm ơn anh Tám', parent: 1 },
    { body: 'Toà soạn đã ghi nhận', parent: 0, as: 'newsroom' },
    { body: 'Ý kiến thứ hai về con đường' },
    { body: 'Ý kiến thứ ba về bến phà' },
    { body: 'Ý kiến thứ tư về chợ huyện' },
    { body: 'Ý kiến thứ năm về trường học' },
  ]);
  const page = await open(url);
  const bodies = () => page.list.locator('article .body').allTextContents();
  await expect(page.locator('duyet-comments h2')).toHaveText('Ý kiến bạn đọc (8)');
  expect(await bodies()).toEqual(['Ý kiến thứ nhất về cây cầu', 'Tôi cũng thấy vậy', 'Vâng, cảm ơn anh Tám', 'Toà soạn đã ghi nhận', 'Ý kiến thứ hai về con đường', 'Ý kiến thứ ba về bến phà']);
  const comment = (id) => page.list.locator(`#duyet-${id}`);
  await expect(comment(ids[2])).toContainText('trả lời Lê Văn Tám');
  await expect(comment(ids[1])).not.toContainText('trả lời Trần');
  await expect(comment(ids[3]).locator('.badge')).toHaveText('Toà soạn');
  await expect(comment(ids[0]).locator('time')).toHaveAttribute('datetime', /^20\d\d-/);
  await page.getByRole('button', { name: 'Xem thêm' }).click();
  await expect(comment(ids[6])).toBeFocused();
  await expect(page.getByRole('button', { name: 'Xem thêm' })).toHaveCount(0);

  await page.getByLabel('Sắp xếp').selectOption('replies');
  await expect(page.list.locator('article').first()).toHaveId(`duyet-${ids[0]}`);
  await page.getByLabel('Sắp xếp').selectOption('newest');
  await expect(page.list.locator('article').first()).toHaveId(`duyet-${ids[7]}`);
  await expect(comment(ids[0])).toHaveCount(0);

  const linked = await open(`${url}#duyet-${ids[7]}`);
  await expect(linked.list.locator(`#duyet-${ids[7]}`)).toBeFocused();
  await expect(linked.list.locator(`#duyet-${ids[7]}`)).toBeInViewport();
  const link = linked.list.locator(`#duyet-${ids[6]} header a`);
  await expect(link).toHaveAttribute('href', `${url}#duyet-${ids[6]}`);
  await link.click();
  await expect(linked.list.locator(`#duyet-${ids[6]}`)).toBeFocused();
  expect(linked.url()).toBe(`${url}#duyet-${ids[6]}`);
  await linked.getByRole('button', { name: 'Xem tất cả ý kiến' }).click();
  await expect(linked.list.locator('article').first()).toHaveId(`duyet-${ids[0]}`);
});

test('a comment is answered, and reported to the newsroom', async ({ open }) => {
  const url = publish();
  const [id] = await published(url, [{ body: 'Ai cũng mong cây cầu này' }]);
  const page = await open(url);
  const comment = page.list.locator(`#duyet-${id}`);
  await comment.getByRole('button', { name: 'Trả lời Trần Thị Bình' }).click();
  await expect(comment.getByLabel('Ý kiến của bạn')).toBeFocused();
  await write(page, { body: 'Đúng vậy, chị Bình ạ.' });
  await page.reload();
  await expect(comment.getByLabel('Ý kiến của bạn')).toHaveValue('Đúng vậy, chị Bình ạ.');
  await write(page, { body: 'Đúng vậy, chị Bình ạ.' });
  await send(page).click();
  await expect(own(page)).toContainText('Đúng vậy');
  const answer = (await stored(url)).find(({ body }) => body.startsWith('Đúng vậy'));
  await decide(answer.id, 'approve');
  await page.reload();
  await expect(page.list.locator(`ol #duyet-${answer.id}`)).toBeVisible();

  await comment.getByRole('button', { name: 'Báo vi phạm: Trần Thị Bình' }).click();
  await expect(comment.getByLabel('Ý kiến này có gì không ổn?')).toBeFocused();
  await comment.getByLabel('Ý kiến này có gì không ổn?').selectOption('untrue');
  await comment.getByLabel('Nói thêm, nếu cần').fill('Cầu đã có từ năm ngoái.');
  await comment.getByRole('button', { name: 'Gửi cho toà soạn' }).click();
  await expect(comment).toContainText('Cảm ơn bạn. Toà soạn sẽ xem lại');
});

test('a site may ask for consent, for a mail and for work, in a worker or without one', async ({ open }) => {
  service.run('site', 'add', 'siet', '--name', 'Báo Siết', '--origin', paper.origin);
  service.run('site', 'set', 'siet', 'proof_of_work=always', 'tell_decision=true', 'consent.version=2026-01', 'consent.text=Tôi đồng ý để báo lưu họ tên.');
  for (const worker of [true, false]) {
    // A page whose policy has no workers is told so by its browser; the work is done all the same.
    const page = await open(publish({ site: 'siet', worker }), worker ? {} : { policy: /^Creating a worker/ });
    await write(page);
    await send(page).click();
    await expect(page.form.getByRole('alert')).not.toBeEmpty();
    await expect(page.form.getByLabel('Tôi đồng ý')).toBeFocused();
    await page.form.getByLabel('Tôi đồng ý').check();
    await page.form.getByLabel('Gửi thư cho tôi').check();
    await send(page).click();
    // Whatever is worked on, one can go on writing.
    await expect(own(page)).toContainText('Đang chờ duyệt', { timeout: 30_000 });
  }
});

test('what somebody typed is text', async ({ open }) => {
  const url = publish();
  const bodies = [
    '<script>alert(1)</script>', '<img src=x onerror=alert(2)>', '"><svg onload=alert(3)>', '${alert(4)} {{alert(5)}} {}',
    'javascript:alert(6)', '</p></article><duyet-comments article="x">', '<style>*{display:none}</style>', '&lt;b&gt;&amp;', '\u202eđảo chữ\u202c $& $1',
    'https://thuoc.example/?a=<b>', `${'a'.repeat(300)}`, 'dòng\n\nhai',
  ];
  const names = ['$& $1 An', '{} Bình', 'constructor', '__proto__', 'O’Hara "x" onclick=alert(7)', 'Ẩn\u0301\u0302 danh'];
  await published(url, bodies.map((body, at) => ({ body, name: names[at % names.length] })).filter(({ name }) => name));
  const page = await open(url, PHONE);
  await expect(page.list.locator('article')).toHaveCount(bodies.length);
  const shown = await page.list.locator('article .body').allTextContents();
  expect(shown.sort()).toEqual([...bodies].sort());
  expect(await page.list.locator('script, img, svg, style, b, .body *').count()).toBe(0);
  expect(await page.list.locator('.body a').count()).toBe(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
  await page.list.getByRole('button', { name: /^Trả lời/ }).first().click();
  await expect(page.form.locator('h3')).toContainText('Trả lời');
});

test('of all that is out to break something nothing runs', async ({ open }) => {
  const url = publish();
  const kinds = JSON.parse(readFileSync(new URL('../fixtures/hostile.json', import.meta.url), 'utf8'));
  const texts = Object.values(kinds).flat();
  const taken = [];
  for (const [at, body] of texts.entries()) {
    const comment = { body: `${body} (${at})` };
    // Few of them pass for a name, and what has control characters not even for a text.
    taken.push(...await published(url, [{ ...comment, name: body }]).catch(() => published(url, [comment])).catch(() => []));
  }
  expect(taken.length).toBeGreaterThan(55);
  const page = await open(publish({ head: `<link rel="canonical" href="${url}">`, body: '<duyet-comments limit="100"></duyet-comments>' }), PHONE);
  await expect(page.list.locator('article')).toHaveCount(taken.length);
  expect(await page.list.locator('script, img, svg, style, iframe, meta, b, i, .body *').count()).toBe(0);
  await expect(page.list).toContainText('<script>alert(1)</script>');
  await expect(page.list).toContainText('{{7*7}} {% raw %} ${7*7}');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('several elements on a page with a base, and one question for all counts', async ({ open }) => {
  const one = publish();
  const two = publish();
  await published(one, [{ body: 'Ý kiến dưới bài một' }]);
  const page = await open(publish({
    base: 'https://khong-co.example/',
    head: '<base href="https://khong-co.example/"><link rel="canonical" href="' + one + '">',
    body: `<p><duyet-count></duyet-count> <duyet-count article="${one}">?</duyet-count> <duyet-count article="${two}">?</duyet-count></p>
      <duyet-comments></duyet-comments><duyet-comments article="${two}" lang="en" theme="dark"></duyet-comments>`,
  }));
  await expect(page.locator('duyet-count')).toHaveText(['1', '1', '0']);
  const [first, second] = [page.locator('duyet-comments').first(), page.locator('duyet-comments').last()];
  await expect(first.locator('article')).toContainText('Ý kiến dưới bài một');
  await expect(second.locator('h2')).toHaveText('Readers’ comments');
  await expect(second).toContainText('No comments');
  expect(page.asked.filter((request) => request.url().includes('/counts'))).toHaveLength(1);
  await expect(first.locator('header a').first()).toHaveAttribute('href', new RegExp(`^${one}#duyet-`));
  await second.getByLabel('Your comment').fill('A comment under the second');
  await expect(first.getByLabel('Ý kiến của bạn')).toHaveValue('');
  // A link to a comment of the one is no matter of the other's.
  const heard = second.evaluate((element) => new Promise((loaded) => { element.addEventListener('duyet-loaded', loaded, { once: true }); }).then(() => 1));
  await first.locator('header a').first().click();
  expect(await heard).toBe(1);
  await expect(first.locator('article')).toBeFocused();
  await expect(second.locator('h2')).not.toBeFocused();
  await expect(second.locator('.order .hint')).toHaveCount(0);
  await expectAccessible(page);
});

test('what stands in the element stays without scripts, and as long as the list cannot be had', async ({ open }) => {
  const body = '<duyet-comments><form method="post" action="/gui"><textarea name="noi_dung" aria-label="Ý kiến"></textarea></form></duyet-comments>';
  const url = publish({ body });
  const without = await open(url, { javaScriptEnabled: false });
  await expect(without.locator('textarea')).toBeVisible();

  const page = await open('about:blank', { policy: /origins/ });
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.goto(url);
  await expect(page.getByText('Xin thử lại')).toBeVisible();
  await expect(page.locator('textarea[name=noi_dung]')).toBeVisible();
  await page.unroute('**/api/v1/**');
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await expect(page.form).toBeVisible();
  await expect(page.locator('textarea[name=noi_dung]')).toBeHidden();

  // Whoever is faster than the list goes on where they are, and finds what they typed in the widget.
  const whole = publish({
    body: `<duyet-comments><form method="post" action="/gui"><textarea name="noi_dung" aria-label="Ý kiến"></textarea>
      <input name="ho_ten" aria-label="Họ tên"><input name="email" aria-label="Email"></form></duyet-comments>`,
  });
  const typing = await open('about:blank');
  let release;
  const held = new Promise((done) => { release = done; });
  await typing.route('**/api/v1/**', async (route) => { await held; await route.continue(); });
  await typing.goto(whole);
  await typing.locator('textarea[name=noi_dung]').fill('Tôi viết trước khi tải xong');
  const answered = typing.waitForResponse(/api\/v1/);
  release();
  await answered;
  await typing.locator('input[name=ho_ten]').fill('Lê Thị Sáu');
  await typing.locator('input[name=email]').fill('sau@thu.example');
  await expect(typing.locator('textarea[name=noi_dung]')).toBeVisible();
  await typing.locator('input[name=email]').blur();
  await expect(typing.form.getByLabel('Ý kiến của bạn')).toHaveValue('Tôi viết trước khi tải xong');
  await expect(typing.form.getByLabel('Họ tên', { exact: true })).toHaveValue('Lê Thị Sáu');
  await expect(typing.form.getByLabel('Email', { exact: true })).toHaveValue('sau@thu.example');
  await expect(typing.locator('textarea[name=noi_dung]')).toBeHidden();
});

test('what left by the plain form in the element is told of by the widget', async ({ open }) => {
  const form = (url) => `<duyet-comments><form method="post" action="${service.base}/api/v1/sites/song/comments"><textarea name="noi_dung"></textarea>
    <input name="ho_ten" value="Lê Thị Sáu"><input name="email" value="sau@thu.example"><input type="hidden" name="article" value="${url}">
    <input type="hidden" name="return" value="${url}"><button>Gửi</button></form></duyet-comments>`;
  const url = publish();
  paper.publish(new URL(url).pathname, service.base, { site: 'song', body: form(url) });
  const page = await open('about:blank', { policy: /origins/ });
  let cut = true;
  await page.route('**/comments?**', (route) => (cut ? route.abort() : route.continue()));
  await page.goto(url);
  await page.locator('textarea[name=noi_dung]').fill('Tôi gửi bằng biểu mẫu thường');
  cut = false;
  await page.locator('duyet-comments').getByRole('button', { name: 'Gửi' }).click();
  await expect(page).toHaveURL(/duyet=pending/);
  await expect(page.form.getByRole('status')).toContainText('Cảm ơn bạn');
  expect((await stored(url)).map(({ body }) => body)).toEqual(['Tôi gửi bằng biểu mẫu thường']);
  // Once: whoever opens that address again has sent nothing.
  await page.reload();
  await expect(page.form).toBeVisible();
  await expect(page.form.getByRole('status')).toHaveText('');
});

test('a comment says how long ago it came, and exactly when to whoever asks', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Ai cũng mong cây cầu này' }]);
  const page = await open(url, PHONE);
  const time = page.list.locator('time');
  const shown = () => time.evaluate((element) => getComputedStyle(element, '::after').content);
  await expect(time).toContainText(/giây trước|bây giờ/);
  expect(await shown()).toBe('none');
  await time.tap();
  await expect.poll(shown).toContain(await time.getAttribute('title'));
  await expect(time).toHaveAttribute('title', /\d+:\d+ \d+ tháng \d+/);
});

test('what looks like a slip in an address is told with the thanks', async ({ open }) => {
  const url = publish();
  const page = await open(url);
  await write(page, { email: 'lan@gmial.com' });
  await send(page).click();
  await expect(page.form.getByRole('status')).toContainText('lan@gmail.com');
  expect((await stored(url)).map(({ email }) => email)).toEqual(['lan@gmial.com']);
});

test('all of it works by the keyboard alone', async ({ open }) => {
  const url = publish();
  await published(url, [{ body: 'Một ý kiến đã đăng' }]);
  const page = await open(url);
  await expect(page.list.locator('article')).toHaveCount(1);
  const focused = () => page.evaluate(() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at.id || at.name || at.textContent;
  });
  const tab = async (to) => {
    for (let step = 0; step < 15 && (await focused()) !== to; step += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe(to);
  };
  await tab('body');
  await page.keyboard.type('Viết bằng bàn phím');
  await tab('name');
  await page.keyboard.type('Lê Văn An');
  await tab('email');
  await page.keyboard.type('an@thu.example');
  await tab('Gửi ý kiến');
  await page.keyboard.press('Enter');
  await expect(own(page)).toBeFocused();
  await tab('Rút lại');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('Rút lại');
  await tab('Thôi');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('Rút lại');
  await tab('Báo vi phạm');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('reason');
});

for (const [name, lang, options] of [
  ['in Vietnamese, wide and light', 'vi', {}],
  ['in Vietnamese, on a phone and dark', 'vi', { ...PHONE, colorScheme: 'dark' }],
  ['in English, on a phone and light', 'en', { ...PHONE, locale: 'en-GB' }],
  ['in English, wide and dark', 'en', { locale: 'en-GB', colorScheme: 'dark' }],
]) {
  test(`the widget is accessible ${name}`, async ({ open }) => {
    const url = publish({ lang });
    await published(url, [
      { body: 'Cây cầu mới giúp bà con hai bờ đi lại thuận tiện, nhất là mùa mưa lũ. Mong huyện sớm làm tiếp đường dẫn.', name: 'Trần Thị Bình' },
      { body: 'Tôi đi thử sáng nay, xe chạy rất êm.', parent: 0, name: 'Lê Văn Tám' },
      { body: 'Cảm ơn bạn đọc. Toà soạn sẽ đăng tiếp về đường dẫn trong số tới.', parent: 0, name: 'Báo Sông Lam', as: 'newsroom' },
      { body: 'Bao giờ thì bỏ trạm thu phí ở đầu cầu?', name: 'Phạm Văn Cường' },
    ]);
    const page = await open(url, options);
    await expect(page.list.locator('article')).toHaveCount(4);
    await expectAccessible(page);
    await write(page, { email: 'an' });
    await send(page).click();
    await expect(page.locator('#email-error')).not.toBeEmpty();
    await expectAccessible(page);
    await write(page);
    await send(page).click();
    await expect(own(page)).toBeVisible();
    await page.list.getByRole('button', { name: /^(Báo vi phạm|Report)/ }).first().click();
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(page.viewportSize().width);
    if (process.env.DUYET_TEST_PICTURES) {
      await page.screenshot({ path: `${process.env.DUYET_TEST_PICTURES}/widget ${name}.png`, fullPage: true });
    }
  });
}
