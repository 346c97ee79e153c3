// What the tests of the queue share: its cards, and where a comment stands for whoever asks the service itself.

import { test } from './desk.js';

export const card = (page, id) => page.locator(`#c-${id}`);
export const toast = (page) => page.locator('#toast');

/** Lets the test ask the service, as an admin who looks at no page. */
export function askAsAdmin() {
  test.beforeEach(async ({ service }) => {
    const printed = service.run('token', 'add', service.member('Quan', 'admin')).split(/\s+/);
    service.token = printed.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
  });
}

export async function statusOf(service, id) {
  const answer = await fetch(`${service.base}/api/v1/moderation/comments/${id}`, { headers: { authorization: `Bearer ${service.token}` } });
  return (await answer.json()).status;
}

/** A script has moved the focus: until this holds no key acts. */
export const calm = (page) => page.waitForFunction(() => !document.getElementById('cards').classList.contains('startled'));
