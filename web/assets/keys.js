// One key decides. Keys are silent while somebody types, and can be turned off (WCAG 2.1.4).

import { announce, count, current, firstSeen, goTo, isSeen, isStartled, list, pick, picked, step, title, widen } from './cards.js';
import { act } from './decide.js';
import { goOn } from './more.js';
import { reject } from './reasons.js';
import { undo } from './undo.js';

const help = document.getElementById('help');
const on = document.getElementById('keys-on');
const OFF = 'duyet-keys-off';

try { on.checked = localStorage.getItem(OFF) === null; } catch { /* a private window */ }
on.addEventListener('change', () => {
  try {
    if (on.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
  } catch { /* it holds for this page */ }
});

const openHelp = () => help.showModal();
document.getElementById('keys').addEventListener('click', openHelp);

function open(card) {
  const link = card.querySelector('a.article');
  if (link) window.open(link.href, '_blank', 'noopener,noreferrer');
}

function expand(card) {
  const parts = [...card.querySelectorAll('details.why')];
  const wide = !card.classList.contains('wide');
  widen(card, wide);
  for (const part of parts) part.open = wide;
}

function note(card) {
  const part = card.querySelector('details.note');
  part.open = true;
  part.querySelector('textarea').focus();
}

const search = () => document.getElementById('q')?.focus();

/** With the card at hand. Where one has scrolled away from it, the key only takes up the card that one sees instead. */
const withCard = (what) => () => {
  const card = current();
  if (card && isSeen(card)) return what(card);
  const seen = firstSeen() || card;
  if (!seen) return undefined;
  goTo(seen);
  return announce(title(seen));
};
const atHand = (action) => withCard((card) => act([card], action, reject));
const withPicked = (action) => () => act(picked(), action, reject);
const KEYS = {
  j: goOn,
  k: () => step(-1),
  a: atHand('approve'),
  r: atHand('reject'),
  s: atHand('spam'),
  z: undo,
  x: withCard((card) => pick(card)),
  A: withPicked('approve'),
  R: withPicked('reject'),
  S: withPicked('spam'),
  o: withCard(open),
  e: withCard(expand),
  n: withCard(note),
  '/': search,
  '?': openHelp,
};

/** These mean the same whichever card is at hand. */
const ANYWHERE = ['z', '/', '?'];

/** The key by its name here. What makes a letter a capital is Shift, and not Caps Lock. */
function nameOf({ key, shiftKey }) {
  if (!/^[a-z]$/i.test(key)) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

const isTyped = (target) => target.isContentEditable
  || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape' && isTyped(event.target)) {
    const card = event.target.closest('.card');
    if (card) goTo(card);
    else event.target.blur();
    return;
  }
  if (!on.checked || isTyped(event.target)) return;
  // A held key decides once.
  const key = nameOf(event);
  const what = event.repeat && !'jk'.includes(key) ? undefined : KEYS[key];
  if (!what) return;
  event.preventDefault();
  if (!isStartled() || ANYWHERE.includes(key)) what();
});

list.addEventListener('change', count);
