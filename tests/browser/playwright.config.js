import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../../target/browser',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    // A seventh of the time goes into what is written down for a look afterwards; where nobody can look, it is left.
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      // Debian's; Playwright's own builds are not downloaded.
      executablePath: process.env.DUYET_TEST_CHROMIUM || 'chromium-headless-shell',
      // Where there is no user but root, Chromium has no sandbox to build.
      args: process.getuid() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
