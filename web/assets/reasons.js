// Why a comment is rejected: a menu, by keys as well, with the reason of the last time at hand.

import { all, current, goTo, target } from './cards.js';
import { canMove, decide } from './decide.js';

const menu = document.getElementById('reasons');
const LAST_REASON = 'duyet-last-reason';

const remembered = () => { try { return localStorage.getItem(LAST_REASON) || 'none'; } catch { return 'none'; } };
const remember = (reason) => { try { localStorage.setItem(LAST_REASON, reason); } catch { /* a private window */ } };

/** Asks why, and rejects. What a colleague does meanwhile is not overridden: the revisions are those from before the menu. */
export function reject(cards) {
  const moving = cards.filter((card) => canMove(card, 'reject'));
  if (moving.length === 0) return decide(cards, 'reject');
  const seen = moving.map(target);
  menu.returnValue = '';
  menu.showModal();
  const last = remembered();
  (menu.querySelector(`button[value="${CSS.escape(last)}"]`) || menu.querySelector('button')).focus();
  menu.onclose = () => {
    const reason = menu.returnValue;
    if (!reason) return goTo(moving.find((card) => card.isConnected) || current() || all()[0]);
    remember(reason);
    return decide(moving, 'reject', reason === 'none' ? '' : reason, seen);
  };
  return undefined;
}

menu.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const choices = [...menu.querySelectorAll('li button')];
  const at = choices.indexOf(document.activeElement);
  const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (by) {
    event.preventDefault();
    choices[Math.max(0, Math.min(choices.length - 1, at + by))].focus();
  } else if (/^[0-9]$/.test(event.key)) {
    event.preventDefault();
    choices[Number(event.key)]?.click();
  }
});
