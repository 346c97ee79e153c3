// The queue's page. Without this script every button works by itself, one page after the other.

import { all, changed, current, goTo } from './cards.js';
import './buttons.js';
import './keys.js';
import './live.js';
import './more.js';
import './notes.js';
import './place.js';
import './waits.js';

document.documentElement.classList.add('scripted', 'labelled');
// A page of many cards is there before anybody asks what a mark means.
for (const kind of ['pointerover', 'focusin']) document.addEventListener(kind, ({ target }) => target.closest?.('mark[data-title]') && import('./marks.js'));
document.querySelector('.tools').hidden = false;
// On a phone they are wider than the page.
for (const here of document.querySelectorAll(':is(.tabs, .ways) [aria-current]')) here.scrollIntoView({ block: 'nearest', inline: 'nearest' });
changed();
if (all().length && !current()) goTo(all()[0], { focus: false });
// Who opened the filters before htmx listened still wants to choose.
addEventListener('DOMContentLoaded', () => {
  const filters = document.getElementById('choices')?.closest('details');
  if (filters?.open) filters.dispatchEvent(new Event('toggle'));
});
