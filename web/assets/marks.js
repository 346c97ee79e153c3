// What a rule is called, beside the mark that it left: near it and within the window, there as long as one points at the mark or at
// the label itself, and away with Escape (WCAG 1.4.13). Without this script the style sheet says it.

const EDGE = 8;
/** As long as a pointer may be on its way from the mark to its label. */
const ON_THE_WAY = 250;

const label = document.createElement('div');
label.id = 'mark-label';
label.setAttribute('role', 'tooltip');
label.hidden = true;
// Within the page's main part: whatever stands outside all landmarks is passed over by who goes from one to the next.
document.querySelector('main').append(label);
document.documentElement.classList.add('labelled');

let shown;
let line = 0;
let leaving;

const markOf = (target) => target.closest?.('mark[data-title]');

/** Which of the lines that a mark is broken over is there; the first unless said. */
function lineAt(mark, y) {
  const at = [...mark.getClientRects()].findIndex(({ top, bottom }) => top <= y && y <= bottom);
  return Math.max(at, 0);
}

function place() {
  const lines = shown.getClientRects();
  if (lines.length === 0) return hide();
  const { left, top, bottom } = lines[Math.min(line, lines.length - 1)];
  const { width, height } = label.getBoundingClientRect();
  const below = bottom + height + EDGE <= innerHeight;
  label.style.left = `${Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - width - EDGE))}px`;
  label.style.top = `${below ? bottom : Math.max(EDGE, top - height)}px`;
  return undefined;
}

function hide() {
  clearTimeout(leaving);
  shown?.removeAttribute('aria-describedby');
  shown = undefined;
  label.hidden = true;
}

function show(mark, y) {
  if (shown !== mark) hide();
  clearTimeout(leaving);
  shown = mark;
  line = lineAt(mark, y);
  mark.setAttribute('aria-describedby', label.id);
  label.textContent = mark.dataset.title;
  label.hidden = false;
  label.style.left = '0';
  place();
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    const focused = markOf(document.activeElement);
    if (!focused) hide();
    else if (focused !== shown) show(focused);
  }, ON_THE_WAY);
}

document.addEventListener('pointerover', ({ target, clientY }) => {
  const mark = markOf(target);
  if (mark) show(mark, clientY);
  else if (label.contains(target)) clearTimeout(leaving);
  else if (shown) leave();
});
document.documentElement.addEventListener('pointerleave', () => shown && leave());
document.addEventListener('focusin', ({ target }) => {
  const mark = markOf(target);
  if (mark) show(mark);
  else if (shown) leave();
});
document.addEventListener('focusout', () => shown && leave());
document.addEventListener('keydown', ({ key }) => { if (key === 'Escape') hide(); });
document.addEventListener('scroll', () => shown && place(), { passive: true, capture: true });
addEventListener('resize', () => shown && place());
