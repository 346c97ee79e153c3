// Others at the same queue, and oneself in another tab: who was faster is said, and nothing that was typed is lost.

import { test, expect, signIn, ARTICLE, PASSWORD } from './desk.js';
import { askAsAdmin, calm, card, statusOf, toast } from './at_queue.js';

askAsAdmin();

const OFFER = 'Nhà mình đang cho vay vốn lãi suất thấp, thủ tục nhanh gọn trong ngày, không cần thế chấp, ai cần xin liên hệ chị Hương ở chợ Vinh nhé bà con';

/** Comments that say the same, of which one card is shown; the address of its list. */
async function campaign(service) {
  const ids = [];
  for (let number = 0; number < 5; number += 1) {
    ids.push(await service.submit({ name: 'Chị Hương', email: `huong-${number}@thu.example`, body: OFFER, article: `${ARTICLE}?${number}` }));
  }
  const asked = await fetch(`${service.base}/api/v1/moderation/comments/${ids[4]}`, { headers: { authorization: `Bearer ${service.token}` } });
  return `/queue?lane=${(await asked.json()).lane}`;
}

const folded = (page) => page.locator('.card', { has: page.locator('.alike') });

for (const scripted of [true, false]) {
  test(`who comes too late to a campaign is told who was faster, ${scripted ? 'cut off from the news' : 'without a script'}`, async ({ service, visit }) => {
    const list = await campaign(service);
    const lan = await visit(service.member('Lan'), { javaScriptEnabled: scripted });
    await lan.route('**/api/v1/moderation/events*', (route) => route.abort());
    await lan.goto(list);
    await expect(folded(lan)).toHaveCount(1);
    const minh = await visit(service.member('Minh'));
    await minh.goto(list);
    await folded(minh).getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(toast(minh)).toContainText('Đã duyệt');
    const shown = await folded(lan).getAttribute('data-id');
    expect(await statusOf(service, shown)).toBe('approved');
    await folded(lan).getByRole('button', { name: 'Rác', exact: true }).click();
    const told = scripted ? toast(lan) : lan.getByRole('status').first();
    await expect(told).toContainText('Minh đã duyệt lúc');
    await expect(told).toContainText('Quyết định của bạn không được ghi');
    if (scripted) await expect(card(lan, shown)).toContainText('Minh đã duyệt lúc');
    expect(await statusOf(service, shown)).toBe('approved');
  });
}

test('where a colleague decides the comment that a campaign shows, the others are announced, and nothing moves', async ({ service, visit }) => {
  const list = await campaign(service);
  const lan = await visit(service.member('Lan'));
  await lan.goto(list);
  await calm(lan);
  const shown = await folded(lan).getAttribute('data-id');
  const top = async () => (await lan.locator('#cards').boundingBox()).y;
  const before = await top();
  const as = { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' };
  const { revision } = await (await fetch(`${service.base}/api/v1/moderation/comments/${shown}`, { headers: as })).json();
  const decision = JSON.stringify({ action: 'approve', comments: [{ id: shown, revision }] });
  const answer = await fetch(`${service.base}/api/v1/moderation/decisions`, { method: 'POST', headers: as, body: decision });
  expect(answer.status).toBe(200);
  await expect(lan.locator('#news')).toHaveText('Có nhiều thay đổi. Tải lại danh sách');
  expect(await top()).toBe(before);
  await lan.locator('#news').click();
  await expect(folded(lan)).toHaveCount(1);
  expect(await folded(lan).getAttribute('data-id')).not.toBe(shown);
});

test('where a colleague decides a whole campaign, nothing is left to be loaded', async ({ service, visit }) => {
  const list = await campaign(service);
  const lan = await visit(service.member('Lan'));
  await lan.goto(list);
  await calm(lan);
  const shown = await folded(lan).getAttribute('data-id');
  const minh = await visit(service.member('Minh'));
  await minh.goto(list);
  const asked = lan.waitForResponse((answer) => answer.url().includes('&alike='));
  await folded(minh).getByRole('button', { name: 'Rác', exact: true }).click();
  await expect(card(lan, shown)).toContainText('Minh đã cho vào rác lúc');
  await (await asked).finished();
  await lan.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  await expect(lan.locator('#news')).toBeHidden();
});

test('the bar counts comments, a campaign as all of them', async ({ service, visit }) => {
  const list = await campaign(service);
  const page = await visit(service.member('Lan'));
  await page.goto(list);
  const many = Number(/\d+/.exec(await folded(page).locator('.alike').textContent())[0]);
  expect(many).toBeGreaterThan(1);
  await folded(page).locator('.pick input').check();
  await expect(page.locator('#picked')).toHaveText(String(many));
  await page.keyboard.press('Shift+S');
  await expect(toast(page)).toContainText(`Đã cho ${many} bình luận vào rác.`);
});

test('who reads a long card keeps it', async ({ service, visit }) => {
  const lines = Array.from({ length: 60 }, (_, number) => `Bà con thôn ${number + 1} đã góp ý.`).join('\n\n');
  const long = await service.submit({ name: 'Trần Thị Bình', email: 'dai@thu.example', body: lines });
  const lane = await (await fetch(`${service.base}/api/v1/moderation/comments/${long}`, { headers: { authorization: `Bearer ${service.token}` } })).json();
  const list = `/queue?lane=${lane.lane}`;
  const lan = await visit(service.member('Lan'), { viewport: { width: 360, height: 640 } });
  await lan.goto(list);
  const claims = [];
  lan.on('request', (request) => { if (request.url().endsWith('/moderation/claims')) claims.push(request.method()); });
  await card(lan, long).getByRole('button', { name: 'Xem hết' }).click();
  await card(lan, long).locator('.body').evaluate((body) => scrollTo({ top: scrollY + body.getBoundingClientRect().top + body.offsetHeight / 2, behavior: 'instant' }));
  const { height } = await card(lan, long).boundingBox();
  expect(height).toBeGreaterThan(640 / 0.4);
  const minh = await visit(service.member('Minh'));
  await minh.goto(list);
  await expect(card(minh, long).locator('.held')).toHaveText('Lan đang xem');
  // Nor is it let go and taken again as she reads on.
  for (let screen = 0; screen < 3; screen += 1) {
    await lan.mouse.wheel(0, 150);
    await lan.waitForFunction((then) => performance.now() > then, await lan.evaluate(() => performance.now() + 400));
  }
  expect(claims).not.toContain('DELETE');
  await minh.reload();
  await expect(card(minh, long).locator('.held')).toHaveText('Lan đang xem');
});

test('signing in again in another tab is told, and keeps the note and the lane', async ({ service, visit }) => {
  const ids = await service.submitMany(3);
  const page = await visit(service.member('Lan'));
  await page.goto('/queue?lane=likely_fine');
  const other = await page.context().newPage();
  await signIn(other, 'lan@bao.example');
  await other.close();
  await card(page, ids[1]).locator('.note summary').click();
  await card(page, ids[1]).getByRole('textbox').fill('hỏi lại phóng viên');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Trình duyệt này đã đăng nhập lại');
  await expect(toast(page)).not.toContainText('mất kết nối');
  await expect(page.locator('.card')).toHaveCount(3);
  await toast(page).getByRole('button', { name: 'Tải lại trang' }).click();
  await page.waitForURL('**/queue?lane=likely_fine');
  await expect(card(page, ids[1]).getByRole('textbox')).toHaveValue('hỏi lại phóng viên');
  await expect(card(page, ids[1]).getByRole('textbox')).toBeVisible();
  await card(page, ids[1]).getByRole('button', { name: 'Lưu ghi chú' }).click();
  await expect(card(page, ids[1]).locator('.notes')).toContainText('hỏi lại phóng viên');
  await calm(page);
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Đã duyệt');
  // What is saved does not come back.
  await page.reload();
  await expect(page.locator('.note textarea').first()).toBeHidden();
  expect(await page.locator('.note textarea').evaluateAll((all) => all.map((one) => one.value).join(''))).toBe('');
});

test('the way back from signing in is the list one was at', async ({ service, visit }) => {
  await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.goto('/queue?lane=likely_fine&q=con+đường');
  await page.context().clearCookies();
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Phiên làm việc đã hết');
  await toast(page).getByRole('link', { name: 'Đăng nhập lại' }).click();
  await page.fill('#email', 'lan@bao.example');
  await page.fill('#password', PASSWORD);
  await page.click('main button[type=submit]');
  await expect(page.locator('.chips')).toContainText('Tìm: con đường');
});

test('a comment that is not there is told as such', async ({ service, visit }) => {
  await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await page.goto('/queue?comment=01920000-0000-7000-8000-000000000000');
  await expect(page.getByRole('status').first()).toContainText('Không thấy bình luận này');
  await expect(page.locator('.card')).toHaveCount(1);
});
