// Mail that could not be sent: told above every page where an operator must act, listed with the server's words, sent again.

import { createServer } from 'node:net';
import { once } from 'node:events';
import { Service, test as base, expect, expectAccessible } from './desk.js';

/** A mail server that answers some commands as it is told, and takes everything else. */
async function mailServer(answers) {
  const server = createServer((socket) => {
    let inMail = false;
    const say = (line) => socket.write(`${line}\r\n`);
    say('220 mail.test');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n')) {
        const [word] = line.toUpperCase().split(/[ :]/);
        if (inMail) {
          if (line === '.') { inMail = false; say('250 2.0.0 taken'); }
        } else if (answers[word]) say(answers[word]);
        else if (word === 'EHLO') say('250-mail.test\r\n250 AUTH PLAIN');
        else if (word === 'AUTH') say('235 2.7.0 well');
        else if (word === 'DATA') { inMail = true; say('354 go on'); }
        else if (word === 'QUIT') socket.end('221 2.0.0 bye\r\n');
        else if (word) say('250 2.0.0 well');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { answers, url: `smtp://duyet:x@127.0.0.1:${server.address().port}?tls=none`, end: () => server.close() };
}

const test = base.extend({
  mail: async ({}, use) => {
    const server = await mailServer({ RCPT: '550 5.1.1 no such user <b>here</b>' });
    await use(server);
    server.end();
  },
  service: async ({ mail }, use) => {
    const service = await Service.start({ DUYET_SMTP_URL: mail.url, DUYET_MAIL_PAUSE: '0', DUYET_SMTP_PATIENCE: '1' });
    await use(service);
    await service.stop();
  },
});

for (const width of [1280, 360]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`a refused mail is read and sent again at ${width} px, ${colorScheme}`, async ({ service, visit, mail }) => {
      service.member('Hoa');
      const page = await visit(service.member('Lan', 'editor'), { viewport: { width, height: 800 }, colorScheme });
      await service.submit({ body: 'Thư bị từ chối.' });
      await expect(async () => {
        await page.goto('/outbox');
        await expect(page.getByText('no such user <b>here</b>')).toHaveCount(2);
      }).toPass();
      await expectAccessible(page);
      mail.answers.AUTH = '535 5.7.8 wrong name or password';
      delete mail.answers.RCPT;
      await page.getByRole('button', { name: /^Gửi lại: / }).first().click();
      await expect(page.getByText('Đang được gửi lại.')).toBeVisible();
      await service.submit({ body: 'Thư chờ sửa mật khẩu.', article: 'https://bao.example/khac.html' });
      await expect(async () => {
        await page.goto('/outbox');
        await expect(page.getByText('Thư không gửi đi được')).toBeVisible({ timeout: 500 });
        await expect(page.getByRole('heading', { name: 'Đang chờ gửi lại' })).toBeVisible({ timeout: 500 });
      }).toPass();
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/outbox-${width}-${colorScheme}.png`, fullPage: true });
      await page.goto('/bans');
      await expect(page.getByRole('link', { name: 'Xem thư đang chờ' })).toBeVisible();
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/banner-${width}-${colorScheme}.png` });
    });
  }
}
