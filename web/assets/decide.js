// Deciding: the card leaves at once, the answer is reconciled when it comes, and everything can be undone.

import { all, announce, current, fetchCards, find, goTo, list, picked, put, renew, take, target, waits, word } from './cards.js';

const toast = document.getElementById('toast');
const undoButton = document.getElementById('undo');
const reasons = document.getElementById('reasons');
const SHOWN = 10_000;
const LAST_REASON = 'duyet-last-reason';

/** What can be undone, the last on top: a batch and the cards that it took off the list. */
const stack = [];
/** Comments that have left the list, until the service has answered. */
export const leaving = new Set();
/** Comments decided here: what the service tells of them is no news. */
export const decidedHere = new Map();
let hiding;

async function post(path, fields) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams([['csrf', list.dataset.csrf], ['view', list.dataset.view], ...fields]),
  });
  if (answer.redirected || answer.status === 401) throw new Error('signed out');
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const trouble = (error) => word(error.message === 'signed out' ? 'signedOut' : 'failed');

function show(text, undoable = false) {
  clearTimeout(hiding);
  toast.querySelector('p').textContent = text;
  toast.querySelector('button').hidden = !undoable;
  toast.hidden = false;
  hiding = setTimeout(() => { toast.hidden = true; }, SHOWN);
}

const canMove = (card, action) => (action === 'requeue' ? card.dataset.status !== 'pending' : waits(card));
/** What is kept on a list of what is public stays there. */
const stays = (card, action) => action === 'approve' && 'reported' in card.dataset && list.dataset.view.startsWith('status=');

/** Decides on cards of the list. */
export async function decide(cards, action, reason = '') {
  const moving = cards.filter((card) => canMove(card, action));
  const staying = moving.filter((card) => stays(card, action)).map((card) => card.dataset.id);
  if (moving.length === 0) return;
  const ids = moving.map((card) => card.dataset.id);
  for (const id of ids) leaving.add(id);
  take(moving);
  try {
    const told = await post('/queue/decisions', [
      ['action', action], ['reason', reason], ...moving.map(target),
    ]);
    for (const id of told.done) decidedHere.set(id, Date.now());
    if (told.batch) stack.push({ batch: told.batch, cards: moving });
    const first = told.lost[0]?.said;
    show([told.said, first].filter(Boolean).join(' '), Boolean(told.batch));
    await bringBack(told.lost);
    for (const card of await fetchCards(staying.filter((id) => told.done.includes(id)))) put(card);
  } catch (error) {
    for (const card of moving) put(card);
    goTo(moving[0]);
    show(trouble(error));
  } finally {
    for (const id of ids) leaving.delete(id);
    undoButton.hidden = stack.length === 0;
  }
}

/** What somebody else was faster with comes back as it stands now, and says who it was. */
async function bringBack(lost) {
  const cards = await fetchCards(lost.map(({ id }) => id));
  for (const card of cards) {
    put(card);
    const said = lost.find(({ id }) => id === card.dataset.id)?.said;
    if (said) warn(card, said);
  }
}

/** Says on a card what happened to it. */
export function warn(card, text) {
  const line = document.createElement('p');
  line.className = 'notice conflict';
  line.textContent = text;
  card.prepend(line);
}

/** Puts back what was taken back. A card that stands for many comes as it was; the others have new revisions. */
async function restore(cards, moved) {
  const many = cards.filter((card) => target(card)[0] === 'alike');
  const single = cards.filter((card) => !many.includes(card) && moved.includes(card.dataset.id));
  const back = [...many, ...await fetchCards(single.map((card) => card.dataset.id))];
  for (const card of back) put(card);
  const [first] = back.sort((one, other) => (one.dataset.place < other.dataset.place ? -1 : 1));
  if (first) goTo(find(first.dataset.id));
}

/** Takes the last decision back, the whole batch of it. */
export async function undo() {
  const last = stack.pop();
  if (!last) return;
  try {
    const told = await post('/queue/undo', [['batch', last.batch]]);
    for (const id of told.done) decidedHere.set(id, Date.now());
    await restore(last.cards, told.done);
    show(told.said);
  } catch (error) {
    stack.push(last);
    show(trouble(error));
  }
  undoButton.hidden = stack.length === 0;
}

const remembered = () => { try { return localStorage.getItem(LAST_REASON) || 'none'; } catch { return 'none'; } };
const remember = (reason) => { try { localStorage.setItem(LAST_REASON, reason); } catch { /* a private window */ } };

/** Asks why; the reason of the last time is at hand. */
export function reject(cards) {
  const moving = cards.filter(waits);
  if (moving.length === 0) return;
  reasons.returnValue = '';
  reasons.showModal();
  const last = remembered();
  (reasons.querySelector(`button[value="${CSS.escape(last)}"]`) || reasons.querySelector('button')).focus();
  reasons.onclose = () => {
    const reason = reasons.returnValue;
    if (!reason) return goTo(moving[0]);
    remember(reason);
    return decide(moving, 'reject', reason === 'none' ? '' : reason);
  };
}

reasons.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const choices = [...reasons.querySelectorAll('li button')];
  const at = choices.indexOf(document.activeElement);
  const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (by) {
    event.preventDefault();
    choices[Math.max(0, Math.min(choices.length - 1, at + by))].focus();
  } else if (/^[0-9]$/.test(event.key)) {
    event.preventDefault();
    choices[Number(event.key)]?.click();
  }
});

/** By the word on the button. */
export function act(cards, action, reason) {
  if (cards.length === 0) return announce(word('none'));
  if (action === 'reject' && reason === undefined) return reject(cards);
  return decide(cards, action, reason);
}

async function note(form) {
  const card = form.closest('.card');
  try {
    const told = await post('/queue/notes', [['comment', card.dataset.id], ['text', form.elements.text.value]]);
    const [fresh] = await fetchCards([card.dataset.id]);
    if (fresh) goTo(renew(fresh));
    show(told.said);
  } catch (error) {
    show(trouble(error));
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  const action = event.submitter?.value;
  if (form.matches('.card .decide')) {
    event.preventDefault();
    act([form.closest('.card')], action);
  } else if (form.matches('#batch')) {
    event.preventDefault();
    act(picked(), action);
  } else if (form.matches('.note form')) {
    event.preventDefault();
    note(form);
  }
});

toast.querySelector('button').addEventListener('click', undo);
undoButton.addEventListener('click', undo);
list.addEventListener('focusin', (event) => {
  const card = event.target.closest('.card');
  if (card && card !== current()) goTo(card, { focus: false });
});
export const isHere = (id) => all().some((card) => card.dataset.id === id);
