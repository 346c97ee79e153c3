// New comments of this list that are not on it yet: announced above it, put onto it when asked for.

import { all, fetchCards, find, goTo, list, nextPage, onChange, put, renew, word } from './cards.js';
import { deedsSoFar } from './deeds.js';
import { show } from './toast.js';

const button = document.getElementById('news');
const fresh = new Set();
/** Those of which only the service can tell whether they fit what the list is narrowed to. */
const asked = new Set();
let much = false;
let asking;

/** Whether a comment stands behind others that this page has not loaded yet: it comes with them, in its turn. */
function comesInTurn(id) {
  const next = nextPage();
  if (!next || list.dataset.order !== 'oldest') return false;
  // What was reported stands in the order of its reports, and the latest is the last.
  return list.dataset.view.startsWith('lane=reported') || id > new URL(next.href).searchParams.get('after');
}

const missed = () => [...fresh].filter((id) => !comesInTurn(id)).sort();

function tell() {
  for (const id of fresh) if (find(id)) fresh.delete(id);
  const count = missed().length;
  const text = count === 1 ? word('newOne') : word('newMany').replace(/1[.,\s]?234/, String(count));
  button.textContent = much ? word('much') : text;
  button.hidden = !much && count === 0;
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
    const fitting = await fetchCards(ids, 'fitting');
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

// With another page of the list its end comes nearer.
onChange(tell);

/** Whether one card stands on the list for several that say the same. */
const folds = /^lane=(?!reported)/.test(list.dataset.view);

/** Where some of the new ones have no card, they are behind another, which may stand on the list already. */
async function gather(ids) {
  if (!folds) return fetchCards(ids);
  const cards = await fetchCards(ids, 'folded');
  if (cards.length === ids.length) return cards;
  const there = await fetchCards(all().map((card) => card.dataset.id), 'folded');
  return [...cards, ...there.filter((card) => card.dataset.count !== find(card.dataset.id)?.dataset.count)];
}

async function bring() {
  const ids = missed().slice(0, 100);
  const at = deedsSoFar();
  const cards = await gather(ids);
  for (const id of ids) fresh.delete(id);
  // What was decided here while they came stays away.
  const shown = cards.filter(({ dataset: { id } }) => ids.includes(id) || find(id))
    .map((card) => (find(card.dataset.id) ? renew(card) : put(card)));
  tell();
  if (shown.length === 0 || at !== deedsSoFar()) return;
  shown[0].scrollIntoView({ block: 'center' });
  goTo(shown[0]);
}

button.addEventListener('click', () => {
  if (much) return location.reload();
  return bring().catch(() => show(word('notShown')));
});
