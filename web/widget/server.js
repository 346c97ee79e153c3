// The calls to the server, which is where this very script came from.

const API = `${import.meta.url.replace(/(assets\/)?[^/]*$/, '')}api/v1/`;

/** Where the newspaper says which pages are its own. */
export const SETTINGS = new URL('../../settings', API);

/** The site that the script was asked to serve: `<script src="…/widget.js" data-site="…">`. */
export const siteOfScript = () => [...document.scripts].find(({ src, dataset }) => src === import.meta.url && dataset.site)?.dataset.site;

/** What the server refused with, or `status` 0 where nothing came; it `passes` where the same may do in a while. */
const refusal = (status, problem, wait) => Object.assign(new Error([problem.title, problem.detail].filter(Boolean).join('. ')), {
  ...problem, status, wait, passes: [0, 408, 409, 502, 503, 504].includes(status),
});

/** Asks; without a cookie, and without a header that would cost a question beforehand where nothing is sent. */
export async function call(path, { method, body, lang, key } = {}) {
  const headers = { ...(lang && { 'accept-language': lang }), ...(body && { 'content-type': 'application/json' }), ...(key && { 'idempotency-key': key }) };
  let [status, told, wait] = [0, {}];
  try {
    const answer = await fetch(API + path, { method, headers, body: body && JSON.stringify(body), credentials: 'omit', signal: AbortSignal.timeout?.(20_000) });
    const after = answer.headers.get('retry-after');
    wait = Number(after) || (Date.parse(after) - Date.now()) / 1000;
    // Whatever refuses is heard, also where it is none of ours; only we say yes.
    if (!answer.ok) status = answer.status;
    told = await answer.json();
    if (answer.ok) return told;
  } catch {
    // The network is away, or what answered is none of ours.
  }
  throw refusal(status, told, wait);
}

/** The same of a site. */
export const callSite = (box, path, options) => call(`sites/${encodeURIComponent(box.site)}/${path}`, { lang: box.lang, ...options });
