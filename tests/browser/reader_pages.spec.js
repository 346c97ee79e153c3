// The pages of ours that readers come to without the widget: reading, writing, being refused and thanked, reporting, their mail.

import { test as base, expect, expectAccessible, ARTICLE } from './desk.js';
import { mail, withMails } from './mailbox.js';

const test = base.extend({
  service: async ({}, use) => {
    const service = await withMails();
    service.run('site', 'set', 'bao', 'tell_decision=true');
    await use(service);
    await service.stop();
  },
});

/** Calls of the moderation API by an admin. */
function admin(service) {
  const printed = service.run('token', 'add', service.member('Quan', 'admin')).split(/\s+/);
  const token = printed.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
  return async (method, path, body) => {
    const answer = await fetch(`${service.base}/api/v1/moderation/${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return answer.json();
  };
}

async function published(service, call) {
  const id = await service.submit({ name: 'Phạm Văn Cường', body: 'Mong cầu sớm thông xe để bà con đi lại.' });
  await call('POST', 'decisions', { action: 'approve', comments: [{ id, revision: 1 }] });
  return id;
}

for (const [name, options] of [
  ['in Vietnamese', { viewport: { width: 1280, height: 800 } }],
  ['in English on a phone, dark', { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
]) {
  test(`a reader without a script is at home ${name}`, async ({ service, visit }) => {
    test.setTimeout(60_000);
    const call = admin(service);
    const id = await published(service, call);
    const page = await visit(null, options);
    const look = (what) => test.step(what, async () => {
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${what} scrolls sideways`).toBeLessThanOrEqual(page.viewportSize().width);
      await expect(page.locator('h1')).toHaveCount(1);
    });
    const send = () => page.locator('form.comment-form button[type=submit]').click();
    await page.goto(`/sites/bao/articles?url=${encodeURIComponent(ARTICLE)}`);
    await expect(page.getByText('Mong cầu sớm thông xe')).toBeVisible();
    await look('reading');
    await page.getByRole('link', { name: /^(Trả lời|Reply to) Phạm Văn Cường/ }).click();
    await expect(page.getByRole('heading', { name: /^(Trả lời|Reply to) Phạm Văn Cường/ })).toBeInViewport();
    await expect(page.locator('input[name=parent]')).toHaveValue(id);
    await look('answering');
    await send();
    await expect(page.getByRole('alert')).toBeVisible();
    await look('what must be corrected');
    await page.fill('#duyet-body', 'Tôi cũng mong như vậy.');
    await page.fill('#duyet-name', 'Nguyễn Văn A');
    await page.fill('#duyet-email', 'a@thu.example');
    await page.check('#duyet-tell');
    await page.locator('input[name=return]').evaluate((input) => input.remove());
    // Who is as quick as a test looks like a robot, and is asked nothing before a moderator has published the comment.
    await page.locator('input[name=stamp]').evaluate((input) => input.remove());
    await send();
    await look('thanks');
    const link = await page.locator('a[href*="/receipts/"]').getAttribute('href');
    await page.goto(link.replace('http://duyet.test', service.base));
    await expect(page.getByText('Tôi cũng mong như vậy.').first()).toBeVisible();
    await look('receipt');
    await page.goto(`/sites/bao/articles?url=${encodeURIComponent(ARTICLE)}`);
    await page.getByRole('link', { name: /^(Báo vi phạm|Report): Phạm Văn Cường/ }).click();
    await look('reporting');
    await page.locator('main button[type=submit]').click();
    await look('a report without a reason');
    await page.locator('input[value=insulting]').check();
    await page.locator('main button[type=submit]').click();
    await look('thanks for a report');
    const [, question] = /href="([^"]+\/mail\/[^"/]+)"/.exec(await mail(service, 'a@thu.example'));
    await page.goto(question);
    await look('a reader’s mail');
    await page.locator('main button').first().click();
    await look('mail that is wanted');
    await page.goto('/sites/bao/articles?url=https%3A%2F%2Fbao.example%2Fchua-co.html');
    await look('nothing written yet');
    // Closed while somebody writes: what they wrote is still there to be copied.
    await page.goto(`/sites/bao/articles?url=${encodeURIComponent(ARTICLE)}`);
    await page.fill('#duyet-body', 'Tôi viết mãi mới xong.');
    await page.fill('#duyet-name', 'Nguyễn Văn A');
    await page.fill('#duyet-email', 'a@thu.example');
    const { articles } = await call('GET', 'articles');
    await call('PATCH', `articles/${articles.find((one) => one.url === ARTICLE).id}`, { state: 'closed' });
    await page.locator('input[name=stamp]').evaluate((input) => input.remove());
    await send();
    await expect(page.getByText('Tôi viết mãi mới xong.')).toBeVisible();
    await look('closed meanwhile');
  });
}
