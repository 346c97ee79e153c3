// What others do, as they do it. Nothing moves on the list because of it: new comments are announced and come when asked for, a
// card that a colleague decided stays in its place and says so.

import { changed, current, fetchCards, find, list, renew, target, word } from './cards.js';
import { clearDoubts, isLate, isOwn } from './decide.js';
import { listen, on } from './line.js';
import { add, forget, outdated } from './news.js';
import { held } from './screen.js';

const lane = /^lane=(\w+)/.exec(list.dataset.view)?.[1];

/** What had come before the page was made stands on it, or behind a card that stands for many. */
const isKnown = (kind, at) => ['comment.received', 'comment.reported'].includes(kind) && Date.parse(at) * 1000 <= Number(list.dataset.since);

/** Whether what happened puts a comment onto this list. */
const belongs = (kind, status, where) => (lane === 'reported'
  ? status === 'approved' && kind === 'comment.reported'
  : status === 'pending' && where === lane);
/** What is written beside a comment leaves its revision as it is. */
const BESIDE = ['comment.noted', 'comment.reported'];

async function moved({ id, status, revision, lane: where, kind, at }) {
  const card = find(id);
  if (!card) return belongs(kind, status, where) && !isOwn(id) && !isKnown(kind, at) ? add(id) : forget(id);
  forget(id);
  if (isOwn(id) || (Number(card.dataset.revision) === revision && !BESIDE.includes(kind))) return undefined;
  const found = await fetchCards([id]).catch(() => null);
  // It stands there as it was, so the list is to be loaded again.
  if (!found) return outdated();
  const [now] = found;
  if (!now || !find(id) || isOwn(id) || isLate(now)) return undefined;
  const stoodFor = target(card);
  const renewed = inPlace(card, () => renew(now));
  if (kind !== 'comment.reported') renewed.classList.add('settled');
  if (stoodFor?.[0] !== 'alike' || renewed.dataset.status === 'pending') return undefined;
  return await someWaitOn(stoodFor[1].split(':')[0]) ? outdated() : undefined;
}

/** Whether others that say the same wait on, behind another card that is not on the list. Who decided one may have decided all. */
async function someWaitOn(first) {
  try {
    const answer = await fetch(`/queue?lane=${lane}&alike=${first}`, { headers: { accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return true;
    const page = document.createElement('template');
    page.innerHTML = await answer.text();
    return [...page.content.querySelectorAll('#cards > .card')].some((card) => !find(card.dataset.id));
  } catch {
    return true;
  }
}

/** Changes a card so that the one at hand stays where it is on the screen, whatever of the other is above it. */
function inPlace(card, change) {
  const mine = current();
  const isAbove = mine && mine !== card && card.getBoundingClientRect().bottom > 0;
  const before = isAbove && mine.getBoundingClientRect().top;
  const after = change();
  if (isAbove) scrollBy({ top: mine.getBoundingClientRect().top - before, behavior: 'instant' });
  return after;
}

function counts(lanes) {
  for (const { lane: name, count, more, said, oldest } of lanes) {
    const tab = document.querySelector(`[data-tab="lane=${name}"]`);
    if (!tab) continue;
    tab.querySelector('b').textContent = more ? `${count}+` : count;
    let wait = tab.querySelector('.tab-wait');
    if (!wait && said) {
      wait = document.createElement('span');
      wait.className = 'tab-wait';
      tab.append(' ', wait);
    }
    if (!wait) continue;
    wait.textContent = said || '';
    if (said) Object.assign(wait.dataset, { waits: 'oldest', since: Date.parse(oldest) * 1000 });
    else delete wait.dataset.waits;
  }
}

// A line that is taken up again at once is none to worry about.
const PATIENCE = 3_000;
const cut = document.getElementById('cut');
let worrying;

function say(text, signedOut = false) {
  cut.querySelector('p').textContent = text;
  cut.querySelector('a').hidden = !signedOut;
  cut.classList.toggle('idle', !text);
}

function state(is) {
  document.body.classList.toggle('offline', is !== 'on');
  clearTimeout(worrying);
  if (is === 'on') {
    say('');
    clearDoubts();
  } else if (is === 'out') {
    say(word('over'), true);
  } else {
    worrying = setTimeout(() => say(word('off')), PATIENCE);
  }
}

on('comment', moved);
on('claim', held);
on('counts', counts);
on('much', outdated);
on('state', state);
listen();
changed();
