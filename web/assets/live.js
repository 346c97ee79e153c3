// What others do, as they do it. Nothing moves on the list because of it: new comments are announced and come when asked for, a
// card that a colleague decided stays in its place and says so.

import { all, changed, fetchCards, find, list, onChange, put, renew, waits, word } from './cards.js';
import { decidedHere, isHere, leaving } from './decide.js';

const news = document.getElementById('news');
// Whether a new comment belongs on a list that is narrowed, only the service could tell.
const lane = list.dataset.narrowed ? null : /^lane=(\w+)/.exec(list.dataset.view)?.[1];
/** New comments of this list that are not shown yet. */
const fresh = new Set();
let much = false;

function tellNews() {
  const number = fresh.size;
  const text = number === 1 ? word('newOne') : word('newMany').replace(/1[.,\s]?234/, String(number));
  news.textContent = much ? word('much') : text;
  news.hidden = !much && number === 0;
}

news.addEventListener('click', async () => {
  if (much) return location.reload();
  const ids = [...fresh].sort().slice(0, 100);
  const cards = await fetchCards(ids);
  for (const id of ids) fresh.delete(id);
  for (const card of cards) if (!isHere(card.dataset.id)) put(card);
  tellNews();
  cards[0]?.scrollIntoView({ block: 'center' });
  return cards[0]?.focus({ preventScroll: true });
});

/** Whether this page itself has just done that. */
function isOwn(id) {
  const at = decidedHere.get(id);
  return leaving.has(id) || (at !== undefined && Date.now() - at < 5_000);
}

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
  if (card) {
    fresh.delete(id);
    if (isOwn(id) || (Number(card.dataset.revision) === revision && !BESIDE.includes(kind))) return;
    const [now] = await fetchCards([id]);
    if (now && find(id)) {
      renew(now);
      if (kind !== 'comment.reported') now.classList.add('settled');
    }
  } else if (belongs(kind, status, where) && !isOwn(id) && !isKnown(kind, at)) {
    fresh.add(id);
  } else {
    fresh.delete(id);
  }
  tellNews();
}

function held({ id, by, mine }) {
  const line = find(id)?.querySelector('.held');
  if (line) line.textContent = by && !mine ? word('held').replace('{name}', by) : '';
}

function counts(lanes) {
  for (const { lane: name, count, more, said } of lanes) {
    const tab = document.querySelector(`[data-tab="lane=${name}"]`);
    if (!tab) continue;
    tab.querySelector('b').textContent = more ? `${count}+` : count;
    let wait = tab.querySelector('.tab-wait');
    if (!wait && said) {
      wait = document.createElement('span');
      wait.className = 'tab-wait';
      tab.append(' ', wait);
    }
    if (wait) wait.textContent = said || '';
  }
}

const line = new EventSource(`/api/v1/moderation/events?since=${list.dataset.since}`);
const on = (name, what) => line.addEventListener(name, (event) => what(JSON.parse(event.data)));
on('comment', moved);
on('claim', held);
on('counts', counts);
on('much', () => { much = true; tellNews(); });
line.addEventListener('open', () => document.body.classList.remove('offline'));
line.addEventListener('error', () => document.body.classList.add('offline'));

// -- What is on this screen, for colleagues.

const RENEWED = 60_000;
const visible = new Set();
const held_here = new Set();
let soon;

const json = (method, comments, more = {}) => fetch('/api/v1/moderation/claims', {
  method, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ comments }), ...more,
});

async function claim() {
  const seen = document.visibilityState === 'visible' ? [...visible].filter((id) => find(id) && waits(find(id))) : [];
  const left = [...held_here].filter((id) => !seen.includes(id));
  held_here.clear();
  for (const id of seen) held_here.add(id);
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

const eye = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) visible.add(target.dataset.id);
    else visible.delete(target.dataset.id);
  }
  claimSoon();
}, { threshold: 0.4 });

function watchCards() {
  eye.disconnect();
  visible.clear();
  for (const card of all()) eye.observe(card);
}

onChange(watchCards);
setInterval(claim, RENEWED);
document.addEventListener('visibilitychange', claimSoon);
addEventListener('pagehide', () => {
  if (held_here.size) json('DELETE', [...held_here], { keepalive: true });
});
// What htmx has put onto the list counts, too.
document.body.addEventListener('htmx:afterSettle', changed);
changed();
