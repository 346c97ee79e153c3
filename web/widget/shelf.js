// What is kept in the reader's browser: the draft, the name if they want that, and the receipts of their comments.
// Where a browser keeps nothing, everything works until the page is left.

const kept = new Map();

export function read(box, what) {
  const key = `duyet:${box.site}:${what}`;
  // What a full browser did not take is newer than what it has.
  if (kept.has(key)) return kept.get(key);
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function keep(box, what, value) {
  const key = `duyet:${box.site}:${what}`;
  try {
    if (value == null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    kept.delete(key);
  } catch {
    kept.set(key, value);
  }
}

/** The draft for this article. */
export const draftOf = (box) => read(box, `draft:${box.article}`) || {};
export const keepDraft = (box, draft) => keep(box, `draft:${box.article}`, draft?.body || draft?.parent || draft?.plain ? draft : null);

/** Every comment that was sent from this browser, the last hundred. */
const allOwn = (box) => read(box, 'own') || [];
export const ownOf = (box) => allOwn(box).filter(({ article }) => article === box.article);

/** Keeps what is known of one, in its place, but not by what name it was sent; without `more` it is forgotten. */
export function keepOwn(box, receipt, more) {
  const all = allOwn(box);
  const known = all.find((one) => one.receipt === receipt);
  const now = more ? [{ ...known, ...more, receipt, name: undefined }] : [];
  all.splice(known ? all.indexOf(known) : all.length, known ? 1 : 0, ...now);
  keep(box, 'own', all.slice(-100));
}
