// Webhooks at the dashboard, where no script of ours has a part: added, tried, read, switched off, taken away.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { Service, test as base, expect, expectAccessible } from './desk.js';

/** Somebody who is called, and answers with what they are told to. */
async function receiver() {
  const taken = [];
  const state = { status: 204 };
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (bytes) => { body += bytes; });
    request.on('end', () => {
      taken.push({ headers: request.headers, body: JSON.parse(body) });
      answer.writeHead(state.status).end(state.status === 204 ? '' : 'bảng <b>khoá</b>');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { taken, state, url: `http://127.0.0.1:${server.address().port}/duyet`, end: () => server.close() };
}

const test = base.extend({
  cms: async ({}, use) => {
    const server = await receiver();
    await use(server);
    server.end();
  },
  service: async ({}, use) => {
    const service = await Service.start({ DUYET_OUTWARD_ALLOW: '127.0.0.1/32' });
    await use(service);
    await service.stop();
  },
});

for (const width of [1280, 360]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`a webhook is added, tried and read at ${width} px, ${colorScheme}`, async ({ service, visit, cms }) => {
      const page = await visit(service.member('Minh', 'admin'), { viewport: { width, height: 800 }, colorScheme });
      const look = async (name) => {
        await expectAccessible(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      };
      await page.goto('/webhooks');
      await expect(page.getByText('Chưa báo cho ai')).toBeVisible();
      await page.getByLabel('Địa chỉ nhận').fill('http://10.0.0.1/duyet');
      await page.getByRole('button', { name: 'Thêm' }).click();
      await expect(page.getByText('nằm trong mạng nội bộ')).toBeVisible();
      await look('webhooks-wrong');
      await page.getByLabel('Địa chỉ nhận').fill(cms.url);
      await page.getByLabel('Gửi kèm tên và lời bình luận').check();
      await page.getByRole('button', { name: 'Thêm' }).click();
      await expect(page.getByText(/^whsec_/)).toBeVisible();
      await look('webhook-secret');
      await page.getByRole('link', { name: 'Đã chép xong' }).click();
      await page.getByRole('button', { name: 'Gửi thử' }).click();
      await expect(page.getByText('Đã gửi thử.')).toBeVisible();
      await expect(page.getByText('endpoint.test')).toBeVisible();
      cms.state.status = 500;
      await service.submit({ body: 'Cầu này bao giờ xong?' });
      await expect(async () => {
        await page.reload();
        await expect(page.getByText('bảng <b>khoá</b>')).toBeVisible({ timeout: 500 });
      }).toPass();
      expect(cms.taken.at(-1).body.data.body).toBe('Cầu này bao giờ xong?');
      await look('webhook');
      cms.state.status = 410;
      await page.getByRole('button', { name: /^Gửi lại:/ }).click();
      await expect(async () => {
        await page.goto('/webhooks');
        await expect(page.getByText('1 webhook đã tự tắt.')).toBeVisible({ timeout: 500 });
      }).toPass();
      await look('webhooks');
      await page.getByRole('link', { name: cms.url }).click();
      await page.getByRole('button', { name: 'Bật lại' }).click();
      await expect(page.getByText('Đã bật lại.')).toBeVisible();
      await page.getByRole('button', { name: 'Xoá', exact: true }).click();
      await expect(page.getByText('Đã xoá webhook.')).toBeVisible();
    });
  }
}
