// What has just happened, in words, at the foot of the screen.

import { announce } from './cards.js';

const toast = document.getElementById('toast');
const button = document.getElementById('toast-undo');
const signIn = document.getElementById('toast-sign-in');
const anew = document.getElementById('toast-anew');
const SHOWN = 10_000;
let hiding;

export function hide() {
  clearTimeout(hiding);
  toast.hidden = true;
}

/** Shows a line, and has a screen reader read it. */
export function show(text, { undoable = false, signedOut = false, outdated = false } = {}) {
  clearTimeout(hiding);
  toast.querySelector('p').textContent = text;
  button.hidden = !undoable;
  signIn.hidden = !signedOut;
  anew.hidden = !outdated;
  toast.hidden = false;
  announce(text);
  // Who must sign in again, or load the page anew, needs the way there as long as it takes.
  if (!signedOut && !outdated) hiding = setTimeout(hide, SHOWN);
}
