// Starts the example server, both dashboards and the start page, says where they are, and ends them all on Ctrl-C.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { problemWithPorts } from './freePorts.mjs';

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));
const { PORT = '4300', REACT_PORT = '4301', VUE_PORT = '4302', START_PORT = '4303' } = process.env;
const isWindows = process.platform === 'win32';

const PAGES = [
  { folder: 'start', script: '/src/main.ts', port: START_PORT },
  { folder: 'react-dashboard', script: '/src/main.tsx', port: REACT_PORT },
  { folder: 'vue-dashboard', script: '/src/main.ts', port: VUE_PORT },
];

if (!existsSync(`${EXAMPLES}/start/node_modules`)) {
  fail('Nothing is installed: the install above failed. Mend that and start again.');
}
const problem = await problemWithPorts({ PORT, REACT_PORT, VUE_PORT, START_PORT });
if (problem) fail(problem);

let isEnding = false;
const sites = [];
const server = startServer();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));

try {
  await startPages();
} catch (error) {
  await end(1, `A page did not start: ${error.message}`);
}
await untilListening(Number(PORT));
if (!isEnding) {
  const seconds = (performance.now() / 1_000).toFixed(1);
  console.log(`
  Start here             http://localhost:${START_PORT}

  React: the market      http://localhost:${REACT_PORT}
  Vue: the fleet         http://localhost:${VUE_PORT}
  A chat between them    http://localhost:${REACT_PORT}/#chat and http://localhost:${VUE_PORT}/#chat
  The server they watch  ws://localhost:${PORT}

  Ready after ${seconds} s. Ctrl-C ends it all.
`);
  // While somebody reads that: the pages' modules, those of the first page first.
  for (const [index, { script }] of PAGES.entries()) await sites[index].warmupRequest(script);
}

/** A process of its own, so that what the pages cost does not slow down what they show. */
function startServer() {
  const origins = PAGES.flatMap(({ port }) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);
  const child = spawn(process.execPath, ['--conditions=tautline-source', '--import', 'tsx', 'src/main.ts'], {
    cwd: `${EXAMPLES}/server`,
    env: { ...process.env, PORT, ALLOWED_ORIGINS: origins.join(',') },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: !isWindows, // else Ctrl-C would end it before we do
  });
  child.on('error', (error) => end(1, `The server did not start: ${error.message}`));
  child.on('exit', (code, signal) => end(1, `The server ended (${signal ?? `code ${code}`}); so all ends.`));
  return child;
}

/** One process for all pages: each of Vite's own would load Vite again. */
async function startPages() {
  Object.assign(process.env, {
    VITE_SERVER_PORT: PORT,
    VITE_REACT_PORT: REACT_PORT,
    VITE_VUE_PORT: VUE_PORT,
    VITE_START_PORT: START_PORT,
  });
  const { createServer } = await import('vite');
  await Promise.all(
    PAGES.map(async ({ folder, port }, index) => {
      const root = `${EXAMPLES}/${folder}`;
      const site = await createServer({
        root,
        configFile: `${root}/vite.config.ts`,
        logLevel: 'warn',
        clearScreen: false,
        server: { port: Number(port), strictPort: true },
      });
      sites[index] = site;
      await site.listen();
    }),
  );
}

async function end(code, why) {
  if (isEnding) return;
  isEnding = true;
  if (why) console.error(why);
  await Promise.allSettled([stopServer(), ...sites.map((site) => site?.close())]);
  process.exit(code);
}

function stopServer() {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('close', resolve));
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), 5_000).unref();
  return ended;
}

async function untilListening(port) {
  while (!isEnding && !(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 50));
}

function answers(port) {
  return new Promise((resolve) => {
    const probe = connect({ port, host: 'localhost' });
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
    probe.once('connect', () => probe.destroy());
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
