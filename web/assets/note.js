// A note for colleagues, saved once however often its button is pressed, and whether or not the answer comes.

import { fetchCards, goTo, renew, word } from './cards.js';
import { deedsSoFar, tell } from './decide.js';
import { post } from './sending.js';
import { show } from './toast.js';

/** The forms whose note is on its way. */
const underWay = new Set();

const written = (card) => [...card.querySelectorAll('.notes .typed')].map((line) => line.textContent.trim());

/** Saves it; where the answer was lost, it is looked up whether it arrived. */
async function save(card, text) {
  const before = written(card).filter((line) => line === text).length;
  try {
    return { ...await post('/queue/notes', [['comment', card.dataset.id], ['text', text]]), card: null };
  } catch (error) {
    const [fresh] = error.kind === 'lost' ? await fetchCards([card.dataset.id]).catch(() => []) : [];
    if (fresh && written(fresh).filter((line) => line === text).length > before) return { said: word('noteSaved'), card: fresh };
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
    form.reset();
    form.closest('details').open = false;
    const fresh = told.card || (await fetchCards([card.dataset.id]).catch(() => []))[0];
    if (fresh) renew(fresh);
    if (at === deedsSoFar()) goTo(card, { unasked: true });
    return show(told.said);
  } catch (error) {
    return tell(error, error.kind === 'refused' ? 'noteRefused' : 'noteFailed');
  } finally {
    underWay.delete(form);
  }
}
