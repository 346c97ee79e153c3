// The reader's own comments, by the receipts that their browser keeps: where each stands, its text changed, taken back.

import { button, fullTime, goTo, hint, make } from './dom.js';
import { call } from './server.js';
import { keepOwn, ownOf } from './shelf.js';
import { badgeOf, commentOf } from './comment.js';
import { openPanel } from './panel.js';

/** Asks where those stand; whether anything has changed since. */
export async function refreshOwn(box) {
  let changed = false;
  box.news = '';
  await Promise.all(ownOf(box).map(async (one) => {
    try {
      changed = await learn(box, one, 'GET') || changed;
    } catch (refused) {
      if (refused.status === 404) keepOwn(box, one.receipt);
    }
  }));
  return changed;
}

/** Calls with a receipt and keeps what the comment is now; what was taken back is forgotten. */
export async function learn(box, { receipt, status }, method, body) {
  const now = await call(`receipts/${receipt}`, { method, body, lang: box.lang });
  // What was asked before the reader changed it or took it back says what it was then.
  const kept = ownOf(box).find((one) => one.receipt === receipt);
  if (method === 'GET' && (!kept || kept.revision > now.revision)) return false;
  const isGone = ['withdrawn', 'erased'].includes(now.status);
  const isOther = now.status !== status;
  keepOwn(box, receipt, !isGone && now);
  // Where this is the first that was ever written there.
  box.article_id ||= now.article_id;
  // What is taken down leaves the list.
  if (now.status !== 'approved' && box.shown.has(now.id)) box.stale = true;
  if (isOther) {
    // It waits no more.
    box.form?.tellState();
    // Of several, each is said.
    if (!isGone) box.say(box.news += `${box.t('body')}: ${box.t(now.status)}. `);
  }
  return isOther;
}

/** Shows them: what is in the list is marked there, the others stand by themselves. */
export function showOwn(box) {
  box.late = box.own.querySelector('form');
  if (box.late) return;
  const held = box.own.contains(box.root.activeElement) && box.root.activeElement.closest('article').id;
  box.own.replaceChildren();
  for (const one of ownOf(box)) {
    const listed = one.status === 'approved' && box.list.querySelector(`#duyet-${one.id}`);
    if (!listed) {
      box.own.append(ownView(box, one));
    } else if (!listed.mine) {
      listed.mine = true;
      listed.querySelector('header').append(badgeOf(box.t('body')));
      listed.querySelector('.tools').replaceChildren(...toolsOf(box, one, () => listed));
    }
  }
  if (held) (box.root.getElementById(held) || box.heading).focus({ preventScroll: true });
}

function ownView(box, one) {
  const view = commentOf(box, one, box.t(one.status), toolsOf(box, one, () => view));
  view.setAttribute('aria-label', `${box.t('body')}: ${box.t(one.status)}`);
  if (one.status === 'pending') view.append(hint(box.t('pendingHint')));
  return view;
}

/** What its author may do. */
const toolsOf = (box, one, view) => [
  new Date(one.editable_until) > Date.now() && button(box.t('edit'), () => edit(box, one, view())),
  one.status === 'rejected' ? button(box.t('hide'), () => hide(box, one)) : button(box.t('withdraw'), () => withdraw(box, one, view())),
].filter(Boolean);

function hide(box, one) {
  keepOwn(box, one.receipt);
  goTo(box.heading);
  showOwn(box);
}

// What was changed and not sent, for whoever comes back to it.
const edits = {};

function edit(box, one, view) {
  const { t } = box;
  const text = make('textarea', { id: 'edit', 'aria-describedby': 'edit-hint', input: () => { edits[one.id] = text.value; } }, edits[one.id] ?? one.body);
  const parts = [make('label', { for: 'edit' }, t('body')), hint(t('editHint', fullTime(box.lang, one.editable_until)), { id: 'edit-hint' }), text];
  openPanel(box, view, parts, t('save'), async () => {
    const { receipt, revision } = one;
    try {
      await learn(box, one, 'PATCH', { body: text.value, revision });
    } catch (refused) {
      // Decided meanwhile: whoever still wants that says so once more.
      if (refused.status === 409) Object.assign(one, await call(`receipts/${receipt}`, box));
      throw refused;
    }
    delete edits[one.id];
    await changed(box, 'pendingSent');
  });
}

const withdraw = (box, one, view) => openPanel(box, view, [hint(box.t('withdrawHint'))], box.t('withdraw'), async () => {
  let told = 'withdrawn';
  await learn(box, one, 'DELETE').catch((refused) => {
    // Decided meanwhile: what is not published cannot be taken back, and says so itself.
    if (refused.status !== 409) throw refused;
    told = 'rejected';
    return learn(box, one, 'GET');
  });
  await changed(box, told);
});

async function changed(box, told) {
  box.closePanel();
  goTo(box.heading);
  await box.reload();
  box.say(box.t(told));
}
