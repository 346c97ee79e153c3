// One comment as it stands in the list, or among the reader's own.

import { button, goTo, hint, make, timeOf } from './dom.js';
import { report } from './report.js';

/** A comment whose head has these badges, and these tools beneath. */
export function commentOf(box, { id, name, body, created_at, edited_at, newsroom, answers, status, reason_text }, badge, tools) {
  const { t, lang } = box;
  const locale = box.about.locale;
  return make('article', { id: `duyet-${id}`, tabindex: -1, class: status ? 'mine' : newsroom && 'newsroom' },
    make('header', {},
      make('h3', name ? { lang: locale } : {}, name || t('body')),
      newsroom && badgeOf(t('newsroom')), badge && badgeOf(badge, status),
      make('a', { href: `${box.article}#duyet-${id}`, click: (event) => follow(id, event) }, timeOf(lang, created_at)),
      edited_at && hint(t('edited'))),
    answers && hint(t('answers', answers)),
    make('p', { class: 'body', lang: locale }, body),
    reason_text && hint(t('reason', reason_text)),
    make('div', { class: 'row tools' }, ...tools),
    make('div', { class: 'place' }));
}

export const badgeOf = (text, status) => make('span', { class: `badge ${status}` }, text);

/** A published one, for everybody. */
export function publishedOf(box, comment) {
  const { t } = box;
  const view = commentOf(box, comment, '', [
    box.open && button(t('reply'), () => box.replyTo(comment), { 'aria-label': t('replyTo', comment.name) }),
    button(t('report'), () => report(box, comment, view), { 'aria-label': `${t('report')}: ${comment.name}` }),
  ]);
  return view;
}

/** A permanent link leads there without leaving the page. */
function follow(id, event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.hash = `duyet-${id}`;
}

/** Scrolls to a comment and marks it, where it is here. */
export function goToComment(box, id) {
  const found = box.root.getElementById(`duyet-${id}`);
  if (!found) return false;
  box.root.querySelector('.here')?.classList.remove('here');
  found.classList.add('here');
  goTo(found);
  return true;
}

/** The comment that the page's address names. */
export const named = () => /^#duyet-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
