// A newspaper of the test's own: pages of another origin than the service's, as strict as a newspaper may be.

import { createServer } from 'node:http';

const STYLE = `
html { background: Canvas; color: CanvasText; font-family: sans-serif }
.dai { height: 4000px }
.la { text-align: center; text-transform: uppercase; letter-spacing: 2px; text-shadow: 1px 1px red; word-spacing: 9px; word-break: break-all; text-indent: 20px; white-space: pre; font-family: serif; color: navy }
.to-mau { --duyet-accent: rgb(159, 34, 78); --duyet-radius: 0px }
.to-mau::part(main) { text-transform: uppercase }
.to-mau::part(newsroom) { border-left: 3px solid }
`;

export class Newspaper {
  #pages = new Map();
  #server;

  static async start() {
    const paper = new Newspaper();
    paper.#server = createServer((request, answer) => {
      const page = paper.#pages.get(request.url.split('?')[0]);
      if (request.url === '/bao.css') {
        answer.writeHead(200, { 'content-type': 'text/css' });
        answer.end(STYLE);
        return;
      }
      answer.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...page?.headers });
      answer.end(page?.html);
    });
    await new Promise((done) => { paper.#server.listen(0, '127.0.0.1', done); });
    paper.origin = `http://127.0.0.1:${paper.#server.address().port}`;
    return paper;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Puts a page up; its address. Its policy lets the widget in by the lines of the README, and nothing else. */
  publish(path, service, { lang = 'vi', site = 'bao', head = '', body = '<duyet-comments></duyet-comments>', worker = true, base = "'none'" } = {}) {
    const url = this.origin + path;
    const policy = [
      "default-src 'none'", `script-src ${service}`, `connect-src ${service}`, "style-src 'self'", `base-uri ${base}`, `form-action 'self' ${service}`,
      worker ? 'worker-src blob:' : "worker-src 'none'",
    ];
    this.#pages.set(path, {
      headers: { 'content-security-policy': policy.join('; ') },
      html: `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Cầu mới qua sông — Báo Sông Lam</title>${head}
<link rel="stylesheet" href="${this.origin}/bao.css">
<script type="module" src="${service}/widget.js" data-site="${site}"></script></head>
<body><main><h1>Cầu mới qua sông</h1><p>Sáng nay, tỉnh đã khánh thành cây cầu.</p>${body}</main></body></html>`,
    });
    return url;
  }
}
