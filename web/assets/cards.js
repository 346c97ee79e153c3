// The cards of the list: which one is at hand, which are picked, and how they leave and come back in their places.

export const list = document.getElementById('cards');
const nothing = document.getElementById('nothing');
const bar = document.getElementById('batch');
const say = document.getElementById('say');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

export const word = (name) => list.dataset[name] || '';

export const all = () => [...list.querySelectorAll(':scope > .card')];
export const find = (id) => document.getElementById(`c-${id}`);
export const title = (card) => card.getAttribute('aria-label');
/** The form's field that says what is decided: the comment, or all that say the same. */
export const target = (card) => {
  const field = card.querySelector('.decide input[name=comment], .decide input[name=alike]');
  return field ? [field.name, field.value] : null;
};
/** Whether it is for moderators to decide: it is not public yet, or is and was reported. */
export const waits = (card) => card.dataset.status === 'pending' || 'reported' in card.dataset;
const box = (card) => card.querySelector('.pick input');

/** Tells a screen reader, and nobody else. */
export function announce(text) {
  // The same text twice is not read twice unless it was gone between.
  say.textContent = '';
  requestAnimationFrame(() => { say.textContent = text; });
}

/** The card at hand: the one with the focus in it, or the last that had it. */
export function current() {
  return list.querySelector(':scope > .card.at-hand');
}

export function goTo(card, { focus = true } = {}) {
  current()?.classList.remove('at-hand');
  if (!card) return;
  card.classList.add('at-hand');
  if (!focus) return;
  card.focus({ preventScroll: true });
  const { top, bottom } = card.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) {
    card.scrollIntoView({ block: bottom - top > innerHeight ? 'start' : 'center', behavior: calm.matches ? 'auto' : 'smooth' });
  }
}

/** One card on, or back. */
export function step(by) {
  const cards = all();
  const at = cards.indexOf(current());
  goTo(cards[at < 0 ? 0 : Math.max(0, Math.min(cards.length - 1, at + by))]);
}

export const picked = () => all().filter((card) => box(card)?.checked);

export function pick(card, on = !box(card)?.checked) {
  if (!box(card)) return;
  box(card).checked = on;
  count();
}

/** Shows how many are picked, and the buttons for them only where there are some. */
export function count() {
  const number = picked().length;
  for (const card of all()) card.classList.toggle('picked', Boolean(box(card)?.checked));
  if (!bar) return;
  bar.classList.toggle('idle', number === 0);
  document.getElementById('picked').textContent = number ? String(number) : '';
}

/** Takes cards off the list; the one at hand then is the next that stays. */
export function take(cards) {
  const stays = all();
  const here = stays.indexOf(current());
  const next = stays.slice(Math.max(here, 0)).find((card) => !cards.includes(card))
    || stays.slice(0, Math.max(here, 0)).reverse().find((card) => !cards.includes(card));
  const moves = cards.includes(current()) || here < 0;
  for (const card of cards) {
    if (box(card)) box(card).checked = false;
    card.classList.remove('at-hand');
    card.remove();
  }
  changed();
  if (moves && next) goTo(next);
  else if (!next) nothing?.querySelector('a')?.focus();
}

/** Puts a card where it belongs, by risk before all others. What it is placed by, an identifier, rises with time: its own, or that of its first report. */
export function put(card) {
  find(card.dataset.id)?.remove();
  const oldest = list.dataset.order === 'oldest';
  // Where the gravest stand only the server knows; what comes back was at hand.
  const before = list.dataset.order === 'risk' ? all()[0] : all().find((other) => (oldest ? other.dataset.place > card.dataset.place : other.dataset.place < card.dataset.place));
  list.insertBefore(card, before || null);
  changed();
}

/** Puts a card in the place of the one that it renews. */
export function renew(card) {
  const old = find(card.dataset.id);
  if (!old) return put(card);
  const [atHand, focused, wasPicked] = [old === current(), old.contains(document.activeElement), box(old)?.checked];
  old.replaceWith(card);
  if (wasPicked && box(card)) box(card).checked = true;
  if (atHand) goTo(card, { focus: focused });
  changed();
  return card;
}

/** The cards of those comments as they are now. */
export async function fetchCards(ids) {
  if (ids.length === 0) return [];
  const query = new URLSearchParams([...ids.slice(0, 100).map((id) => ['comment', id]), ['view', list.dataset.view]]);
  const answer = await fetch(`/queue/cards?${query}`, { headers: { accept: 'text/html' } });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  const part = document.createElement('template');
  part.innerHTML = await answer.text();
  return [...part.content.querySelectorAll('.card')];
}

const watchers = [];
/** Calls `watcher` whenever cards came or went. */
export const onChange = (watcher) => { watchers.push(watcher); };
export function changed() {
  count();
  if (nothing) nothing.hidden = all().length > 0;
  for (const watcher of watchers) watcher();
}
