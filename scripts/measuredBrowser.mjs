// A browser for measurements. Not through playwright: it has the browser report every WebSocket frame, which at 10,000 a
// second costs more than the page.
import { launch } from 'chrome-launcher';
import connect from 'chrome-remote-interface';
import { resolveChromium } from './chromium.mjs';

const WIDE = { width: 1440, height: 900, deviceScaleFactor: 1, mobile: false };

export async function launchMeasuredBrowser(flags = []) {
  const { executablePath, args, env } = resolveChromium();
  const chrome = await launch({
    chromePath: executablePath,
    chromeFlags: ['--headless', ...args, ...flags],
    envVars: env,
    logLevel: 'error',
  });
  const kill = () => chrome.kill();
  process.once('exit', kill);
  const { port } = chrome;
  const { Browser: product, webSocketDebuggerUrl: target } = await connect.Version({ port });
  const browser = await connect({ target, local: true });

  return {
    version: product.split('/').at(-1),

    async cpuTimes() {
      const { processInfo } = await browser.SystemInfo.getProcessInfo();
      const times = {};
      for (const { type, cpuTime } of processInfo) times[type] = (times[type] ?? 0) + cpuTime;
      return times;
    },

    async openPage(url) {
      const { browserContextId } = await browser.Target.createBrowserContext();
      const { targetId } = await browser.Target.createTarget({ url: 'about:blank', browserContextId });
      const page = await connect({ port, target: targetId, local: true });
      await Promise.all([page.Page.enable(), page.Runtime.enable(), page.Performance.enable()]);
      await page.Emulation.setDeviceMetricsOverride(WIDE);
      const loaded = page.Page.loadEventFired();
      await page.Page.navigate({ url });
      await loaded;
      return {
        devtools: page,

        async run(script, argument) {
          const expression = `(${script})(${JSON.stringify(argument)})`;
          const answer = await page.Runtime.evaluate({ expression, awaitPromise: true, returnByValue: true });
          const { result, exceptionDetails } = answer;
          if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
          return result.value;
        },

        async [Symbol.asyncDispose]() {
          await page.close();
          await browser.Target.disposeBrowserContext({ browserContextId });
        },
      };
    },

    async [Symbol.asyncDispose]() {
      await browser.close();
      process.off('exit', kill);
      kill();
    },
  };
}
