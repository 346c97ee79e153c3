// Deciding: the card leaves at once, the answer is reconciled when it comes. Of an answer that is lost it is looked up what became.

import { all, current, fetchCards, goTo, list, put, renew, take, target, waits, word } from './cards.js';
import { deedsSoFar } from './deeds.js';
import { outdated } from './news.js';
import { Trouble, post } from './sending.js';
import { drop, keep, push } from './stack.js';
import { hide, show } from './toast.js';

const OUTCOME = { approve: 'approved', reject: 'rejected', spam: 'spam', requeue: 'pending' };
/** The status whose comments this list shows, where it is of decided ones. */
const listed = /^status=(\w+)/.exec(list.dataset.view)?.[1];

/** Comments that have left the list, until the service has answered. */
export const leaving = new Set();
/** Comments decided here: what the service tells of them is no news. */
const decidedHere = new Map();
/** Decisions of which nobody knows whether they arrived, by comment. */
const doubtful = new Map();

export function ours(ids) {
  for (const id of ids) decidedHere.set(id, Date.now());
}

/** Whether this page itself has just done that. */
export function isOwn(id) {
  const at = decidedHere.get(id);
  return leaving.has(id) || (at !== undefined && Date.now() - at < 5_000);
}

/** Whether it is still there to be decided here: what a colleague settled meanwhile is theirs, until somebody puts it back. */
const isOpen = (card) => waits(card) || (listed !== undefined && listed !== 'withdrawn' && card.dataset.status === listed);
const isNew = (card, action) => card.dataset.status !== OUTCOME[action] || (action === 'approve' && 'reported' in card.dataset);
export function canMove(card, action) {
  if (action === 'requeue') return ['approved', 'rejected', 'spam'].includes(card.dataset.status);
  return isOpen(card) && isNew(card, action);
}
/** What is kept on a list of what is public stays there. */
const stays = (card, action) => action === 'approve' && 'reported' in card.dataset && listed !== undefined;

/** Says on a card what happened to it. */
function warn(card, text) {
  const line = document.createElement('p');
  line.className = 'notice conflict';
  line.textContent = text;
  card.prepend(line);
}

export function tell(error, otherwise = 'failed') {
  const said = ['unknown', 'signedOut', 'outdated'].includes(error.kind) ? error.kind : otherwise;
  show(word(said), { signedOut: said === 'signedOut', outdated: said === 'outdated' });
}

function tellWhyNot(card) {
  const decided = card?.querySelector('.decided')?.textContent.trim() || '';
  show(`${word('cannot')} ${decided}`.trim());
}

/** Decides on cards of the list, at the revisions that were on the screen. */
export function decide(cards, action, reason = '', seen = cards.map(target)) {
  const moving = cards.filter((card) => canMove(card, action));
  if (moving.length === 0) return tellWhyNot(cards[0]);
  const entry = {
    action, cards: moving, view: list.dataset.view,
    ids: moving.map((card) => card.dataset.id),
    before: new Map(moving.map((card) => [card.dataset.id, card.dataset.batch])),
    many: moving.some((card) => target(card)[0] === 'alike'),
  };
  entry.answer = carryOut(entry, reason, moving.map((card) => seen[cards.indexOf(card)]));
  push(entry);
  return entry.answer;
}

async function carryOut(entry, reason, seen) {
  const { action, cards, ids } = entry;
  const staying = cards.filter((card) => stays(card, action)).map((card) => card.dataset.id);
  for (const id of ids) {
    leaving.add(id);
    doubtful.delete(id);
  }
  // What is said there is of the decision before, and its button would be taken for that one's.
  hide();
  take(cards);
  const at = deedsSoFar();
  try {
    const told = await post('/queue/decisions', [['action', action], ['reason', reason], ...seen]);
    settle(entry, told);
    // It is recorded, whether or not what comes back can be shown now.
    await showAgain(entry, told, staying).catch(outdated);
  } catch (error) {
    await lookUp(entry, error, at);
  } finally {
    for (const id of ids) leaving.delete(id);
    keep();
  }
}

async function showAgain(entry, told, staying) {
  await bringBack(entry, told.lost);
  for (const card of await fetchCards(staying.filter((id) => told.done.includes(id)))) put(card);
}

function settle(entry, told) {
  ours(told.done);
  entry.batch = told.batch;
  if (!told.batch) drop(entry);
  show([told.said, told.lost[0]?.said].filter(Boolean).join(' '), { undoable: Boolean(told.batch) });
}

/** What somebody else was faster with comes back as it stands now, and says who it was. What stood behind a card for many never was on the list. */
async function bringBack(entry, lost) {
  const ids = lost.map(({ id }) => id).filter((id) => entry.ids.includes(id));
  const now = await fetchCards(ids);
  for (const fresh of now) {
    const card = comeBack(entry, fresh);
    const said = lost.find(({ id }) => id === card.dataset.id)?.said;
    if (said) warn(card, said);
  }
}

/** A card that left is put back, with whatever was typed on it, as the comment is now. */
export function comeBack(entry, fresh) {
  const left = entry.cards?.find((card) => card.dataset.id === fresh.dataset.id);
  if (!left) return put(fresh);
  put(left);
  return renew(fresh);
}

/** Whether that is what became of the decision: this member's own, made since. */
const isDone = (entry, card) => card.dataset.own === entry.action && card.dataset.batch !== entry.before.get(card.dataset.id);

/** The answer did not come, or said no. A decision whose answer alone was lost stands, and is told and undone as any other. */
async function lookUp(entry, error, at) {
  const now = error.kind === 'lost' ? await fetchCards(entry.ids).catch(() => null) : [];
  const done = (now || []).filter((card) => isDone(entry, card));
  const back = entry.cards.filter((card) => !done.some((other) => other.dataset.id === card.dataset.id));
  for (const card of back) put(card);
  for (const card of now || []) if (!done.includes(card)) renew(card);
  if (done.length) {
    recorded(entry, done);
  } else {
    drop(entry);
    if (error.kind === 'lost') for (const id of entry.ids) doubtful.set(id, entry);
    tell(now ? error : new Trouble('unknown'));
    // The hand goes back only where it was left; who went on is not torn away.
    if (at === deedsSoFar() || !current()) goTo(back[0], { unasked: true });
  }
}

function recorded(entry, done) {
  entry.batch = done[0].dataset.batch;
  ours(done.map((card) => card.dataset.id));
  show(word('recorded'), { undoable: true });
  keep();
}

/** A card as it is now, of which the service told: whether it is this page's own decision that arrived after all. */
export function isLate(card) {
  const entry = doubtful.get(card.dataset.id);
  if (!entry || !isDone(entry, card)) return false;
  doubtful.delete(card.dataset.id);
  const shown = all().filter((one) => one.dataset.id === card.dataset.id);
  entry.cards = shown;
  take(shown);
  if (!entry.batch) push(entry);
  recorded(entry, [card]);
  return true;
}

/** The line is back: what became of what nobody knew of? */
export async function clearDoubts() {
  if (doubtful.size === 0) return;
  try {
    for (const card of await fetchCards([...doubtful.keys()])) isLate(card);
  } catch { /* at the next time */ }
}

/** By the word on the button. */
export function act(cards, action, ask) {
  if (cards.length === 0) return show(word('none'));
  return action === 'reject' && ask ? ask(cards) : decide(cards, action);
}

