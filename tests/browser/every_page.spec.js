// Every page that a link leads to, found by following the links, so that a new page is looked at without anybody remembering it.

import { test, expect, expectAccessible, ARTICLE } from './desk.js';

/** One page of a kind is enough: what names a thing or a place in a list does not make another kind. */
function kind(url) {
  const path = url.pathname.split('/').map((part) => (/^[a-z-]+$/.test(part) || part === '' ? part : '*')).join('/');
  const lists = ['lane', 'status', 'kind', 'view'];
  // A list that is narrowed or sorted looks the same whichever list it is.
  const isNarrowed = [...url.searchParams.keys()].some((name) => !lists.includes(name));
  const asked = [...url.searchParams].map(([name, value]) => (lists.includes(name) && !isNarrowed ? `${name}=${value}` : name));
  return `${path}?${asked.sort().join('&')}`;
}

async function links(page) {
  const found = await page.locator('a[href]:not([download])').evaluateAll((all) => all.map((link) => link.href));
  return found.map((href) => new URL(href)).filter((url) => url.origin === new URL(page.url()).origin);
}

/** Follows every link from a page on; the kinds of page that were looked at. */
async function follow(page, from) {
  const seen = new Map();
  const waiting = [new URL(from)];
  while (waiting.length > 0) {
    const url = waiting.shift();
    url.hash = '';
    // The document of the API is as long as all others together: it is looked at once, below.
    if (seen.has(kind(url)) || url.pathname === '/docs') continue;
    seen.set(kind(url), url.href);
    const answer = await page.goto(url.href);
    expect(answer.status(), url.href).toBeLessThan(400);
    if (!(answer.headers()['content-type'] || '').startsWith('text/html')) continue;
    await test.step(kind(url), async () => {
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${url.href} scrolls sideways`).toBeLessThanOrEqual(page.viewportSize().width);
      expect(await page.title(), url.href).toMatch(/\S/);
    });
    waiting.push(...await links(page));
  }
  return [...seen.keys()];
}

for (const [name, options] of [
  ['in Vietnamese', { viewport: { width: 1280, height: 800 } }],
  ['in English on a phone, dark', { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
]) {
  test(`every page is accessible ${name}`, async ({ service, visit }) => {
    test.setTimeout(180_000);
    await somethingOfEach(service);
    service.run('webhook', 'add', 'bao', 'https://cms.bao.example/duyet', '--event', 'comment.approved');
    const page = await visit(service.member('Lan', 'admin'), options);
    await decideOne(page);
    const seen = await follow(page, `${service.base}/queue`);
    for (const path of ['/queue?', '/bans?', '/authors?', '/articles?', '/articles/*?', '/numbers?', '/settings?', '/members?', '/outbox?', '/webhooks?', '/webhooks/*?site', '/account?']) {
      expect(seen).toContain(path);
    }
    const outside = await visit(null, options);
    await follow(outside, `${service.base}/sign-in`);
    if (options.locale) {
      await outside.goto('/docs');
      await expectAccessible(outside);
    }
    await outside.goto('/khong-co-trang-nay');
    await expectAccessible(outside);
  });
}

/** A comment in every lane, one that answers another, a campaign, a note, a ban, an article that is closed. */
async function somethingOfEach(service) {
  await service.submitMany(2);
  await service.submit({ name: 'Phạm Văn Cường', email: 'cuong@thu.example', body: 'Gọi ngay 0912 345 678 vay tiền nhanh, lãi suất thấp, duyệt trong ngày' });
  await service.submit({ name: 'Lê Thị Dung', email: 'dung@thu.example', body: 'Đồ ngu, mày biết gì mà nói', article: `${ARTICLE}?2` });
  for (const number of [1, 2, 3]) {
    await service.submit({ name: `Hồ Văn Em ${'abc'[number - 1]}`, email: `em-${number}@thu.example`, body: 'Mời bà con ghé trang của chúng tôi xem hàng mới về, giá rẻ nhất vùng, giao tận nhà' });
  }
}

async function decideOne(page) {
  await page.goto('/queue?lane=likely_fine');
  await page.locator('.card').first().getByRole('button', { name: /^(Duyệt|Approve)/ }).first().click();
  await expect(page.locator('#toast')).toBeVisible();
}
