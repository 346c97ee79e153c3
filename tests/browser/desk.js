// What the tests of the dashboard share: a service, people at it, and a watch over what a page must never do.

import { test as base, expect } from '@playwright/test';
import axe from 'axe-core';
import { Service, PASSWORD } from './service.js';

export { expect, PASSWORD };
export * from './service.js';

export const test = base.extend({
  service: async ({}, use) => {
    const service = await Service.start();
    await use(service);
    await service.stop();
  },

  /** Opens a browser of its own for a member, signed in and at the queue. */
  visit: async ({ browser, service }, use) => {
    const open = [];
    await use(async (email, options = {}) => {
      const context = await browser.newContext({ baseURL: service.base, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options });
      const page = await context.newPage();
      const trouble = watch(page);
      open.push({ context, trouble });
      if (email) await signIn(page, email);
      return page;
    });
    for (const { context, trouble } of open) {
      await context.close();
      expect(trouble, 'errors, refused scripts and dialogs').toEqual([]);
    }
  },
});

/** Notes what no page of ours may do: run somebody's script, break the policy, throw, open a dialog of the browser. */
export function watch(page) {
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(`threw: ${error.message}`));
  page.on('dialog', (dialog) => { trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('console', (message) => {
    const text = message.text();
    // A refused request is told there too; what matters of it the tests look at themselves.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) trouble.push(text);
  });
  return trouble;
}

export async function signIn(page, email, password = PASSWORD) {
  await page.goto('/sign-in');
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/queue*');
}

/** Nothing on the page that axe-core finds wrong (WCAG 2.2 A and AA, and its best practices). */
export async function expectAccessible(page) {
  // After a click a page may be there before its styles are.
  await page.waitForLoadState();
  // What is still coming in is half transparent for a moment: contrast is that of the page at rest.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  // By the debugger, which no policy of a page concerns.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' | ')}`);
  expect(told).toEqual([]);
}
