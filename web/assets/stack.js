// What can be undone, the last on top, from the moment it was pressed. It outlives the page: a reload, another lane, an article.

import { list } from './cards.js';

const STORED = 'duyet-undo';
const KEPT = 50;
const button = document.getElementById('undo');

// Each a decision: its action, its comments, the list it was made on, its cards while this page has them; its batch once the
// service has answered, and until then the answer that is waited for.
const stack = [];
/** Numbers them in their order. */
let pressed = 0;

function read() {
  try {
    const { me, entries } = JSON.parse(sessionStorage.getItem(STORED));
    // In the same tab somebody else may sign in.
    return me === list.dataset.me ? entries : [];
  } catch {
    return [];
  }
}

/** Shows whether there is anything to undo, and keeps it for the next page. */
export function keep() {
  button.hidden = stack.length === 0;
  const entries = stack.filter((entry) => entry.batch).slice(-KEPT)
    .map(({ batch, action, ids, view, many }) => ({ batch, action, ids, view, many }));
  try { sessionStorage.setItem(STORED, JSON.stringify({ me: list.dataset.me, entries })); } catch { /* a private window */ }
}

export function push(entry) {
  pressed += 1;
  stack.push(Object.assign(entry, { number: pressed }));
  keep();
}

/** Puts back what could not be undone, where it was: others may have been taken since. */
export function putBack(entry) {
  const after = stack.findIndex((other) => other.number > entry.number);
  stack.splice(after < 0 ? stack.length : after, 0, entry);
  keep();
}

export function pop() {
  const last = stack.pop();
  keep();
  return last;
}

/** Takes out what came to nothing. */
export function drop(entry) {
  const at = stack.indexOf(entry);
  if (at >= 0) stack.splice(at, 1);
  keep();
}

for (const entry of read()) push(entry);
keep();
