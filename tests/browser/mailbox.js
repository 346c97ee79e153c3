// The mails that a service has written to files.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Service } from './service.js';

/** The HTML of a mail as the service wrote it. */
function html(message) {
  const [, part] = /Content-Type: text\/html[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(message) || [];
  return Buffer.from(part, 'base64').toString('utf8');
}

/** The mail to an address whose HTML says something, as it was written, once it is there. */
async function written(service, address, saying) {
  const folder = join(service.folder, 'mail');
  let found;
  await expect.poll(() => {
    try {
      const mails = readdirSync(folder).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(folder, name), 'utf8'));
      const theirs = mails.filter((one) => new RegExp(`^To:.*${address}`, 'm').test(one));
      found = theirs.find((one) => html(one).includes(saying));
    } catch {
      found = undefined;
    }
    return Boolean(found);
  }).toBe(true);
  return found;
}

// Its links lead to the test's own port.
const here = (service, text) => text.replaceAll('http://duyet.test', service.base);

/** The HTML of a mail. */
export const mail = async (service, address, saying = '') => here(service, html(await written(service, address, saying)));

/** Where the header of a mail leads by which mail programs end a list (RFC 8058). */
export async function farewell(service, address) {
  const [, link] = /^List-Unsubscribe:\s*<([^>]+)>/m.exec(await written(service, address, ''));
  return here(service, link);
}

/** A service whose mails are read. */
export async function withMails(settings = {}) {
  return Service.start({ DUYET_PUBLIC_URL: 'http://duyet.test', DUYET_MAIL_DIGEST: '2', DUYET_MAIL_CEILING: '0', ...settings });
}
