// The proof of work: ALTCHA's, by PBKDF2, which browsers have built in.

import { callSite } from './server.js';

/** Finds the number whose key begins as the challenge says. Stands alone: a worker is made of its text. */
async function solve({ parameters: p }, told) {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const salt = bytes(p.salt);
  const keyOf = async (number) => {
    const password = new Uint8Array([...bytes(p.nonce), number >>> 24, number >>> 16, number >>> 8, number]);
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: p.cost }, key, p.keyLength * 8);
    return [...new Uint8Array(bits)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  for (let first = 0; ; first += 8) {
    const keys = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((n) => keyOf(first + n)));
    const found = keys.findIndex((key) => key.startsWith(p.keyPrefix));
    if (found >= 0) return { counter: first + found, derivedKey: keys[found] };
    told(first);
  }
}

/** The same beside the page, or in small parts on it where its policy has no workers (`worker-src blob:`). */
function solveAside(challenge, told) {
  return new Promise((done, failed) => {
    const here = () => solve(challenge, told).then(done, failed);
    try {
      const text = `onmessage=(e)=>(${solve})(e.data,postMessage).then(postMessage)`;
      const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
      worker.onerror = here;
      worker.onmessage = ({ data }) => {
        if (!data.derivedKey) return told(data);
        worker.terminate();
        done(data);
      };
      worker.postMessage(challenge);
    } catch {
      here();
    }
  });
}

/** Asks for a challenge when somebody begins to write: its stamp tells how long they took. */
export function beginWork(box) {
  box.challenge ??= callSite(box, 'challenge').then((challenge) => ({ ...challenge, at: Date.now() }), () => (box.challenge = null));
  if (box.about.proof_of_work === 'always') prove(box).catch(() => {});
}

/** The stamp of the form, where there is one by now. */
export const stampOf = async (box) => (box.stamp ??= (await box.challenge)?.stamp);

/** A solution, which is worked on once; whoever came last with a `told` hears how far it is, in thousandths, as long as they wait. */
export async function prove(box, told) {
  if (told) box.working = told;
  box.proof ??= solution(box);
  try {
    return await box.proof;
  } catch (error) {
    box.proof = null;
    throw error;
  } finally {
    if (told) box.working = null;
  }
}

/** The solution was used, or did not count. */
export const forgetProof = (box) => Object.assign(box, { proof: null, challenge: null });

async function solution(box) {
  // Programs may solve it for twenty minutes.
  let challenge = await box.challenge;
  if (!challenge || Date.now() - challenge.at > 900_000) challenge = await callSite(box, 'challenge');
  box.stamp ??= challenge.stamp;
  // Browsers lend it to secure pages only; from others the comment goes as a plain form's does, without.
  if (!crypto.subtle) return 'unable';
  const { parameters, signature } = challenge;
  const found = await solveAside({ parameters }, (number) => box.working?.(number));
  return btoa(JSON.stringify({ challenge: { parameters, signature }, solution: found }));
}
