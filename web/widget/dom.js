// Elements and times.

// An element: functions listen, everything else is an attribute. What anybody typed is a child, so it stays text. A page may style
// each by its name or class (`::part`).
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries({ part: `${name} ${attributes.class || ''}`, ...attributes })) {
    if (value instanceof Function) element.addEventListener(key, value);
    else if (value || value === 0) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** A button that sends no form. */
export const button = (text, click, attributes) => make('button', { type: 'button', class: 'small', ...attributes, click }, text);

/** What stands there quietly. */
export const hint = (text, attributes) => make('p', { class: 'hint', ...attributes }, text);

/** Where a form says what went wrong. */
export const alertOf = () => make('div', { class: 'error', role: 'alert' });

/** The buttons of a form. */
export const buttons = (label, ...others) => make('div', { class: 'row' }, make('button', { class: 'main' }, label), ...others);

/** The date and the minute, in the reader's own time zone. */
export const fullTime = (lang, at) => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(at));

/** How long ago: in days at the most, since who reads of ten weeks has to count back. */
export function ago(lang, at) {
  let past = Math.max(0, Date.now() - new Date(at)) / 1000;
  for (const [unit, most] of [['second', 60], ['minute', 60], ['hour', 24], ['day', 7]]) {
    if (past < most) return new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(-Math.floor(past), unit);
    past /= most;
  }
  return new Intl.DateTimeFormat(lang, { dateStyle: 'medium' }).format(new Date(at));
}

/** A time, in both ways. */
export const timeOf = (lang, at) => make('time', { datetime: at, title: fullTime(lang, at) }, ago(lang, at));

/** What the keys do in a form: Ctrl+Enter sends it, and Esc leaves it, unless it ends what is being composed. */
export const keysOf = (leave) => (event) => {
  if (event.key === 'Escape' && !event.isComposing) leave();
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
};

/** Brings something into sight, and the keyboard to it. */
export function goTo(element) {
  element.scrollIntoView({ block: 'center' });
  element.focus({ preventScroll: true });
}
