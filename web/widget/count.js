// <duyet-count>: how many comments an article has; one question for all of a page.

import { callSite } from './server.js';
import { articleOf, siteOf } from './element.js';
import { langOf } from './words.js';

const waiting = new Set();

class Count extends HTMLElement {
  connectedCallback() {
    if (!waiting.size) setTimeout(askAll);
    waiting.add(this);
  }
}

/** Asks for those that have come since, by site. */
function askAll() {
  const all = [...waiting];
  waiting.clear();
  for (const site of new Set(all.map(siteOf))) {
    const of = all.filter((one) => siteOf(one) === site);
    const articles = [...new Set(of.map(articleOf))];
    while (articles.length) askFor(site, of, articles.splice(0, 50));
  }
}

async function askFor(site, elements, articles) {
  const query = new URLSearchParams(articles.map((article) => ['article', article]));
  try {
    const { counts } = await callSite({ site }, `counts?${query}`);
    // Of an address that is not the site's nothing is known.
    for (const element of elements) if (articleOf(element) in counts) showCount(element, counts[articleOf(element)]);
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
