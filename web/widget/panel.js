// A small form that opens in the place of a comment's buttons: to report it, to change one's own, to take it back.

import { alertOf, button, buttons, keysOf, make } from './dom.js';
import { showOwn } from './own.js';

/** `act` does what its button says, and closes the panel. */
export function openPanel(box, view, parts, label, act) {
  const tools = view.querySelector('.tools');
  const opener = box.root.activeElement;
  const alert = alertOf();
  let busy = false;
  const form = make('form', { class: 'open', novalidate: true, submit, keydown: keysOf(close) }, ...parts, alert, buttons(label, button(box.t('cancel'), close)));
  box.closePanel?.();
  box.closePanel = close;
  tools.hidden = true;
  tools.after(form);
  form.querySelector('select, textarea, button').focus();

  function close() {
    form.remove();
    tools.hidden = false;
    box.closePanel = null;
    opener?.focus();
    // What was learnt while it was open.
    if (box.late) showOwn(box);
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await act();
    } catch (refused) {
      busy = false;
      alert.textContent = refused.errors?.[0]?.message || refused.message || box.t('failed');
    }
  }
}
