// What people ran into who worked at the queue for an hour.

import { test, expect, ARTICLE } from './desk.js';
import { askAsAdmin, card, statusOf, toast } from './at_queue.js';

askAsAdmin();

const OFFER = 'Nhà mình đang cho vay vốn lãi suất thấp, thủ tục nhanh gọn trong ngày, không cần thế chấp, ai cần xin liên hệ chị Hương ở chợ Vinh nhé bà con';

async function offers(service, from, to) {
  const ids = [];
  for (let number = from; number < to; number += 1) {
    ids.push(await service.submit({ name: 'Chị Hương', email: `huong-${number}@thu.example`, body: OFFER, article: `${ARTICLE}?${number}` }));
  }
  return ids;
}

/** A server that answers nothing of that path. */
const refuse = (page, path) => page.route(path, (route) => route.fulfill({ status: 503, body: '' }));

test('an undo that was not recorded says that the decision stands, and is there to be tried again', async ({ service, visit }) => {
  const [id] = await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Đã duyệt');
  await refuse(page, '**/queue/undo');
  await page.keyboard.press('z');
  await expect(toast(page)).toContainText('Chưa hoàn tác được');
  await expect(toast(page)).not.toContainText('trở lại chỗ cũ');
  expect(await statusOf(service, id)).toBe('approved');
  await page.unroute('**/queue/undo');
  await page.keyboard.press('z');
  await expect(toast(page)).toContainText('Đã hoàn tác');
  expect(await statusOf(service, id)).toBe('pending');
});

test('an undo that was recorded is told, though its cards cannot be shown', async ({ service, visit }) => {
  const ids = await service.submitMany(2);
  const page = await visit(service.member('Lan'));
  await page.keyboard.press('a');
  await expect(toast(page)).toContainText('Đã duyệt');
  await page.route('**/queue/cards**', (route) => route.abort());
  await page.keyboard.press('z');
  await expect(toast(page)).toContainText('Đã hoàn tác');
  await expect(page.locator('#news')).toHaveText('Có nhiều thay đổi. Tải lại danh sách');
  await page.unroute('**/queue/cards**');
  await page.locator('#news').click();
  await expect(card(page, ids[0])).toBeVisible();
  expect(await statusOf(service, ids[0])).toBe('pending');
});

test('a note is saved once: by a double click, and where its answer was lost', async ({ service, visit }) => {
  const [id] = await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  const write = async (text) => {
    // It closes once the note before is saved.
    await expect(card(page, id).locator('details.note[open]')).toHaveCount(0);
    await card(page, id).locator('details.note summary').click();
    await card(page, id).getByRole('textbox').fill(text);
  };
  const save = card(page, id).getByRole('button', { name: 'Lưu ghi chú' });
  const notes = card(page, id).locator('.notes li');
  await write('   ');
  await save.click();
  await expect(toast(page)).toContainText('Ghi chú chưa có chữ nào');
  await card(page, id).getByRole('textbox').fill('đã gọi xã');
  await save.dblclick();
  await expect(toast(page)).toContainText('Đã lưu ghi chú');
  await expect(notes).toHaveCount(1);

  await page.route('**/queue/notes', async (route) => { await route.fetch(); await route.abort(); });
  await write('chờ phóng viên');
  await save.click();
  await expect(toast(page)).toContainText('Đã lưu ghi chú');
  await expect(notes).toHaveCount(2);
  await page.unroute('**/queue/notes');
  await refuse(page, '**/queue/notes');
  await write('hỏi lại biên tập');
  await save.click();
  await expect(toast(page)).toContainText('Chưa ghi được ghi chú');
  await expect(card(page, id).getByRole('textbox')).toHaveValue('hỏi lại biên tập');

  // Where nobody knows whether it arrived, that is looked up before it is sent again.
  await page.unroute('**/queue/notes');
  let looked = 0;
  await page.route('**/queue/notes', async (route) => { await route.fetch(); await route.abort(); });
  await page.route('**/queue/cards**', async (route) => { await route.abort(); looked += 1; });
  await save.click();
  // By the news of it as well.
  await expect.poll(() => looked).toBeGreaterThan(1);
  await expect(toast(page)).toContainText('Chưa ghi được ghi chú');
  await page.unroute('**/queue/cards**');
  await page.unroute('**/queue/notes');
  await save.click();
  await expect(toast(page)).toContainText('Đã lưu ghi chú');
  await expect(notes).toHaveCount(3);
});

test('who was picked is picked no more once its reader has changed it', async ({ service, visit }) => {
  const { id, receipt } = await service.send({ body: 'Mong cầu sớm xong' });
  const page = await visit(service.member('Lan'));
  await card(page, id).locator('.pick input').check();
  await expect(page.locator('#picked')).toHaveText('1');
  const edited = await fetch(`${service.base}/api/v1/receipts/${receipt}`, {
    method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ body: 'Một câu khác hẳn' }),
  });
  expect(edited.status).toBe(200);
  await expect(card(page, id)).toContainText('Một câu khác hẳn');
  await expect(page.locator('#picked')).toHaveText('');
});

test('what is no longer theirs says so, and nothing is recorded', async ({ service, visit }) => {
  const [id] = await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await page.route('**/queue/decisions', async (route) => {
    const body = route.request().postData().replaceAll(id, '00000000-0000-7000-8000-000000000000');
    await route.continue({ postData: body });
  });
  await page.keyboard.press('s');
  await expect(toast(page)).toContainText('Chưa có gì được ghi');
  expect(await statusOf(service, id)).toBe('pending');
});

test('a campaign that grows stays one card', async ({ service, visit }) => {
  const ids = await offers(service, 0, 4);
  const asked = await fetch(`${service.base}/api/v1/moderation/comments/${ids[3]}`, { headers: { authorization: `Bearer ${service.token}` } });
  const page = await visit(service.member('Lan'));
  await page.goto(`/queue?lane=${(await asked.json()).lane}`);
  const alike = page.locator('.card .alike');
  await expect(alike).toContainText('4 bình luận gần giống nhau');
  const before = await page.locator('.card').count();
  await offers(service, 4, 8);
  await expect(page.locator('#news')).toHaveText('4 bình luận mới. Hiện');
  await page.locator('#news').click();
  await expect(alike).toContainText('8 bình luận gần giống nhau');
  await expect(page.locator('.card')).toHaveCount(before);
  await expect(page.locator('#news')).toBeHidden();
});

test('who was picked and is decided by a colleague is picked no more', async ({ service, visit }) => {
  const ids = await service.submitMany(3);
  const lan = await visit(service.member('Lan'));
  for (const id of ids) await card(lan, id).locator('.pick input').check();
  await expect(lan.locator('#picked')).toHaveText('3');
  const minh = await visit(service.member('Minh'));
  await card(minh, ids[1]).getByRole('button', { name: 'Rác', exact: true }).click();
  await expect(card(lan, ids[1])).toContainText('Minh');
  await expect(lan.locator('#picked')).toHaveText('2');
  await lan.locator('#batch').getByRole('button', { name: 'Duyệt', exact: true }).click();
  await expect(toast(lan)).toContainText('Đã duyệt 2 bình luận');
  await expect(lan.locator('#picked')).toHaveText('');
});

test('who comes back from an author is where they were', async ({ service, visit }) => {
  const ids = await service.submitMany(40);
  const page = await visit(service.member('Lan'));
  await page.getByRole('link', { name: 'Trang sau' }).click();
  await expect(page.locator('.card')).toHaveCount(40);
  await card(page, ids[33]).getByRole('link', { name: 'Xem người gửi' }).click();
  await page.waitForURL('**/authors**');
  await page.goBack();
  await expect(card(page, ids[33])).toHaveClass(/at-hand/);
  await expect(card(page, ids[33])).toBeInViewport();
});

test('new comments that cannot be loaded say so, and are still there to be shown', async ({ service, visit }) => {
  await service.submitMany(1);
  const page = await visit(service.member('Lan'));
  await expect(page.locator('.card')).toHaveCount(1);
  await service.submitMany(1, 2);
  await expect(page.locator('#news')).toHaveText('1 bình luận mới. Hiện');
  await page.route('**/queue/cards**', (route) => route.abort());
  await page.locator('#news').click();
  await expect(toast(page)).toContainText('Chưa tải được bình luận mới');
  await page.unroute('**/queue/cards**');
  await page.locator('#news').click();
  await expect(page.locator('.card')).toHaveCount(2);
});
