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
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      // Debian's; Playwright's own builds are not downloaded.
      executablePath: process.env.DUYET_TEST_CHROMIUM || 'chromium',
      // Where there is no user but root, Chromium has no sandbox to build.
      args: process.getuid() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
