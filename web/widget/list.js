// The published comments: threads with their replies beneath, some fifty at a time.

import { button, goTo, make } from './dom.js';
import { callSite } from './server.js';
import { ownOf } from './shelf.js';
import { publishedOf } from './comment.js';
import { showOwn } from './own.js';

const ORDERS = ['newest', 'oldest', 'replies'];

/** Asks for comments of the article. */
export function askList(box, more) {
  const query = new URLSearchParams({ article: box.asked, order: box.order, limit: box.limit });
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value);
  return callSite(box, `comments?${query}`);
}

/** Shows a first page in the place of what was there; or, where the reader has asked for nothing, adds to it what is their own. */
export function showList(box, { article: { count }, comments, next }, around, isStill) {
  box.heading.textContent = box.t('heading') + (count ? ` (${count.toLocaleString(box.lang)})` : '');
  box.empty.hidden = count > 0;
  const { activeElement } = box.root;
  if (!isStill) box.tools.replaceChildren();
  if (count > 1 && !box.tools.querySelector('select')) box.tools.append(orders(box));
  if (isStill) return void add(box, comments.filter(({ id }) => box.shown.has(id) || ownOf(box).some((one) => one.id === id)), true);
  // A comment with an open panel stays as it is: somebody is typing there.
  box.held = box.list.querySelector('form')?.closest('article');
  box.shown = new Map();
  box.stale = false;
  box.list.replaceChildren();
  add(box, comments);
  if (box.held) {
    if (!box.held.isConnected) box.own.append(box.held);
    if (box.held.contains(activeElement)) activeElement.focus({ preventScroll: true });
    box.held = null;
  }
  offerMore(box, next);
  // The page around a comment may have others before it.
  if (!box.shown.has(around) || box.shown.size >= count) return;
  box.tools.prepend(button(box.t('all'), async () => {
    if (!await box.reload()) return;
    history.replaceState(history.state, '', location.href.split('#')[0]);
    goTo(box.heading);
  }));
}

function orders(box) {
  const change = () => {
    box.order = select.value;
    box.reload().then(() => box.tools.querySelector('select')?.focus());
  };
  const select = make('select', { change }, ...ORDERS.map((value) => make('option', { value, selected: value === box.order }, box.t(value))));
  return make('label', {}, box.t('order'), select);
}

/** Adds comments, each after the one before it; the first element that is new. */
function add(box, comments, isStill) {
  const [threads, last] = [new Set(), new Map()];
  let first;
  for (const comment of comments) {
    const { id, thread } = comment;
    threads.add(thread);
    let item = box.shown.has(id) && box.list.querySelector(`#duyet-${id}`).parentNode;
    box.shown.set(id, comment);
    if (!item) {
      const answered = comment.parent !== thread && box.shown.get(comment.parent);
      const view = box.held?.id === `duyet-${id}` ? box.held : publishedOf(box, { ...comment, answers: answered?.name });
      item = make('li', {}, view);
      const replies = box.root.getElementById(`thread-${thread}`);
      if (!replies) item.append(make('ol', { id: `thread-${id}` }));
      const list = replies || box.list;
      if (last.has(list)) last.get(list).after(item);
      else list[isStill ? 'prepend' : 'append'](item);
      first ||= view;
    }
    last.set(item.parentNode, item);
  }
  for (const thread of threads) offerReplies(box, thread);
  return first;
}

const offerMore = (box, next) => box.more.replaceChildren(next ? button(box.t('more'), async () => {
  const page = await goOn(box, { after: next });
  if (page) offerMore(box, page.next);
}, { class: 'more' }) : '');

/** The button for the replies of a thread that are not here yet. */
function offerReplies(box, id) {
  const thread = box.root.getElementById(`thread-${id}`);
  // The first comment of it may have been taken down while its replies were asked for.
  if (!thread) return;
  const left = (box.shown.get(id)?.replies || 0) - thread.childElementCount;
  if (thread.nextSibling) thread.nextSibling.remove();
  if (left <= 0) return;
  const last = thread.lastChild?.firstChild.id.slice('duyet-'.length);
  thread.after(button(box.t('moreReplies', left), async () => {
    const page = await goOn(box, { thread: id, after: last || id });
    // Some may have been taken back since they were counted.
    if (page && !page.next) thread.nextSibling?.remove();
  }));
}

/** Adds the next ones, says so, and leads the keyboard to them. */
async function goOn(box, more) {
  if (box.going) return null;
  box.going = true;
  const { turn } = box;
  try {
    const page = await askList(box, more);
    if (turn !== box.turn) return null;
    const before = box.shown.size;
    const first = add(box, page.comments);
    showOwn(box);
    box.say(box.t('added', box.shown.size - before));
    first?.focus({ preventScroll: true });
    return page;
  } catch {
    box.fail(box.root.activeElement);
    return null;
  } finally {
    box.going = false;
  }
}
