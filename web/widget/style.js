// How the widget looks: the page's own font and text colour, and custom properties for the rest.

// The exact time is for whoever has no pointer to hold over it, too: at the comment that its link leads to, and under the keyboard.
// Set by script, so that no policy of the page (`style-src`) concerns it. A browser that cannot do that keeps the plain form.
export const sheet = new CSSStyleSheet();

const css = `
:host, section { all: initial; display: block; font: inherit; color: inherit; color-scheme: inherit; visibility: inherit; }
:host {
  --a: var(--duyet-accent, light-dark(#0b5a6b, #7fcbdc));
  --o: var(--duyet-on-accent, light-dark(#fff, #08242b));
  --s: var(--duyet-soft, light-dark(#5c574e, #b5aea2));
  --l: var(--duyet-line, light-dark(#d9d3c7, #4b463e));
  --e: var(--duyet-error, light-dark(#9b1c1c, #f0a099));
  --w: var(--duyet-wash, light-dark(#f3f0e9, #2b2925));
  --r: var(--duyet-radius, 6px);
}
:host([theme]) { color: CanvasText; background: Canvas; padding: .8em; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
[hidden], :host([hidden]), form:not(.open) .rest, p:empty { display: none !important; }
* { box-sizing: border-box; }
h2, h3 { font: inherit; font-weight: 700; margin: 0; }
h2 { font-size: 1.35em; margin: 0 0 .6em; }
p, ol { margin: 0; padding: 0; list-style: none; }
.slow { animation: slow 0s .4s both; }
@keyframes slow { from { visibility: hidden; } }
.apart { position: absolute; left: -100rem; }
.hint, time { color: var(--s); font-size: .9em; }
button, select, input, textarea { font: inherit; color: inherit; }
button {
  min-height: 2.75em; padding: .4em 1em; border: 1px solid var(--s); border-radius: var(--r);
  background: none; cursor: pointer;
}
.main { background: var(--a); border-color: var(--a); color: var(--o); font-weight: 600; }
.small { min-height: 2em; padding: 0 .3em; margin: 0 -.3em; border: 0; color: var(--a); font-size: .9em; }
[aria-disabled] { opacity: .7; }
[type=text], [type=email], textarea, select {
  display: block; width: 100%; min-height: 2.75em; padding: .45em .65em;
  background: Field; color: FieldText; border: 1px solid var(--s); border-radius: var(--r);
}
textarea { resize: vertical; }
.open textarea { min-height: 8em; }
[aria-invalid] { border-color: var(--e); }
.field { margin: 0 0 .9em; }
label { display: block; font-weight: 600; margin: .5em 0 .2em; }
label + .hint { margin: -.2em 0 .3em; }
.tick label { display: flex; gap: .55em; font-weight: 400; margin: 0; }
[type=checkbox] { flex: none; width: 1.2em; height: 1.2em; margin: .2em 0; accent-color: var(--a); }
form { margin: 0 0 1.4em; position: relative; }
form .row { margin: .6em 0 0; }
.row, header, .order label { display: flex; flex-wrap: wrap; gap: .2em .9em; align-items: center; }
.order { justify-content: flex-end; margin: 0 0 .4em; }
.order select { width: auto; min-height: 2.2em; padding: 0 .4em; }
.order label { margin: 0; font-weight: 400; }
.pair { display: flex; flex-wrap: wrap; gap: 0 1em; }
.pair .field { flex: 1 14em; }
article { padding: .8em 0; border-top: 1px solid var(--l); overflow-wrap: anywhere; outline-offset: .45em; }
.here time::after, a:focus-visible time::after { content: ' · ' attr(title); }
.here, .mine { background: var(--w); padding: .8em; }
.mine { margin: 0 0 .8em; border-bottom: 1px dashed; }
header a { color: inherit; padding: .15em 0; }
header a:not(:hover) { text-decoration: none; }
h3, .body { unicode-bidi: isolate; }
.body { white-space: pre-wrap; overflow: clip; margin: .2em 0; line-height: 1.55; }
.badge { border: 1px solid; border-radius: 9em; padding: 0 .6em; font-size: .85em; color: var(--a); }
.error, .rejected { color: var(--e); }
ol ol { padding-left: 1em; border-left: 3px solid var(--l); }
.more { width: 100%; margin: .8em 0 0; border: 1px solid; min-height: 2.75em; }
`;

// A browser that knows no such colours has those of a light page.
sheet.replaceSync(CSS.supports('color', 'light-dark(red,red)') ? css : css.replace(/light-dark\(([^,]+)[^)]+\)/g, '$1'));
