// Taking back: the last decision, the whole batch of it, whether or not its answer has come.

import { fetchCards, find, goTo, list, put, target, word } from './cards.js';
import { comeBack, ours, tell } from './decide.js';
import { deedsSoFar } from './deeds.js';
import { outdated } from './news.js';
import { post } from './sending.js';
import { pop, putBack } from './stack.js';
import { show } from './toast.js';

/** The lane that this list shows whole. */
const lane = list.dataset.narrowed ? null : /^lane=(\w+)/.exec(list.dataset.view)?.[1];
const belongs = (entry, card) => entry.view === list.dataset.view
  || (lane && card.dataset.status === 'pending' && card.classList.contains(lane));

/** Puts back what was taken back. A card that stands for many comes as it was; the others have new revisions. */
async function restore(entry, moved, at) {
  const folded = (entry.cards || []).filter((card) => target(card)?.[0] === 'alike' && moved.includes(card.dataset.id));
  for (const card of folded) put(card);
  const back = folded.map((card) => card.dataset.id);
  const single = entry.ids.filter((id) => moved.includes(id) && !back.includes(id));
  for (const card of await fetchCards(single)) {
    if (belongs(entry, card)) back.push(comeBack(entry, card).dataset.id);
  }
  // What one card stood for, only the service can fold again.
  if (entry.many && !entry.cards) outdated();
  const cards = back.map(find).filter(Boolean).sort((one, other) => (one.dataset.place < other.dataset.place ? -1 : 1));
  if (cards.length && at === deedsSoFar()) goTo(cards[0], { unasked: true });
}

/** Where the answer was lost: whether no comment stands by that decision any more, if that can be known. */
async function isUndone(entry) {
  const now = await fetchCards(entry.ids).catch(() => null);
  return now && now.length > 0 && now.every((card) => card.dataset.batch !== entry.batch);
}

/** What came of it; nothing where it was not done, which is said. */
async function takeBack(entry) {
  try {
    return await post('/queue/undo', [['batch', entry.batch]]);
  } catch (error) {
    const undone = error.kind === 'lost' && await isUndone(entry);
    if (undone) return { done: entry.ids, said: word('undone') };
    putBack(entry);
    return void tell(error, undone === null ? 'undoUnknown' : 'undoFailed');
  }
}

/** What was asked for before: the latest decision goes back first, however fast it was asked. */
let before = Promise.resolve();

/** Takes back the last decision that was made when it was asked for. */
export function undo() {
  const last = pop();
  if (!last) return show(word('undoNone'));
  const at = deedsSoFar();
  before = before.then(() => carryOut(last, at));
  return before;
}

async function carryOut(last, at) {
  if (!last.batch) {
    show(word('undoWaits'));
    await last.answer;
    // It came to nothing, and has said so.
    if (!last.batch) return undefined;
  }
  const told = await takeBack(last);
  if (!told) return undefined;
  ours(told.done);
  // It is taken back, whether or not its cards can be shown now.
  await restore(last, told.done, at).catch(outdated);
  return show(told.said);
}
