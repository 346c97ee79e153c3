// Who comes back to the list, from an author or an article, is where they were.

import { all, current, find, goTo, list, nextPage } from './cards.js';
import { deedsSoFar } from './deeds.js';
import { loadNext } from './more.js';

const STORED = 'duyet-place';
/** A list that is longer than this is not loaded again for one place in it. */
const MOST = 500;

function read() {
  const [way] = performance.getEntriesByType('navigation');
  if (way?.type !== 'back_forward') return null;
  try {
    const place = JSON.parse(sessionStorage.getItem(STORED));
    return place.view === list.dataset.view && place.after === location.search ? place : null;
  } catch {
    return null;
  }
}

let sought = read();
const begun = deedsSoFar();

function seek() {
  if (!sought) return;
  const card = find(sought.id);
  // Who has begun to work is not torn away.
  const isOver = deedsSoFar() !== begun || card || all().length >= sought.count || !nextPage();
  if (!isOver) return void loadNext();
  if (card && deedsSoFar() === begun) {
    card.scrollIntoView({ block: 'center' });
    goTo(card, { unasked: true });
  }
  sought = null;
}

new MutationObserver(seek).observe(list, { childList: true });
// Before that the way to the next page is a link like any other.
addEventListener('load', seek);
addEventListener('wheel', () => { sought = null; }, { once: true, passive: true });

addEventListener('pagehide', () => {
  const here = current();
  const place = here && all().length <= MOST
    ? { view: list.dataset.view, after: location.search, id: here.dataset.id, count: all().length } : null;
  try { sessionStorage.setItem(STORED, JSON.stringify(place)); } catch { /* a private window */ }
});
