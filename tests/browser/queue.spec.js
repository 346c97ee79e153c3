import { test, expect, expectAccessible, ARTICLE } from './desk.js';
import { askAsAdmin, calm, card, statusOf } from './at_queue.js';

askAsAdmin();

test('one key decides, and z takes it back', async ({ service, visit }) => {
  const ids = await service.submitMany(4);
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(4);
  await expect(card(page, ids[0])).toHaveClass(/at-hand/);
  await page.keyboard.press('j');
  await expect(card(page, ids[1])).toBeFocused();
  await page.keyboard.press('k');
  await expect(card(page, ids[0])).toBeFocused();

  await page.keyboard.press('a');
  // The next one is at hand at once.
  await expect(card(page, ids[1])).toBeFocused();
  await expect(card(page, ids[0])).toHaveCount(0);
  await expect(page.locator('#toast')).toContainText('Đã duyệt 1 bình luận.');
  expect(await statusOf(service, ids[0])).toBe('approved');

  await page.keyboard.press('s');
  await expect(page.locator('#toast')).toContainText('vào rác');
  expect(await statusOf(service, ids[1])).toBe('spam');
  await expect(card(page, ids[2])).toBeFocused();

  await page.keyboard.press('z');
  await expect(card(page, ids[1])).toBeFocused();
  await expect(page.locator('.card').first()).toHaveAttribute('data-id', ids[1]);
  expect(await statusOf(service, ids[1])).toBe('pending');
  await page.locator('#undo').click();
  await expect(page.locator('.card').first()).toHaveAttribute('data-id', ids[0]);
  expect(await statusOf(service, ids[0])).toBe('pending');
  await expect(page.locator('#undo')).toBeHidden();
});

test('a reason is chosen with a key, and the last one is at hand', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(card(page, ids[0])).toBeFocused();
  await page.keyboard.press('r');
  await page.keyboard.press('2');
  await expect(page.locator('#toast')).toContainText('Đã từ chối 1 bình luận.');
  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Có lời xúc phạm' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.card')).toHaveCount(0);
  await expect(page.locator('#nothing')).toBeVisible();
  await page.goto('/queue?status=rejected');
  await expect(page.locator('.decided').first()).toContainText('Lý do: Có lời xúc phạm');
  await expectAccessible(page);
});

test('what is picked is decided together and taken back together', async ({ service, visit }) => {
  const ids = await service.submitMany(5);
  const page = await visit(service.member('Lan'));
  await expect(page.locator('#batch')).toBeHidden();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.locator(`#c-${ids[4]} .pick input`).check();
  await expect(page.locator('#picked')).toHaveText('3');
  await expectAccessible(page);
  await page.keyboard.press('Shift+A');
  await expect(page.locator('#toast')).toContainText('Đã duyệt 3 bình luận.');
  await expect(page.locator('.card')).toHaveCount(2);
  await page.locator('#toast-undo').click();
  await expect(page.locator('.card')).toHaveCount(5);
  const order = await page.locator('.card').evaluateAll((cards) => cards.map((one) => one.dataset.id));
  expect(order).toEqual(ids);
  for (const id of ids) expect(await statusOf(service, id)).toBe('pending');
});

test('two moderators see each other and never collide', async ({ service, visit }) => {
  const ids = await service.submitMany(3);
  const lan = await visit(service.member('Lan'));
  const minh = await visit(service.member('Minh'));
  await expect(card(minh, ids[0]).locator('.held')).toHaveText('Lan đang xem', { timeout: 3000 });

  // Minh decides; Lan's list does not jump, her card says who it was.
  await minh.keyboard.press('a');
  await expect(card(lan, ids[0])).toContainText('Minh đã duyệt', { timeout: 2000 });
  await expect(lan.locator('.card')).toHaveCount(3);
  await expect(card(lan, ids[0])).toHaveClass(/at-hand/);
  await expect(lan.locator('[data-tab="lane=likely_fine"] b')).toHaveText('2', { timeout: 2000 });

  // Both press before either hears of the other: one wins, the other is told who.
  await lan.route('**/api/v1/moderation/events*', (route) => route.abort());
  await lan.reload();
  await expect(lan.locator('.card')).toHaveCount(2);
  await minh.keyboard.press('r');
  await minh.keyboard.press('1');
  await expect(minh.locator('#toast')).toContainText('Đã từ chối');
  await lan.keyboard.press('a');
  await expect(lan.locator('#toast')).toContainText('Minh đã từ chối lúc');
  await expect(card(lan, ids[1])).toContainText('Quyết định của bạn không được ghi');
  expect(await statusOf(service, ids[1])).toBe('rejected');
});

test('new comments are announced and come when asked for', async ({ service, visit }) => {
  const [first] = await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await expect(card(page, first)).toBeVisible();
  await page.waitForFunction(() => document.body.classList.contains('offline') === false);
  const [second] = await service.submitMany(1, 2);
  await expect(page.locator('#news')).toHaveText('1 bình luận mới. Hiện', { timeout: 3000 });
  await expect(page.locator('.card')).toHaveCount(1);
  await page.locator('#news').click();
  await expect(card(page, second)).toBeFocused();
  await expect(page.locator('.card')).toHaveCount(2);
  await expect(page.locator('#news')).toBeHidden();
});

test('nothing is lost when the line is cut', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.route('**/queue/decisions', (route) => route.abort());
  await page.keyboard.press('a');
  await expect(page.locator('#toast')).toContainText('Chưa ghi được');
  await expect(page.locator('.card')).toHaveCount(2);
  await expect(card(page, ids[0])).toBeFocused();
  expect(await statusOf(service, ids[0])).toBe('pending');
  await page.unroute('**/queue/decisions');
  await calm(page);
  await page.keyboard.press('a');
  await expect(page.locator('#toast')).toContainText('Đã duyệt');
});

// Texts that have nothing in common but their words, so that none of them are folded into one campaign.
const opinions = (count) => {
  const words = `bài viết rất hay nhưng tỉnh cần làm thêm đường nối hai xã ven sông vì mùa lũ học sinh phải đi vòng xa trường mầm non giá
    lúa xuống thấp nông dân lo lắng bệnh viện huyện nên mở phòng khám buổi tối cây cầu mới giúp bà con thuận tiện chính quyền công khai kinh
    phí thầy cô vất vả năm trước nước lên nhanh xuồng chợ quê rau cá tôm ngày rằm hội làng múa hát đèn sáng phố cổ du khách`.split(/\s+/);
  let seed = 7;
  const next = () => { seed = (seed * 48271) % 2147483647; return words[seed % words.length]; };
  const some = (length) => Array.from({ length }, next).join(' ');
  // Of the signs that there are, so many on every card that its list is long.
  return Array.from({ length: count }, (_, number) => `${some(30)}. Đồ ngu, m.à.y ${some(5)} http://choi-ngay-${number}.example ${some(6)}, `
    + `gọi 0912 3${40000 + number * 331} vay tiền nhanh lãi suất thấp ${some(6)}, cá độ ${some(4)} tele @nhanh${number}, đ.m thằng chó ${some(8)}, `
    + `kết bạn zalo ${some(3)}, việc nhẹ lương cao ${some(7)} ib mình nhé!!!!!! ${some(20)} https://vay-${number}.example/x?y=${number}`);
};

test('the first page travels in less than 60 KB with all that it loads, though every card has many signs', async ({ service, visit }) => {
  for (const [number, body] of opinions(30).entries()) {
    await service.submit({ name: 'Trần Thị Bình', email: `doc-gia-${number}@thu.example`, body });
  }
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(25);
  const browser = await page.context().newCDPSession(page);
  let bytes = 0;
  browser.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await browser.send('Network.enable');
  await browser.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.reload({ waitUntil: 'load' });
  await expect(page.locator('.card mark').first()).toBeVisible();
  const signs = await page.locator('.card').evaluateAll((cards) => cards.map((one) => one.querySelectorAll('details.why li').length));
  expect(Math.min(...signs)).toBeGreaterThan(9);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(60 * 1024);
});

test('a long list goes on by itself', async ({ service, visit }) => {
  const ids = await service.submitMany(32);
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(25);
  for (let number = 0; number < 21; number += 1) await page.keyboard.press('a');
  await expect(card(page, ids[31])).toHaveCount(1);
  await expect(page.locator('.card')).toHaveCount(11);
});

test('a note is for colleagues; keys are silent while one types, and can be turned off', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.keyboard.press('n');
  await page.keyboard.type('xas đã gọi xã');
  await card(page, ids[0]).getByRole('button', { name: 'Lưu ghi chú' }).click();
  await expect(card(page, ids[0]).locator('.notes')).toContainText('xas đã gọi xã');
  await expect(card(page, ids[0]).locator('.notes')).toContainText('Lan');
  expect(await statusOf(service, ids[0])).toBe('pending');

  await calm(page);
  await page.keyboard.press('?');
  await expectAccessible(page);
  await page.getByLabel('Dùng phím tắt một phím').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await page.reload();
  await page.keyboard.press('a');
  await expect(page.locator('.card')).toHaveCount(2);
  expect(await statusOf(service, ids[0])).toBe('pending');
});

test('every button works without JavaScript', async ({ service, visit }) => {
  const ids = await service.submitMany(4);
  const page = await visit(service.member('Lan'), { javaScriptEnabled: false });
  await card(page, ids[0]).getByLabel(/Lý do/).selectOption('off_topic');
  await card(page, ids[0]).getByRole('button', { name: 'Từ chối', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('Đã từ chối 1 bình luận.');
  await page.getByRole('status').first().getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.locator('.card')).toHaveCount(4);
  await page.locator('#batch').getByRole('button', { name: 'Rác' }).click();
  await expect(page.getByRole('status').first()).toContainText('Hãy đánh dấu ô ở đầu thẻ');
  await expect(page.getByRole('status').first()).not.toContainText('Nhấn x');
  await card(page, ids[1]).locator('.pick input').check();
  await card(page, ids[2]).locator('.pick input').check();
  await page.locator('#batch').getByRole('button', { name: 'Rác' }).click();
  await expect(page.getByRole('status').first()).toContainText('Đã cho 2 bình luận vào rác.');
  await card(page, ids[0]).locator('.note summary').click();
  await card(page, ids[0]).getByRole('textbox').fill('hỏi lại phóng viên');
  await card(page, ids[0]).getByRole('button', { name: 'Lưu ghi chú' }).click();
  await expect(card(page, ids[0])).toContainText('hỏi lại phóng viên');
});

test('it works on a phone', async ({ service, visit }) => {
  await service.submitMany(3);
  await service.submit({ name: 'Phạm Văn Cường', email: 'cuong@thu.example', body: `Gọi ngay 0912 345 678 vay tiền nhanh ${'rất dài '.repeat(150)}` });
  for (const colorScheme of ['light', 'dark']) {
    const page = await visit(colorScheme === 'light' ? service.member('Lan') : service.member('Minh'), {
      viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme,
    });
    for (const lane of ['likely_fine', 'look', 'likely_bad']) {
      await page.goto(`/queue?lane=${lane}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(360);
      await expectAccessible(page);
    }
    await page.goto('/queue?lane=likely_fine');
    const before = await page.locator('.card').count();
    await page.locator('.card').first().getByRole('button', { name: 'Duyệt', exact: true }).tap();
    await expect(page.locator('#toast')).toContainText('Đã duyệt');
    await expect(page.locator('.card')).toHaveCount(before - 1);
  }
});

// The intake takes no markup in a name; what is left of hostility is what ends an attribute or begins a template.
const HOSTILE_NAMES = ['" onfocus="alert(10)" autofocus="', "' onclick='alert(11)", '{{constructor.constructor("alert(12)")()}}', '&lt;b onclick=alert(13)&gt;'];

test('whatever a reader typed is text', async ({ service, visit }) => {
  const hostile = [
    '<script>alert(1)</script>', '<img src=x onerror=alert(2)>', '"><svg onload=alert(3)>', "' onfocus='alert(4)' autofocus='",
    '{{constructor.constructor("alert(5)")()}}', 'javascript:alert(6)', '</textarea><script>alert(7)</script>',
    '<a href="javascript:alert(8)">x</a>', '<!--', ']]>', '\u202Egnp.exe', 'a\u0301\u0301\u0301\u0301',
    '<div hx-get="/sign-out" hx-trigger="load" hx-on:click="alert(9)">', '<base href="https://xau.example/">', '&lt;b&gt;', '%3Cscript%3E',
  ];
  for (const [number, body] of hostile.entries()) {
    await service.submit({
      name: `Đạt ${HOSTILE_NAMES[number % HOSTILE_NAMES.length]}`, email: `dat-${number}@thu.example`, body: `${body} câu thứ ${number} ${body}`,
      article: { url: `${ARTICLE}?${number}`, title: body },
    });
  }
  const page = await visit(service.member('Lan'));
  for (const lane of ['likely_fine', 'look', 'likely_bad']) {
    await page.goto(`/queue?lane=${lane}`);
    await page.waitForLoadState('load');
    for (const each of await page.locator('.card').all()) await each.hover();
    for (const name of await page.locator('.card .person b').allTextContents()) expect(name).toMatch(/^Đạt /);
    expect(await page.locator('.card script, .card img, .card svg, .card base, .card [hx-get]').count()).toBe(0);
  }
});

test('many that say the same are one card, decided and taken back together', async ({ service, visit }) => {
  const offer = 'Nhà mình đang cho vay vốn lãi suất thấp, thủ tục nhanh gọn trong ngày, không cần thế chấp, ai cần xin liên hệ chị Hương ở chợ Vinh nhé bà con';
  const ids = [];
  for (let number = 0; number < 5; number += 1) {
    ids.push(await service.submit({ name: 'Chị Hương', email: `huong-${number}@thu.example`, body: offer, article: `${ARTICLE}?${number}` }));
  }
  const page = await visit(service.member('Lan'));
  const lane = await (await fetch(`${service.base}/api/v1/moderation/comments/${ids[4]}`, { headers: { authorization: `Bearer ${service.token}` } })).json();
  await page.goto(`/queue?lane=${lane.lane}`);
  const many = page.locator('.card', { has: page.locator('.alike') });
  await expect(many).toHaveCount(1);
  await expect(many.locator('.alike')).toContainText('bình luận gần giống nhau');
  // What stood behind the card before is no news: one that comes now is the only one.
  const late = await service.submit({ name: 'Chị Hương', email: 'huong-5@thu.example', body: offer, article: `${ARTICLE}?5` });
  await expect(page.locator('#news')).toHaveText('1 bình luận mới. Hiện');
  const held = Number(/\d+/.exec(await many.locator('.alike').textContent())[0]);
  expect(held).toBeGreaterThan(1);
  await many.getByRole('button', { name: 'Rác', exact: true }).click();
  await expect(page.locator('#toast')).toContainText(`Đã cho ${held} bình luận vào rác.`);
  // Nobody has seen that one.
  expect(await statusOf(service, late)).toBe('pending');
  await page.keyboard.press('z');
  await expect(page.locator('#toast')).toContainText(`Đã hoàn tác ${held} bình luận.`);
  await expect(many).toHaveCount(1);
  await many.getByRole('link', { name: 'Xem từng bình luận' }).click();
  await expect(page.locator('.card')).toHaveCount(held + 1);
  await expectAccessible(page);
});

test('words are found without their marks, and a list is narrowed', async ({ service, visit }) => {
  const wanted = await service.submit({ email: 'a@thu.example', body: 'Đảng bộ xã đã trả lời bà con rất rõ ràng về con đường.' });
  await service.submit({ email: 'b@thu.example', body: 'Mùa mưa năm nay nước lên nhanh quá.' });
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(2);
  await page.keyboard.press('/');
  await expect(page.locator('#q')).toBeFocused();
  await page.keyboard.type('dang bo');
  await page.keyboard.press('Enter');
  await expect(page.locator('.card')).toHaveCount(1);
  await expect(card(page, wanted)).toBeVisible();
  await expect(page.locator('.chips')).toContainText('Tìm: dang bo');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await card(page, wanted).focus();
  await page.keyboard.press('a');
  await expect(page.locator('#toast')).toContainText('Đã duyệt');
  await expect(page.locator('#nothing')).toContainText('Mục này không có bình luận nào khớp');
  await page.locator('.chips a').click();
  await expect(page.locator('.card')).toHaveCount(1);
  await page.goto('/queue?lane=likely_fine&q=%3F%3F');
  await expect(page.getByRole('alert')).toContainText('Không có chữ hay số nào để tìm');
  await expectAccessible(page);
});
