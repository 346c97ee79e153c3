// A service of the test's own: its database in a throwaway folder, its sites, members and comments made as people make them.

import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const BINARY = resolve(process.env.DUYET_BIN || '../../target/debug/duyet');
export const PASSWORD = 'mat-khau-dai-cua-toa-soan';
export const ORIGIN = 'https://bao.example';
export const ARTICLE = `${ORIGIN}/xa-hoi/cau-moi.html`;

export class Service {
  #process;

  static async start(settings = {}) {
    const service = new Service();
    service.folder = mkdtempSync(join(tmpdir(), 'duyet-browser-'));
    service.settings = {
      PATH: process.env.PATH,
      DUYET_LISTEN: '127.0.0.1:0',
      DUYET_LOG_FORMAT: 'json',
      // A good part of each start would go into clearing pages of two megabytes.
      MIMALLOC_ALLOW_THP: '0',
      ...settings,
    };
    service.run('site', 'add', 'bao', '--name', 'Báo Sông Lam', '--origin', ORIGIN);
    await service.#serve();
    return service;
  }

  /** A command of the command line; what it printed. */
  run(...words) {
    return this.runWith('', ...words);
  }

  /** The same, with something on its standard input. */
  runWith(input, ...words) {
    return execFileSync(BINARY, words, {
      cwd: this.folder, env: this.settings, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  async #serve() {
    this.#process = spawn(BINARY, ['serve'], { cwd: this.folder, env: this.settings, stdio: ['ignore', 'pipe', 'pipe'] });
    this.log = '';
    this.base = await new Promise((done, failed) => {
      const read = (bytes) => {
        this.log += bytes;
        const found = /"message":"duyet answers","address":"([^"]+)"/.exec(this.log);
        if (found) done(`http://${found[1]}`);
      };
      this.#process.stdout.on('data', read);
      this.#process.stderr.on('data', read);
      this.#process.on('exit', () => failed(new Error(`the service ended:\n${this.log}`)));
    });
  }

  async stop() {
    const ended = new Promise((done) => { this.#process.once('close', done); });
    this.#process.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Adds a member and hands back their email. */
  member(name, role = 'moderator', ...more) {
    const email = `${name.toLowerCase()}@bao.example`;
    this.runWith(PASSWORD, 'moderator', 'add', email, '--name', name, '--role', role, '--password-stdin', ...more);
    return email;
  }

  /** A reader sends a comment; its id. */
  async submit(comment, site) {
    return (await this.send(comment, site)).id;
  }

  /** The same, with its receipt. */
  async send(comment, site = 'bao') {
    const article = comment.article || ARTICLE;
    const answer = await fetch(`${this.base}/api/v1/sites/${site}/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN },
      body: JSON.stringify({
        name: 'Nguyễn Văn An', email: 'an@thu.example', body: 'Mong cầu sớm xong để bà con đi lại.',
        ...comment,
        article: typeof article === 'string' ? { url: article, title: 'Cầu mới qua sông' } : article,
      }),
    });
    if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  /** Comments of different readers that no rule minds, in the order sent. */
  async submitMany(count, first = 1) {
    const ids = [];
    for (let number = first; number < first + count; number += 1) {
      ids.push(await this.submit({
        name: `Trần Thị Bình ${letters(number)}`,
        email: `binh-${number}@thu.example`,
        body: `${WISHES[number % WISHES.length]} ${letters(number)}`,
      }));
    }
    return ids;
  }
}

const letters = (number) => number.toString().split('').map((digit) => 'một hai ba bốn năm sáu bảy tám chín'.split(' ')[digit - 1] || 'không').join(' ');

const WISHES = [
  'Bài viết rất hay, cảm ơn phóng viên đã về tận nơi.',
  'Con đường qua xã tôi cũng đang chờ được sửa chữa.',
  'Mùa mưa năm nay nước lên nhanh, bà con cần xuồng.',
  'Trường mầm non của thôn đã có sân chơi mới rồi.',
  'Giá lúa xuống thấp quá, nông dân chúng tôi lo lắng.',
  'Chúc mừng các em học sinh đạt giải trong kỳ thi vừa qua.',
  'Bệnh viện huyện nên mở thêm phòng khám buổi tối.',
];
