// What the market page costs a browser, by default the one that `pnpm demo` shows: `node scripts/measureMarket.mjs [url]`.
import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { launchMeasuredBrowser } from './measuredBrowser.mjs';

const SECONDS = 10;
/** Until scripts are compiled, and the first thousand prices drawn. */
const WARM_UP = 4_000;
const [url = 'http://localhost:4301'] = process.argv.slice(2);

const browser = await launchMeasuredBrowser();
try {
  const page = await browser.openPage(url);
  await setTimeout(WARM_UP);
  const before = await browser.cpuTimes();
  const seen = await page.run(watch, SECONDS);
  const after = await browser.cpuTimes();

  const share = (type) => `${(((after[type] - before[type]) / seen.seconds) * 100).toFixed(0)} %`;
  console.table({
    'messages/s': seen.messages,
    'frames/s': seen.frames.toFixed(1),
    'frame time, median': `${seen.median.toFixed(1)} ms`,
    'frame time, 99 of 100': `${seen.late.toFixed(1)} ms`,
    'long tasks (over 50 ms)': seen.longTasks,
    'processor time of the page, all threads': share('renderer'),
    '… of what stands in for a graphics card': share('GPU'),
    'load of this machine': loadavg()[0].toFixed(1),
  });
} finally {
  await browser[Symbol.asyncDispose]();
}

/** Runs in the page: frames and long tasks for so many seconds. */
async function watch(seconds) {
  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask' });
  const times = [];
  const begin = performance.now();
  while (performance.now() - begin < seconds * 1_000) times.push(await new Promise(requestAnimationFrame));
  const passed = (performance.now() - begin) / 1_000;
  const spans = times.slice(1).map((time, index) => time - times[index]);
  spans.sort((a, b) => a - b);
  return {
    seconds: passed,
    frames: times.length / passed,
    median: spans[Math.floor(spans.length / 2)],
    late: spans[Math.floor(spans.length * 0.99)],
    longTasks: longTasks.length,
    messages: document.querySelector('.figure dd')?.textContent,
  };
}
