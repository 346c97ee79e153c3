// What is kept in the reader's browser: the draft, the name if they want that, and the receipts of their comments.
// Where a browser keeps nothing, everything works until the page is left.

const kept = new Map();

const shelfKey = (box, what) => `duyet:${box.site}:${what}`;

export function read(box, what) {
  const key = shelfKey(box, what);
  // What a full browser did not take is newer than what it has.
  if (kept.has(key)) return kept.get(key);
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function keep(box, what, value) {
  const key = shelfKey(box, what);
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
    kept.delete(key);
  } catch {
    kept.set(key, value);
  }
}

/** What a draft is kept as: by the article's id, since its address may change, and by its address, since a list may not know the id of
 * an article that was just written about for the first time. */
const drafts = (box) => [box.article_id, box.article].filter(Boolean).map((of) => `draft:${of}`);

/** The draft for this article, as it is in this tab; of those that were kept, the last. */
export const draftOf = (box) => (box.draft ??= drafts(box).map((name) => read(box, name) || {}).sort((a, b) => (b.at || 0) - (a.at || 0))[0]);

/** Keeps it, unless nothing is typed; what another tab has typed meanwhile is not this one's to throw away. */
export function keepDraft(box, draft = {}) {
  const isDraft = draft.body || draft.plain;
  for (const name of drafts(box)) {
    if (isDraft || read(box, name)?.body === draftOf(box).body) keep(box, name, isDraft && { ...draft, at: Date.now() });
  }
  box.draft = draft;
}

/** Every comment that was sent from this browser, the last hundred. */
const allOwn = (box) => read(box, 'own') || [];
export const ownOf = (box) => allOwn(box).filter(({ article, article_id: id }) => article === box.article || (id && id === box.article_id));

/** Keeps what is known of one, in its place, with where its article stands, but not by what name it was sent; without `more` it is forgotten. */
export function keepOwn(box, receipt, more) {
  const all = allOwn(box);
  const place = all.findIndex((one) => one.receipt === receipt);
  const now = more ? [{ article: box.article, ...all[place], ...more, receipt, name: undefined }] : [];
  all.splice(place < 0 ? all.length : place, 1, ...now);
  keep(box, 'own', all.slice(-100));
}
