// <duyet-comments>: the comments of an article and the form for one more.

import { ago, alertOf, button, goTo, hint, make } from './dom.js';
import { SETTINGS, siteOfScript } from './server.js';
import { draftOf, keepDraft, ownOf } from './shelf.js';
import { langOf, wordsOf } from './words.js';
import { sheet } from './style.js';
import { formOf } from './form.js';
import { askList, showList } from './list.js';
import { refreshOwn, showOwn } from './own.js';
import { goToComment, named } from './comment.js';

/** The article that the page is about: the newspaper's own address for it. */
export const pageArticle = () => document.querySelector('link[rel~=canonical]')?.href || location.href.split('#')[0];

/** An address as the page means it: relative to itself, whatever its `<base>` says. */
export const articleOf = (element) => {
  const given = element.getAttribute('article');
  try {
    return given ? new URL(given, location.href).href : pageArticle();
  } catch {
    // The server says what is wrong with it.
    return given;
  }
};

export const siteOf = (element) => element.getAttribute('site') || siteOfScript();

class Comments extends HTMLElement {
  static observedAttributes = ['article', 'site', 'lang', 'order'];

  connectedCallback() {
    if (this.leave) return;
    const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    // Until there is something better, what stands in the element stays: the plain form, or a link.
    root.replaceChildren(make('slot'));
    this.leave = new AbortController();
    const { signal } = this.leave;
    const start = () => begin(this, root, signal);
    if (named()) return start();
    const near = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      start();
    }, { rootMargin: '600px' });
    near.observe(this);
    signal.addEventListener('abort', () => near.disconnect());
  }

  disconnectedCallback() {
    this.leave?.abort();
    this.leave = null;
  }

  attributeChangedCallback(name, before, now) {
    if (!this.leave || before === now) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }
}

/** What an attribute says, where it says what it may; otherwise what it is usually, and whoever made the page is told. */
function chosen(host, name, may, usual) {
  const given = host.getAttribute(name);
  if (may.test(given)) return given;
  if (given) console.warn(`<duyet-comments ${name}="${given}">: ${may}`);
  return usual;
}

/** What the parts of one element share. */
function begin(host, root, signal) {
  const asked = articleOf(host);
  const box = {
    host, root, asked, signal,
    article: asked,
    site: siteOf(host),
    lang: langOf(host.closest('[lang]')?.lang),
    order: chosen(host, 'order', /^(newest|oldest|replies)$/, 'newest'),
    limit: chosen(host, 'limit', /^([1-9]\d?|100)$/, 50),
    title: asked === pageArticle() ? (document.querySelector('meta[property="og:title"]')?.content || document.title).slice(0, 500) : undefined,
    news: '',
    status: make('div', { class: 'apart', role: 'status' }),
    say: (text) => { box.status.textContent = text; },
    // Beside what was pressed, where whoever pressed it looks.
    fail: (beside) => {
      box.failure?.remove();
      beside.after(box.failure = alertOf());
      box.failure.textContent = box.t('failed');
    },
    tell: (what, detail) => host.dispatchEvent(new CustomEvent(`duyet-${what}`, { detail, bubbles: true, composed: true })),
    reload: (around) => load(box, around),
  };
  box.t = wordsOf(box.lang);
  root.append(hint(box.t('loading'), { class: 'hint slow', role: 'status' }));
  addEventListener('online', () => first(box), { signal });
  // What leaves by the plain form is a draft until the page is opened again with word of it.
  host.addEventListener('submit', () => keepDraft(box, { ...draftOf(box), plain: true }), { signal });
  first(box);
}

/** The first page, asked for once at a time. As long as that fails, what stands in the element stays. */
async function first(box) {
  if (box.begun) return;
  box.begun = true;
  const { host, root, t } = box;
  host.ariaBusy = true;
  let page;
  try {
    page = await askList(box, { around: named() });
  } catch (refused) {
    if (box.signal.aborted) return;
    host.ariaBusy = null;
    // What whoever made the page has to mend is the same at another try.
    const isAmiss = box.begun = [403, 404, 422].includes(refused.status);
    console.error(refused, refused.status ? refused.errors?.[0].message : `Away, or ${location.origin} is not among its origins: ${SETTINGS}`, host);
    const retry = !isAmiss && button(t('retry'), () => first(box));
    const { activeElement } = root;
    root.replaceChildren(make('slot'), make('p', { role: 'status' }, t(isAmiss ? 'amiss' : 'failed'), ' ', retry));
    if (activeElement && retry) retry.focus();
    return;
  }
  host.ariaBusy = null;
  const { activeElement } = root;
  root.querySelector('p').remove();
  await left(host);
  if (box.signal.aborted) return;
  setUp(box, page);
  show(box, page, named());
  if (activeElement) goTo(box.heading);
  watch(box);
}

/** Whoever is writing into the plain form goes on with it: from field to field, and to its button, which not every browser focuses. */
async function left(host) {
  while (host.querySelector(':focus')) {
    await new Promise((out) => host.addEventListener('focusout', out, { once: true }));
    await new Promise((pressed) => setTimeout(pressed, 400));
  }
}

/** Puts the frame in the place of what stood in the element; what was typed there goes along. */
function setUp(box, { article, site }) {
  const typed = box.host.querySelector('textarea')?.value;
  // By the address as the page gives it, under which the plain form has left.
  const sent = draftOf(box).plain && draftOf(box);
  if (sent) keepDraft(box);
  Object.assign(box, { draft: null, about: site, article: article.url, article_id: article.id, open: article.open });
  box.lang ||= site.locale;
  const t = box.t = wordsOf(box.lang);
  if (sent) keepDraft(box, { ...draftOf(box), ...sent });
  if (typed && !draftOf(box).body) keepDraft(box, { ...draftOf(box), body: typed });
  box.heading = make('h2', { id: 'heading', tabindex: -1 });
  box.top = make('div');
  box.own = make('div');
  box.tools = make('div', { class: 'row order' });
  box.empty = hint(t('empty'));
  // As long as the keyboard is in the list, that stays as it is.
  box.list = make('ol', { id: 'list', focusout: ({ relatedTarget }) => box.behind && !box.list.contains(relatedTarget) && box.refresh() });
  box.more = make('div');
  box.root.replaceChildren(make('section', { lang: box.lang, 'aria-labelledby': 'heading' },
    box.heading, box.status, box.top, box.own, box.tools, box.empty, box.list, box.more));
  box.top.append(box.open ? formOf(box) : hint(t('closed')));
  for (const [name, aliases] of box.open ? TYPED : []) {
    const value = box.host.querySelector(aliases)?.value;
    if (value) box.form.elements[name].value ||= value;
  }
}

// What the plain form may call its fields besides the text.
const TYPED = [['name', '[name=name],[name=ho_ten],[name=hoten]'], ['email', '[name=email]']];

/** Shows a first page, with the form where it was and the reader's own comments. */
function show(box, page, around, isStill) {
  if (box.list.contains(box.form)) box.top.append(box.form);
  showList(box, page, around, isStill);
  box.form?.settle();
  showOwn(box);
  box.ordered = box.order;
  box.tell('loaded', { count: page.article.count });
  // Of several elements on a page each hears of every comment, and knows those of its own article alone.
  if (around && !goToComment(box, around) && document.querySelectorAll('duyet-comments').length < 2) {
    goTo(box.heading);
    box.tools.prepend(hint(box.t('gone')));
  }
}

/** Shows the list anew, unless it was asked for once more meanwhile; `isStill` where the reader has asked for nothing. */
async function load(box, around, isStill) {
  const turn = box.turn = {};
  let page;
  try {
    page = await askList(box, { around });
  } catch {
    const select = box.tools.querySelector('select');
    box.fail(select?.parentNode || box.heading);
    // What is shown is still in the order from before.
    if (select) select.value = box.order = box.ordered;
  }
  if (!page || turn !== box.turn) return false;
  show(box, page, around, isStill);
  return true;
}

/** Looks now and then at what may have changed, and follows the address. */
function watch(box) {
  const { signal } = box;
  box.refresh = async (anew) => {
    box.behind = await refreshOwn(box) || anew || box.behind;
    if (box.behind && !box.list.contains(box.root.activeElement)) box.behind = !await load(box, '', !box.stale);
    else showOwn(box);
  };
  const look = () => document.hidden || box.refresh();
  const timer = setInterval(() => {
    for (const time of box.root.querySelectorAll('time')) time.textContent = ago(box.lang, time.dateTime);
    if (ownOf(box).some(({ status }) => status === 'pending')) look();
  }, 30_000);
  signal.addEventListener('abort', () => clearInterval(timer));
  document.addEventListener('visibilitychange', look, { signal });
  // Another tab may have kept its own draft meanwhile, or have sent this one.
  addEventListener('pagehide', () => {
    const { body } = draftOf(box);
    if (body && !ownOf(box).some((one) => one.body === body)) keepDraft(box, draftOf(box));
  }, { signal });
  addEventListener('hashchange', () => named() && (goToComment(box, named()) || load(box, named())), { signal });
  look();
}

customElements.get('duyet-comments') || customElements.define('duyet-comments', Comments);
