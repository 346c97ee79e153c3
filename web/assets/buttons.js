// What the buttons do: those of a card, those for all that are picked, and those at the foot of the screen.

import { current, goTo, list, picked, widen } from './cards.js';
import { act } from './decide.js';
import { note } from './note.js';
import { reject } from './reasons.js';
import { undo } from './undo.js';

document.addEventListener('submit', (event) => {
  const form = event.target;
  const action = event.submitter?.value;
  if (form.matches('.card .decide')) {
    event.preventDefault();
    act([form.closest('.card')], action, reject);
  } else if (form.matches('#batch')) {
    event.preventDefault();
    act(picked(), action, reject);
  } else if (form.matches('.note form')) {
    event.preventDefault();
    note(form);
  }
});

// The second click of a double click falls on what the first one brought under the pointer: another card, the menu of reasons, or the decision
// before.
const DOUBLE = { within: 400, near: 20 };
let last = { at: -Infinity, x: 0, y: 0 };
document.addEventListener('click', (event) => {
  // A key's click has no place.
  if (event.detail === 0 || !event.target.closest('.decide button, #reasons button, #undo, #toast-undo')) return;
  const { timeStamp: at, clientX: x, clientY: y } = event;
  const isNear = Math.hypot(x - last.x, y - last.y) < DOUBLE.near;
  if (event.detail > 1 || (isNear && at - last.at < DOUBLE.within)) {
    event.preventDefault();
    event.stopPropagation();
  } else {
    last = { at, x, y };
  }
}, { capture: true });

list.addEventListener('click', ({ target }) => { if (target.matches('.more')) widen(target.closest('.card')); });
list.addEventListener('focusin', (event) => {
  const card = event.target.closest('.card');
  if (card && card !== current()) goTo(card, { focus: false });
});
document.getElementById('toast-undo').addEventListener('click', undo);
document.getElementById('undo').addEventListener('click', undo);
