// Sends what was decided so that it arrives: even where the page is closed meanwhile, and the moderator is asked before that.

import { list, word } from './cards.js';
import { show } from './toast.js';

/** As many bytes as a browser carries on with after a page is gone (Fetch standard, 64 KiB of all requests together). */
const CARRIED = 60_000;
/** Without an answer for so long, the moderator is told. */
const PATIENCE = 15_000;

let carried = 0;
let underWay = 0;

const ask = (event) => event.preventDefault();
let asking;

function begin() {
  // Only meanwhile: a page that asks before it is left is not kept for the way back.
  // What is answered at once asks nobody: it leaves with the page and arrives all the same.
  if (underWay === 0) asking = setTimeout(() => addEventListener('beforeunload', ask), 1_000);
  underWay += 1;
}

function end() {
  underWay -= 1;
  if (underWay > 0) return;
  clearTimeout(asking);
  removeEventListener('beforeunload', ask);
}

/** Why nothing came of it: `signedOut`, `outdated` where the browser has signed in anew since, `refused`, or `lost` where nobody
    knows whether it arrived. */
export class Trouble extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

async function carry(path, body) {
  const bytes = body.toString().length;
  const keepalive = carried + bytes < CARRIED;
  if (keepalive) carried += bytes;
  try {
    return await fetch(path, { method: 'POST', headers: { accept: 'application/json' }, body, keepalive });
  } catch {
    throw new Trouble('lost');
  } finally {
    if (keepalive) carried -= bytes;
  }
}

async function refused(answer) {
  const isSignIn = answer.redirected && new URL(answer.url).pathname === '/sign-in';
  if (isSignIn || answer.status === 401) return new Trouble('signedOut');
  if (answer.status >= 500) return new Trouble('lost');
  const problem = await answer.json().catch(() => ({}));
  return new Trouble(problem.type === '/docs#problem-form-outdated' ? 'outdated' : 'refused');
}

/** Sends a form; the answer. */
export async function post(path, fields) {
  begin();
  const late = setTimeout(() => show(word('slow')), PATIENCE);
  try {
    const body = new URLSearchParams([['csrf', list.dataset.csrf], ['view', list.dataset.view], ...fields]);
    const answer = await carry(path, body);
    if (!answer.ok || answer.redirected) throw await refused(answer);
    return await answer.json().catch(() => { throw new Trouble('lost'); });
  } finally {
    clearTimeout(late);
    end();
  }
}
