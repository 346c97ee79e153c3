// New comments of this list that are not on it yet: announced above it, put onto it when asked for.

import { fetchCards, find, list, put, word } from './cards.js';

const button = document.getElementById('news');
const fresh = new Set();
/** Those of which only the service can tell whether they fit what the list is narrowed to. */
const asked = new Set();
let much = false;
let asking;

function tell() {
  const text = fresh.size === 1 ? word('newOne') : word('newMany').replace(/1[.,\s]?234/, String(fresh.size));
  button.textContent = much ? word('much') : text;
  button.hidden = !much && fresh.size === 0;
}

/** More has changed than can be told one by one. */
export function outdated() {
  much = true;
  tell();
}

async function lookUp() {
  const ids = [...asked];
  asked.clear();
  try {
    const fitting = await fetchCards(ids, true);
    for (const card of fitting) if (!find(card.dataset.id)) fresh.add(card.dataset.id);
  } catch { /* the line says that it is cut */ }
  tell();
}

/** A comment that may belong onto this list. */
export function add(id) {
  if (list.dataset.narrowed) {
    asked.add(id);
    clearTimeout(asking);
    asking = setTimeout(lookUp, 300);
  } else {
    fresh.add(id);
    tell();
  }
}

/** One that does not, or stands on it by now. */
export function forget(id) {
  asked.delete(id);
  if (fresh.delete(id)) tell();
}

button.addEventListener('click', async () => {
  if (much) return location.reload();
  const ids = [...fresh].sort().slice(0, 100);
  const cards = await fetchCards(ids);
  for (const id of ids) fresh.delete(id);
  for (const card of cards) if (!find(card.dataset.id)) put(card);
  tell();
  cards[0]?.scrollIntoView({ block: 'center' });
  return cards[0]?.focus({ preventScroll: true });
});
