// Sending a comment until the server has it or says what is wrong with it.

import { callSite } from './server.js';
import { forgetProof, prove, stampOf } from './work.js';
import { draftOf, keepDraft } from './shelf.js';

// The key under which this very comment is sent, however often and after a reload: the server takes it in once. What it is for is
// kept as a number, since nobody has asked to keep name and email; a page may change its title while it is open.
function keyOf(box, submission) {
  const draft = draftOf(box);
  const of = [...JSON.stringify({ ...submission, article: 0 })].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) | 0, 0);
  if (draft.of !== of) {
    Object.assign(draft, { of, key: crypto.getRandomValues(new Uint32Array(4)).join('-') });
    keepDraft(box, draft);
  }
  return draft.key;
}

/** Some seconds, or until the network is back; fails as soon as `stop` says so. */
const pause = (seconds, stop) => new Promise((done, failed) => {
  setTimeout(done, seconds * 1000);
  addEventListener('online', done, { once: true });
  stop.addEventListener('abort', failed);
});

/** What the server said to it at last. `told` hears `working` with a number, `waiting`, `busy` and `sending`. */
export async function sendUntil(box, submission, website, told, stop) {
  const key = keyOf(box, submission);
  let [asked, tries] = [box.about.proof_of_work === 'always', 0];
  for (;;) {
    try {
      const challenge = asked ? await prove(box, (number) => told('working', number)) : undefined;
      told('sending');
      const body = { ...submission, stamp: await stampOf(box), challenge, website: website || undefined };
      return await callSite(box, 'comments', { method: 'POST', body, key });
    } catch (refused) {
      const wantsProof = refused.errors?.some(({ field }) => field === 'challenge');
      if (wantsProof && tries < 3) {
        // One that did not count is no use again; under pressure the first is asked for only now.
        if (asked) forgetProof(box);
        asked = true;
      } else if (refused.passes) {
        told(refused.status ? 'busy' : 'waiting');
        await pause(Math.min(60, refused.wait > 0 ? refused.wait : 2 ** tries), stop);
      } else {
        throw refused;
      }
      tries += 1;
    }
  }
}
