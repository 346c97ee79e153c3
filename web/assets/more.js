// The rest of a long list: its next page comes before the last card at hand is decided, and every comment stands on the list once.

import { all, announce, changed, current, goTo, list, nextPage, step, word } from './cards.js';

/** With fewer cards from the one at hand on, the next page is asked for. */
const FEW = 6;
const coming = document.getElementById('coming');
const again = document.getElementById('load-next');
/** The last card, where somebody would have gone on from it. */
let left = null;

function say(text, failed = false) {
  coming.querySelector('p').textContent = text;
  again.hidden = !failed;
}

export function loadNext() {
  const next = nextPage();
  if (!next || next.dataset.asked) return;
  next.dataset.asked = 'yes';
  say(word('coming'));
  next.click();
}

function loadSoon() {
  if (all().length - Math.max(all().indexOf(current()), 0) < FEW) loadNext();
}

/** One card on; from the last one that is loaded to the next that comes. */
export function goOn() {
  const before = current();
  step(1);
  left = nextPage() && before && before === current() && before === all().at(-1) ? before : null;
  loadSoon();
}

/** What stood on the list already, new comments that were asked for, comes again with its page. */
function dropDoubles(records) {
  for (const card of records.flatMap(({ addedNodes }) => [...addedNodes])) {
    if (card.id && list.querySelectorAll(`:scope > #${CSS.escape(card.id)}`).length > 1) card.remove();
  }
}

/** Who waited for more goes on there; where nothing was at hand any more, the first that comes is. */
function takeUp() {
  const next = left?.nextElementSibling;
  if (next && left === current()) goTo(next, { unasked: true });
  if (next) left = null;
  if (current() || all().length === 0) return;
  const isIdle = document.activeElement === document.body || coming.contains(document.activeElement);
  goTo(all()[0], { focus: isIdle, unasked: true });
}

new MutationObserver((records) => {
  dropDoubles(records);
  takeUp();
  loadSoon();
}).observe(list, { childList: true });

/** What came may have been no card at all: a page on which everything is behind cards of others. */
document.body.addEventListener('htmx:afterSettle', () => {
  changed();
  loadSoon();
});

function failed() {
  delete nextPage()?.dataset.asked;
  say(word('notCome'), true);
  if (all().length === 0) announce(word('notCome'));
}

for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.body.addEventListener(name, ({ detail }) => { if (detail.elt === nextPage()) failed(); });
}
// Who is signed out is led to another page, which is no part of a list.
document.body.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.elt !== nextPage() || new URL(detail.xhr.responseURL).pathname === location.pathname) return;
  detail.shouldSwap = false;
  failed();
});
again.addEventListener('click', () => {
  coming.focus();
  loadNext();
});
say(word('coming'));
