// What a rule is called, beside the mark that it left: there as long as one points at either, and away with Escape (WCAG 1.4.13).
// Without this script the style sheet says it.

const EDGE = 8;

const label = document.createElement('div');
label.id = 'mark-label';
label.setAttribute('role', 'tooltip');
label.hidden = true;
document.querySelector('main').append(label);
document.documentElement.classList.add('labelled');

let shown;
let line;
let leaving;

const markOf = (target) => target.closest?.('mark[data-title]');

function place() {
  const { left, top, bottom } = shown.getClientRects()[line] || shown.getBoundingClientRect();
  const { width, height } = label.getBoundingClientRect();
  const room = document.documentElement.clientWidth - width - EDGE;
  label.style.left = `${Math.max(EDGE, Math.min(left, room))}px`;
  label.style.top = `${bottom + height + EDGE <= innerHeight ? bottom : Math.max(EDGE, top - height)}px`;
}

function hide() {
  clearTimeout(leaving);
  shown?.removeAttribute('aria-describedby');
  shown = undefined;
  label.hidden = true;
}

/** Of the lines that a mark is broken over, at the one that is pointed at. */
function show(mark, y = 0) {
  hide();
  shown = mark;
  line = [...mark.getClientRects()].findIndex(({ bottom }) => y <= bottom);
  mark.setAttribute('aria-describedby', label.id);
  label.textContent = mark.dataset.title;
  label.hidden = false;
  label.style.left = '0';
  place();
}

// A pointer may be on its way from the mark to its label.
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    const focused = markOf(document.activeElement);
    if (focused) show(focused);
    else hide();
  }, 250);
}

function come({ target, clientY }) {
  const mark = markOf(target);
  if (mark) show(mark, clientY);
  else if (label.contains(target)) clearTimeout(leaving);
  else if (shown) leave();
}

document.addEventListener('pointerover', come);
document.addEventListener('focusin', come);
for (const gone of ['pointerleave', 'focusout']) document.documentElement.addEventListener(gone, () => shown && leave());
document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
document.addEventListener('scroll', () => shown && place(), { passive: true, capture: true });
addEventListener('resize', () => shown && place());
// Who pointed at one before this was loaded.
const first = document.querySelector('mark[data-title]:is(:hover, :focus)');
if (first) show(first);
