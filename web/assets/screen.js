// What is on this screen, for colleagues.

import { all, find, isSeen, onChange, waits, word } from './cards.js';

const RENEWED = 60_000;
const visible = new Set();
const heldHere = new Set();
let soon;

/** Says on a card whose screen it is on. */
export function held({ id, by, mine }) {
  const line = find(id)?.querySelector('.held');
  if (line) line.textContent = by && !mine ? word('held').replace('{name}', by) : '';
}

const json = (method, comments, more = {}) => fetch('/api/v1/moderation/claims', {
  method, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ comments }), ...more,
});

async function claim() {
  const seen = document.visibilityState === 'visible' ? [...visible].filter((id) => find(id) && waits(find(id))) : [];
  const left = [...heldHere].filter((id) => !seen.includes(id));
  heldHere.clear();
  for (const id of seen) heldHere.add(id);
  try {
    if (left.length) await json('DELETE', left);
    if (!seen.length) return;
    const answer = await json('POST', seen.slice(0, 100));
    if (answer.ok) for (const one of (await answer.json()).claims) held(one);
  } catch { /* the line says that it is cut */ }
}

function claimSoon() {
  clearTimeout(soon);
  soon = setTimeout(claim, 300);
}

// Of a card that is longer than the window only a small part is ever seen at once: what counts is how much of the window it fills.
const STEPS = Array.from({ length: 51 }, (_, step) => step / 50);
const eye = new IntersectionObserver((entries) => {
  for (const { target } of entries) {
    if (isSeen(target)) visible.add(target.dataset.id);
    else visible.delete(target.dataset.id);
  }
  claimSoon();
}, { threshold: STEPS });

function watchCards() {
  eye.disconnect();
  visible.clear();
  for (const card of all()) eye.observe(card);
}

onChange(watchCards);
setInterval(claim, RENEWED);
document.addEventListener('visibilitychange', claimSoon);
addEventListener('pagehide', () => {
  if (heldHere.size) json('DELETE', [...heldHere], { keepalive: true });
});
