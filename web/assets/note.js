// A note for colleagues, saved once however often its button is pressed, and whether or not the answer comes.

import { fetchCards, find, goTo, renew, word } from './cards.js';
import { tell } from './decide.js';
import { deedsSoFar } from './deeds.js';
import { Trouble, post } from './sending.js';
import { show } from './toast.js';

/** The forms whose note is on its way. */
const underWay = new Set();

const written = (card) => [...card.querySelectorAll('.notes .typed')].map((line) => line.textContent.trim());

/** Notes of which nobody knows whether they arrived, by comment: their text, and how often it stood there before. */
const doubtful = new Map();
const count = (card, text) => written(card).filter((line) => line === text).length;

/** The card on which that note stands by now, if it does. */
async function arrived(id) {
  const { text, before } = doubtful.get(id);
  const [fresh] = await fetchCards([id]);
  doubtful.delete(id);
  return fresh && count(fresh, text) > before ? { said: word('noteSaved'), card: fresh } : null;
}

/** Saves it; where the answer was lost, it is looked up whether it arrived, before it is sent once more. */
async function save(card, text) {
  const { id } = card.dataset;
  const earlier = doubtful.get(id)?.text === text ? await arrived(id).catch(() => { throw new Trouble('lost'); }) : null;
  if (earlier) return earlier;
  // News of it may be here before its answer is.
  const before = count(card, text);
  try {
    return { ...await post('/queue/notes', [['comment', id], ['text', text]]), card: null };
  } catch (error) {
    if (error.kind !== 'lost') throw error;
    doubtful.set(id, { text, before });
    const now = await arrived(id).catch(() => null);
    if (now) return now;
    throw error;
  }
}

export async function note(form) {
  const card = form.closest('.card');
  const text = form.elements.text.value.trim();
  if (underWay.has(form)) return undefined;
  if (!text) return show(word('noteRefused'));
  const at = deedsSoFar();
  underWay.add(form);
  try {
    const told = await save(card, text);
    // What was typed since is a note of its own.
    if (form.elements.text.value.trim() === text) {
      form.reset();
      form.closest('details').open = false;
    }
    const fresh = told.card || (await fetchCards([card.dataset.id]).catch(() => []))[0];
    const isThere = find(card.dataset.id);
    if (fresh && isThere) renew(fresh);
    if (isThere && at === deedsSoFar()) goTo(card, { unasked: true });
    return show(told.said);
  } catch (error) {
    return tell(error, error.kind === 'refused' ? 'gone' : 'noteFailed');
  } finally {
    underWay.delete(form);
  }
}
