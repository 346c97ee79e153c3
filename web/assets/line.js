// The line on which the service tells what happens: one for all tabs of a browser, since over HTTP/1.1 a browser has six connections to
// a service and every line takes one. One tab holds it and passes on what it hears; when that tab goes, another takes it up.

import { list } from './cards.js';

const NAME = 'duyet-live';
const EVENTS = ['comment', 'claim', 'counts', 'much'];
/** For so long the holder remembers what happened, for tabs that come later; the service remembers as long. */
const MEMORY = 5 * 60_000;
const RETRY = 5_000;

const watchers = {};
/** Calls `watcher` with what the service tells by that name; by `state`, with `on`, `off`, or `out` where nobody is signed in. */
export const on = (name, watcher) => { watchers[name] = watcher; };
const told = (name, data) => watchers[name]?.(data);

/** Up to when this tab knows what happened, in microseconds. */
let heard = Number(list.dataset.since);
function hear(name, data) {
  if (name === 'comment') heard = Math.max(heard, Date.parse(data.at) * 1000);
  told(name, data);
}

/** A line of this tab's; `pass` hears all of it. */
function open(pass) {
  const line = new EventSource(`/api/v1/moderation/events?since=${heard}`);
  for (const name of EVENTS) line.addEventListener(name, (event) => pass(name, JSON.parse(event.data)));
  line.addEventListener('open', () => pass('state', 'on'));
  line.addEventListener('error', async () => {
    pass('state', 'off');
    // A browser asks anew by itself, unless it was refused.
    if (line.readyState !== EventSource.CLOSED) return;
    if (await isSignedOut()) pass('state', 'out');
    else setTimeout(() => open(pass), RETRY);
  });
  return line;
}

async function isSignedOut() {
  try {
    return (await fetch('/queue/cards')).redirected;
  } catch {
    return false;
  }
}

function share() {
  const channel = new BroadcastChannel(NAME);
  const tab = `${Date.now()}-${Math.random()}`;
  const memory = { from: 0, events: [], state: 'off' };
  let holds = false;

  const ask = () => channel.postMessage({ kind: 'hello', tab, since: heard });

  function pass(name, data) {
    if (name === 'state') memory.state = data;
    if (name === 'comment') memory.events.push(data);
    const old = Date.now() - MEMORY;
    while (memory.events.length && Date.parse(memory.events[0].at) < old) {
      memory.from = Date.parse(memory.events.shift().at) * 1000 + 1;
    }
    channel.postMessage({ kind: 'told', name, data });
    hear(name, data);
  }

  function answer({ tab: to, since }) {
    const events = memory.events.filter(({ at }) => Date.parse(at) * 1000 >= since).map((data) => ['comment', data]);
    if (since < memory.from) events.push(['much', null]);
    channel.postMessage({ kind: 'answer', to, events: [['state', memory.state], ...events] });
  }

  channel.onmessage = ({ data: message }) => {
    if (message.kind === 'told') hear(message.name, message.data);
    else if (message.kind === 'hello' && holds) answer(message);
    else if (message.kind === 'holder') ask();
    else if (message.kind === 'answer' && message.to === tab) for (const [name, data] of message.events) hear(name, data);
  };
  navigator.locks.request(NAME, () => new Promise(() => {
    holds = true;
    memory.from = heard;
    open(pass);
    channel.postMessage({ kind: 'holder' });
  }));
  ask();
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible' && !holds) ask(); });
}

/** Where tabs cannot agree (a page that is not served safely), the one that is looked at has the line. */
function whileVisible() {
  let line = null;
  const look = () => {
    line?.close();
    line = document.visibilityState === 'visible' ? open(hear) : null;
  };
  document.addEventListener('visibilitychange', look);
  look();
}

/** Begins to listen, once all watchers are there. */
export function listen() {
  if (navigator.locks && globalThis.BroadcastChannel) share();
  else whileVisible();
}
