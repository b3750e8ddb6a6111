// What the market page costs a browser, by default the one that `pnpm demo` shows: `node scripts/measureMarket.mjs [url]`.
// Not through playwright: it has the browser report every WebSocket frame, which at 10,000 a second costs more than the page.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { resolveChromium } from './chromium.mjs';

const SECONDS = 10;
/** Until scripts are compiled, and the first thousand prices drawn. */
const WARM_UP = 4_000;
const [url = 'http://localhost:4301'] = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), 'tautline-market-'));
const { executablePath, args, env } = resolveChromium();
const options = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${folder}`, '--window-size=1440,900'];
const chromium = spawn(executablePath, [...args, ...options, 'about:blank'], {
  env,
  stdio: ['ignore', 'ignore', 'pipe'],
});
try {
  const call = await connect(await addressOf(chromium));
  const { targetId } = await call('Target.createTarget', { url });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const run = async (source) => {
    const answer = await call(
      'Runtime.evaluate',
      { expression: source, awaitPromise: true, returnByValue: true },
      sessionId,
    );
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description);
    return answer.result.value;
  };
  await setTimeout(WARM_UP);
  const before = await cpuOf(call);
  const seen = await run(`(${watch})(${SECONDS})`);
  const after = await cpuOf(call);

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
  chromium.kill();
  await once(chromium, 'exit');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Where a browser says that it listens. */
async function addressOf({ stderr }) {
  for await (const line of createInterface(stderr)) {
    const [, address] = /DevTools listening on (\S+)/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error('Chromium did not start.');
}

/** Calls to the browser, answered by number. */
async function connect(address) {
  const socket = new WebSocket(address);
  const answers = new Map();
  socket.on('message', (data) => {
    const { id, result, error } = JSON.parse(data);
    if (error) answers.get(id)?.reject(new Error(error.message));
    else answers.get(id)?.resolve(result);
  });
  await once(socket, 'open');
  let calls = 0;
  return (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      answers.set(++calls, { resolve, reject });
      socket.send(JSON.stringify({ id: calls, method, params, sessionId }));
    });
}

/** Seconds of processor time, by the kind of process. */
async function cpuOf(call) {
  const { processInfo } = await call('SystemInfo.getProcessInfo');
  const times = {};
  for (const { type, cpuTime } of processInfo) times[type] = (times[type] ?? 0) + cpuTime;
  return times;
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
