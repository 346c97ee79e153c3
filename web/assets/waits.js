// How long each comment has waited, as time goes on: in the words in which the service says it.

import { list, word } from './cards.js';

const MINUTE = 60_000;
// A moderator's clock may be wrong; the service's was read when the page was made.
const behind = Number(list.dataset.since) / 1000 - Date.now();

/** A number of one unit; the service's examples are of one, and of 1234. */
function unit(name, number) {
  return number === 1 ? word(`${name}One`) : word(`${name}Many`).replace(/1[.,\s]?234/, String(number));
}

/** *3 giờ 10 phút* */
function wait(since) {
  const minutes = Math.max(0, Math.floor((Date.now() + behind - since) / MINUTE));
  const parts = [['days', Math.floor(minutes / 1440)], ['hours', Math.floor(minutes / 60) % 24], ['minutes', minutes % 60]];
  const first = parts.findIndex(([, number]) => number > 0);
  if (first < 0) return word('moment');
  return parts.slice(first, first + 2).filter(([, number]) => number > 0).map(([name, number]) => unit(name, number)).join(' ');
}

function tell() {
  for (const line of document.querySelectorAll('[data-waits]')) {
    line.textContent = word(line.dataset.waits).replace('{wait}', wait(Number(line.dataset.since) / 1000));
  }
}

setInterval(tell, MINUTE);
