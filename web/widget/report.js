// A reader tells the newsroom that a published comment should not stand there.

import { goTo, hint, make } from './dom.js';
import { openPanel } from './panel.js';
import { callSite } from './server.js';

const REASONS = 'insulting unlawful personal_data advertising untrue other'.split(' ');

/** Asks why, and thanks. */
export function report(box, { id }, view) {
  const { t } = box;
  const reason = make('select', { id: 'reason', required: true }, make('option', {}, t('choose')), ...REASONS.map((value) => make('option', { value }, t(value))));
  const note = make('input', { type: 'text', id: 'note', maxlength: 500 });
  const parts = [make('label', { for: 'reason' }, t('reportWhy')), reason, make('label', { for: 'note' }, t('reportNote')), note];
  openPanel(box, view, parts, t('reportSend'), async () => {
    if (!reason.selectedIndex) {
      reason.focus();
      throw new Error(t('choose'));
    }
    try {
      await callSite(box, `comments/${id}/reports`, { method: 'POST', body: { reason: reason.value, note: note.value.trim() || undefined } });
    } catch (refused) {
      throw refused.status === 404 ? new Error(t('gone')) : refused;
    }
    box.closePanel();
    const thanks = hint(t('reported'), { tabindex: -1 });
    view.querySelector('.tools').lastChild.replaceWith(thanks);
    goTo(thanks);
  });
}
