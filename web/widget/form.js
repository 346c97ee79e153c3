// The form: what is typed into it is kept until the server has it.

import { alertOf, button, buttons, hint, keysOf, make } from './dom.js';
import { draftOf, keep, keepDraft, keepOwn, read } from './shelf.js';
import { beginWork, forgetProof } from './work.js';
import { sendUntil } from './sending.js';
import { goToComment } from './comment.js';
import { askList } from './list.js';
import { learn, showOwn } from './own.js';

/** A field with its label, its hint, and room for what is wrong with it. */
const field = (t, name, kind, attributes, typed) => make('div', { class: 'field' },
  make('label', { for: name }, t(name)), hint(t(`${name}Hint`), { id: `${name}-hint` }),
  make(kind, { id: name, name, 'aria-describedby': `${name}-hint ${name}-error`, ...attributes }, typed), errorOf(name));

const errorOf = (name) => make('p', { class: 'error', id: `${name}-error` });

/** A box to tick. */
const tick = (name, text, checked) => make('div', { class: 'field tick' },
  make('label', {}, make('input', { type: 'checkbox', name, checked, 'aria-describedby': `${name}-error` }), make('span', {}, text)), errorOf(name));

/** Builds the form. Others move it: `box.replyTo`, and `settle` after the list was shown anew. */
export function formOf(box) {
  const { t, about } = box;
  const { consent, tell, body_max: most } = about;
  // What went the plain way has arrived where the page's address says so.
  const arrived = draftOf(box).plain && /[?&]duyet=(pending|approved)\b/.exec(location.search)?.[1];
  if (arrived) keepDraft(box);
  const draft = draftOf(box);
  // What it was about to send when the page was left.
  const untold = draft.key && t('stopped');
  const me = read(box, 'me');
  const count = hint('');
  const alert = alertOf();
  const state = make('div', { role: 'status' }, arrived ? t(`${arrived}Sent`) : untold);
  const progress = make('progress', { max: 1000, 'aria-label': t('sending'), hidden: true });
  const title = make('h3');
  const cancel = button(t('cancel'), leaveAnswer);
  const input = (type, name) => field(t, name, 'input', { type, autocomplete: name, value: me?.[name] });
  const agreed = tick('consent', consent?.text);
  const form = make('form', { novalidate: true, class: draft.body && 'open', submit, input: onInput, focusin, keydown: keysOf(() => cancel.hidden || leaveAnswer()) },
    title, field(t, 'body', 'textarea', { rows: 3 }, draft.body), count,
    make('div', { class: 'rest' },
      make('div', { class: 'pair' }, input('text', 'name'), input('email', 'email')),
      make('input', { type: 'text', class: 'apart', 'aria-hidden': 'true', name: 'website', tabindex: -1, autocomplete: 'off' }),
      consent && agreed, tell && tick('tell', t('tell')), tick('remember', t('remember'), !!me)),
    alert, state, progress, make('div', { class: 'rest' }, buttons(t('send'), cancel)));
  const at = form.elements;
  const text = at.body;
  const send = form.querySelector('.main');
  let busy, stop, counting, sent;
  // What was taken back to be sent with another address, as long as it is not.
  let taken = '';
  box.form = Object.assign(form, { settle, tellState });
  box.replyTo = (comment) => {
    replyTo(comment);
    text.focus();
  };

  function replyTo(comment) {
    keepDraft(box, { ...draftOf(box), parent: comment?.id, to: comment?.name });
    settle();
  }

  /** Puts the form beneath the comment that is answered, or in its own place. */
  function settle() {
    const { parent, to } = draftOf(box);
    title.hidden = cancel.hidden = !parent;
    title.textContent = parent ? t('replyTo', to) : '';
    const place = (parent && box.list.querySelector(`#duyet-${parent} .place`)) || box.top;
    if (form.parentNode !== place) place.append(form);
  }

  function leaveAnswer() {
    const answered = form.closest('article');
    replyTo();
    (answered?.querySelector('button') || text).focus();
  }

  function focusin() {
    form.classList.add('open');
    beginWork(box);
  }

  function onInput({ target: { name, checked } }) {
    mark(name);
    if (name === 'remember' && !checked) keep(box, 'me');
    alert.textContent = '';
    keepTyped();
    const left = most - [...text.value.normalize()].length;
    count.className = left < 0 ? 'error' : 'hint';
    count.textContent = left < 0 ? t('over', -left) : left < most / 10 ? t('left', left) : '';
    // Who only hears it hears it when they pause.
    clearTimeout(counting);
    counting = setTimeout(() => count.textContent && box.say(count.textContent), 1_000);
    // What waits to be sent again is not what stands here now.
    stop?.abort();
  }

  const typed = () => [taken, text.value].filter(Boolean).join('\n\n');
  const keepTyped = () => keepDraft(box, { ...draftOf(box), body: typed(), plain: undefined });

  /** Says at a field what is wrong with it, or that nothing is; false where there is no such field. */
  function mark(name, message, meant) {
    const error = form.querySelector(`#${name}-error`);
    if (!error) return false;
    error.textContent = message || '';
    if (message) at[name].setAttribute('aria-invalid', true);
    else at[name].removeAttribute('aria-invalid');
    if (meant) {
      error.append(' ', button(t('meant', meant), () => {
        at[name].value = meant;
        mark(name);
        at[name].focus();
      }));
    }
    return true;
  }

  /** Shows all that is wrong, and leads to the first of it. */
  function markAll({ errors = [], suggestion: meant, message: whole }) {
    const elsewhere = errors.filter(({ field: name, message, suggestion }) => !mark(name, message, suggestion));
    if (meant) mark('email', '', meant);
    alert.textContent = [whole, ...elsewhere.map(({ message }) => message)].join(' ') || (errors.length ? '' : t('failed'));
    if (errors.some(({ field: name }) => name === 'parent')) {
      alert.append(' ', button(t('alone'), () => {
        replyTo();
        form.requestSubmit();
      }));
    }
    const wrong = form.querySelector('[aria-invalid]');
    // Where the keyboard is there already, nothing else would be heard.
    if (wrong && wrong === box.root.activeElement) alert.prepend(wrong.closest('.field').lastChild.textContent, ' ');
    wrong?.focus();
  }

  function tellState(what, number) {
    progress.hidden = what !== 'working';
    progress.value = number || 0;
    // Told once, however far the work is.
    const told = what ? t(what) : '';
    if (state.textContent !== told) state.textContent = told;
  }

  async function submit(event) {
    event.preventDefault();
    // The second of a double click may come when all is done.
    if (busy || (!text.value && Date.now() - sent < 1_000)) return;
    tellState();
    for (const name of ['body', 'name', 'email', 'consent']) mark(name);
    const empty = ['body', 'name', 'email'].filter((name) => !at[name].value.trim());
    if (empty.length) return void markAll({ message: '', errors: empty.map((name) => ({ field: name, message: t('missing') })) });
    const { parent, to } = draftOf(box);
    await sendOnce({
      article: { url: box.article, title: box.title },
      name: at.name.value,
      email: at.email.value,
      body: text.value,
      parent,
      consent: at.consent?.checked ? { version: about.consent.version } : undefined,
      tell: at.tell?.checked,
    }, to);
  }

  /** Sends, one at a time; `receipt` is of the same comment with another address, which this one takes the place of. */
  async function sendOnce(submission, to, receipt) {
    if (busy) return;
    alert.textContent = '';
    busy = true;
    send.setAttribute('aria-disabled', 'true');
    try {
      if (receipt) await takeBack(submission, receipt);
      await sendNow(submission, to);
    } catch (refused) {
      // What could not be taken back stands where it was.
      const isAsBefore = receipt && !taken;
      if (taken) putBack(submission, to);
      if (!isAsBefore) tellState(refused.status ? null : 'stopped');
      // What the newsroom has decided meanwhile says so itself.
      if (isAsBefore && refused.status === 409) await box.refresh();
      else if (refused.status || isAsBefore) markAll(refused);
      if (refused.errors?.some(({ field: name }) => name === 'consent')) await readAgain();
      free();
    }
  }

  /** The next may be sent, whatever else is still asked for. */
  function free() {
    busy = stop = null;
    send.removeAttribute('aria-disabled');
  }

  /** The newspaper has another text than when the page was opened. */
  async function readAgain() {
    Object.assign(about, (await askList(box, { limit: 1 }).catch(() => box)).site);
    if (!about.consent) return;
    agreed.querySelector('span').textContent = about.consent.text;
    if (!at.consent) form.querySelector('.apart').after(agreed);
    at.consent.checked = false;
  }

  async function sendNow(submission, to) {
    const leave = new AbortController();
    const { id, status, receipt, suggestion } = await sendUntil(box, submission, at.website.value, (what, number) => {
      tellState(what, number);
      stop = /waiting|busy/.test(what) && !taken ? leave : null;
    }, leave.signal);
    const { name, email, body } = submission;
    forgetProof(box);
    keep(box, 'me', at.remember.checked ? { name, email } : null);
    keepOwn(box, receipt, { id, status, body, answers: to, created_at: new Date().toISOString() });
    if (!taken) clear(submission);
    taken = '';
    keepDraft(box, { ...draftOf(box), body: text.value, key: undefined, of: undefined });
    settle();
    sent = Date.now();
    tellState(`${status}Sent`);
    if (suggestion) {
      state.append(' ', button(t('meant', suggestion), () => {
        if (at.email.value === email) at.email.value = suggestion;
        sendOnce({ ...submission, email: suggestion }, to, receipt);
      }));
    }
    free();
    box.tell('sent', { id, status });
    await box.refresh(status === 'approved');
    if (!text.value) goToComment(box, id);
    else if (!box.root.activeElement) text.focus();
  }

  /** What was typed on meanwhile is the next one's draft, and stays where it is. */
  function clear({ body, parent }) {
    if (text.value.startsWith(body)) text.value = text.value.slice(body.length).trimStart();
    count.textContent = '';
    if (!text.value && draftOf(box).parent === parent) keepDraft(box);
    if (at.consent) at.consent.checked = false;
  }

  /** Takes a comment back. Its text is a draft until it is sent again, above what is typed by now. */
  async function takeBack({ body }, receipt) {
    await learn(box, { receipt }, 'DELETE');
    taken = body;
    keepTyped();
    showOwn(box);
  }

  /** What was taken back and is not taken in again can be mended. */
  function putBack({ parent }, to) {
    if (!text.value && !draftOf(box).parent) replyTo({ id: parent, name: to });
    text.value = typed();
    taken = '';
    keepTyped();
  }

  return form;
}
