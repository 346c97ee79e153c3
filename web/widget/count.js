// <duyet-count>: how many comments an article has; one question for all of a page.

import { callSite } from './server.js';
import { articleOf, siteOf } from './element.js';
import { langOf } from './words.js';

const MOST = 50;
const waiting = new Set();

class Count extends HTMLElement {
  connectedCallback() {
    if (!waiting.size) setTimeout(askAll);
    waiting.add(this);
  }
}

/** Asks for those that have come since, by site. */
async function askAll() {
  const bySite = new Map();
  for (const element of waiting) {
    const [site, article] = [siteOf(element), articleOf(element)];
    const articles = bySite.get(site) || bySite.set(site, new Map()).get(site);
    articles.set(article, [...(articles.get(article) || []), element]);
  }
  waiting.clear();
  for (const [site, articles] of bySite) {
    const all = [...articles.keys()];
    for (let first = 0; first < all.length; first += MOST) askFor(site, articles, all.slice(first, first + MOST));
  }
}

async function askFor(site, articles, some) {
  const query = new URLSearchParams(some.map((article) => ['article', article]));
  try {
    const { counts } = await callSite({ site }, `counts?${query}`);
    // Of an address that is not the site's nothing is known.
    for (const article of some.filter((one) => one in counts)) for (const element of articles.get(article)) showCount(element, counts[article]);
  } catch {
    // What stands in the elements stays.
  }
}

function showCount(element, count) {
  const lang = langOf(element.closest('[lang]')?.lang) || 'vi';
  element.setAttribute('count', count);
  element.textContent = count.toLocaleString(lang);
}

customElements.get('duyet-count') || customElements.define('duyet-count', Count);
