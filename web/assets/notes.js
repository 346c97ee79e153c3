// A note that somebody is writing outlives the page: a reload, and signing in again.

import { all, list, onChange } from './cards.js';

const STORED = 'duyet-notes';
const text = (card) => card.querySelector('.note textarea');

function read() {
  try {
    const { me, notes } = JSON.parse(sessionStorage.getItem(STORED));
    // In the same tab somebody else may sign in.
    return me === list.dataset.me ? notes : {};
  } catch {
    return {};
  }
}

/** Those whose card is not on the list yet. */
const notes = read();

function putBack() {
  for (const card of all()) {
    const typed = notes[card.dataset.id];
    if (typed === undefined) continue;
    delete notes[card.dataset.id];
    text(card).value = typed;
    card.querySelector('details.note').open = true;
  }
}

function keep() {
  const typed = all().filter((card) => text(card).value.trim()).map((card) => [card.dataset.id, text(card).value]);
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ me: list.dataset.me, notes: { ...notes, ...Object.fromEntries(typed) } }));
  } catch { /* a private window */ }
}

onChange(putBack);
putBack();
addEventListener('pagehide', keep);
document.getElementById('toast-anew').addEventListener('click', () => location.assign(`/queue?${list.dataset.view}`));
