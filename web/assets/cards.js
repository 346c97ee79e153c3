// The cards of the list: which one is at hand, which are picked, and how they leave and come back in their places.

export const list = document.getElementById('cards');
const nothing = document.getElementById('nothing');
const coming = document.getElementById('coming');
const bar = document.getElementById('batch');
const say = document.getElementById('say');

export const word = (name) => list.dataset[name] || '';

export const all = () => [...list.querySelectorAll(':scope > .card')];
/** The way to the comments that this page has not loaded yet, where there are some. */
export const nextPage = () => document.getElementById('next');
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

// Who types on does not know yet that a script has moved the focus: for so long no key acts.
const STARTLED = 500;
let calming;

/** Whether a script has just moved the focus without being asked to. */
export const isStartled = () => list.classList.contains('startled');

function startle() {
  clearTimeout(calming);
  list.classList.add('startled');
  calming = setTimeout(() => list.classList.remove('startled'), STARTLED);
}

/** Makes a card the one at hand. `unasked`: not because of what the moderator has just pressed. */
export function goTo(card, { focus = true, unasked = false } = {}) {
  current()?.classList.remove('at-hand');
  if (!card) return;
  card.classList.add('at-hand');
  if (!focus) return;
  if (unasked) startle();
  card.focus({ preventScroll: true });
  // At once, not smoothly: the next key may come before a slow list has come to rest.
  const { top, bottom } = card.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) card.scrollIntoView({ block: bottom - top > innerHeight ? 'start' : 'center' });
}

/** Whether so much of a card is on the screen that one may be held to have seen it. */
export function isSeen(card) {
  const { top, bottom, height } = card.getBoundingClientRect();
  return Math.min(bottom, innerHeight) - Math.max(top, 0) >= Math.min(height, innerHeight) / 3;
}

/** The first card on the screen, from its beginning where there is one. */
export function firstSeen() {
  const seen = all().filter(isSeen);
  return seen.find((card) => card.getBoundingClientRect().top >= 0) || seen[0];
}

/** One card on, or back; from where one has scrolled to, where that is elsewhere. */
export function step(by) {
  const cards = all();
  const here = current();
  if (here && !isSeen(here) && firstSeen()) return goTo(firstSeen());
  const at = cards.indexOf(here);
  return goTo(cards[at < 0 ? 0 : Math.max(0, Math.min(cards.length - 1, at + by))]);
}

export const picked = () => all().filter((card) => box(card)?.checked);

export function pick(card, on = !box(card)?.checked) {
  if (!box(card)) return;
  box(card).checked = on;
  count();
}

/** Shows how many comments are picked, and the buttons for them only where there are some. */
export function count() {
  // A card may stand for many.
  const number = picked().reduce((sum, card) => sum + Number(card.dataset.count), 0);
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
  else if (!next) (nextPage() ? coming : nothing.querySelector('a'))?.focus();
}

/** Puts a card where it belongs, by risk before all others. What it is placed by, an identifier, rises with time: its own, or that of its first report. */
export function put(card) {
  find(card.dataset.id)?.remove();
  const oldest = list.dataset.order === 'oldest';
  // Where the gravest stand only the server knows; what comes back was at hand.
  const before = list.dataset.order === 'risk' ? all()[0] : all().find((other) => (oldest ? other.dataset.place > card.dataset.place : other.dataset.place < card.dataset.place));
  list.insertBefore(card, before || null);
  changed();
  return card;
}

// Fills an element with what `fresh` holds, all but `kept`, which does not leave the document for a moment: whoever types there
// keeps text, caret and keyboard. `same` is what stands in its place in `fresh`.
function fill(old, fresh, kept, same) {
  if (!kept || !same) return old.replaceChildren(...fresh.childNodes);
  const around = [...old.children].find((child) => child.contains(kept));
  const there = [...fresh.childNodes];
  const at = there.findIndex((node) => node.contains(same));
  for (const node of [...old.childNodes]) if (node !== around) node.remove();
  around.before(...there.slice(0, at));
  around.after(...there.slice(at + 1));
  return around === kept ? undefined : fill(around, there[at], kept, same);
}

/** The control of a card that stands where that one stood. */
function likeThat(card, control) {
  if (control.matches('button[value]')) return card.querySelector(`button[value="${CSS.escape(control.value)}"]`);
  return control.matches('.pick input') ? box(card) : null;
}

/** Shows a card as it is now, in its place. What is open on it stays open, what is typed on it stays, and so does the focus. */
export function renew(fresh) {
  const old = find(fresh.dataset.id);
  if (!old) return put(fresh);
  const stays = ['at-hand', 'wide'].filter((name) => old.classList.contains(name));
  const open = [...old.querySelectorAll('details.why')].map((part) => part.open);
  // What others have changed or moved meanwhile was picked as it was before: it is read again first.
  const wasPicked = box(old)?.checked && old.dataset.revision === fresh.dataset.revision && old.dataset.count === fresh.dataset.count;
  const focused = document.activeElement;
  fill(old, fresh, old.querySelector('details.note[open]'), fresh.querySelector('details.note'));
  old.className = fresh.className;
  old.classList.add(...stays);
  if (!('reported' in fresh.dataset)) delete old.dataset.reported;
  Object.assign(old.dataset, fresh.dataset);
  old.setAttribute('aria-label', title(fresh));
  old.querySelectorAll('details.why').forEach((part, at) => { if (at in open) part.open = open[at]; });
  if (old.classList.contains('wide')) widen(old, true);
  if (box(old)) box(old).checked = Boolean(wasPicked);
  if (focused !== document.activeElement) {
    startle();
    (likeThat(old, focused) || old).focus({ preventScroll: true });
  }
  changed();
  return old;
}

/** Shows all of a card, or its first lines. */
export function widen(card, on = !card.classList.contains('wide')) {
  card.classList.toggle('wide', on);
  const button = card.querySelector('.more');
  if (!button) return;
  button.setAttribute('aria-expanded', String(on));
  button.textContent = word(on ? 'less' : 'more');
}

// As many as are asked for at once.
const MOST = 100;

/** The cards of those comments as they are now: all, or `fitting`, of those that belong onto this list, or `folded`, of those that stand on it,
    some for others that say the same. */
export async function fetchCards(ids, which = '') {
  const cards = [];
  for (let from = 0; from < ids.length; from += MOST) {
    const query = new URLSearchParams(ids.slice(from, from + MOST).map((id) => ['comment', id]));
    query.append('view', list.dataset.view);
    if (which) query.append(which, 'true');
    const answer = await fetch(`/queue/cards?${query}`, { headers: { accept: 'text/html' } });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const part = document.createElement('template');
    part.innerHTML = await answer.text();
    cards.push(...part.content.querySelectorAll('.card'));
  }
  return cards;
}

const watchers = [];
/** Calls `watcher` whenever cards came or went. */
export const onChange = (watcher) => { watchers.push(watcher); };
export function changed() {
  count();
  nothing.hidden = all().length > 0 || Boolean(nextPage());
  coming.hidden = all().length > 0 || !nextPage();
  for (const watcher of watchers) watcher();
}
