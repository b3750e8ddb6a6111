// Starts the example server and both dashboards, says where they are, and ends them all on Ctrl-C.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { PORT = '4300', REACT_PORT = '4301', VUE_PORT = '4302' } = process.env;
const isWindows = process.platform === 'win32';

const vite = (port) => ['dev', '--port', port, '--strictPort', '--clearScreen', 'false'];
const parts = [
  { name: 'server', folder: 'server', script: ['start'], port: PORT, variable: 'PORT' },
  { name: 'react', folder: 'react-dashboard', script: vite(REACT_PORT), port: REACT_PORT, variable: 'REACT_PORT' },
  { name: 'vue', folder: 'vue-dashboard', script: vite(VUE_PORT), port: VUE_PORT, variable: 'VUE_PORT' },
];
const origins = [REACT_PORT, VUE_PORT].flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

if (!existsSync(`${ROOT}/examples/server/node_modules`)) {
  fail('Nothing is installed: the install above failed. Mend that and start again.');
}
const ports = new Set();
for (const { port, variable } of parts) {
  const isPort = /^\d+$/.test(port) && port >= 1 && port <= 65_535;
  if (!isPort) fail(`${variable} is ${port}, which is no port. Choose one from 1 to 65535.`);
  if (ports.has(port)) fail(`${variable} is ${port}, and so is another one. Each needs its own.`);
  ports.add(port);
  if (await isTaken(Number(port))) {
    const choice = isWindows ? `set ${variable} to a free port` : `choose another: ${variable}=<port> npx pnpm demo`;
    fail(`Port ${port} is taken. End what listens there, or ${choice}`);
  }
}

let isEnding = false;
const children = parts.map(start);
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));
process.on('SIGHUP', () => end(0));

await Promise.all(parts.map(({ port }) => untilListening(Number(port))));
if (!isEnding) {
  console.log(`
  React: the market      http://localhost:${REACT_PORT}
  Vue: the fleet         http://localhost:${VUE_PORT}
  A chat between them    http://localhost:${REACT_PORT}/#chat and http://localhost:${VUE_PORT}/#chat
  The server they watch  ws://localhost:${PORT}

  Ctrl-C ends all three.
`);
}

function start({ name, folder, script, port }) {
  const child = spawn('pnpm', ['run', ...script], {
    cwd: `${ROOT}/examples/${folder}`,
    env: {
      ...process.env,
      PORT: port,
      ALLOWED_ORIGINS: origins.join(','),
      VITE_SERVER_PORT: PORT,
      pnpm_config_verify_deps_before_run: 'false', // three at once would; it is done
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: isWindows,
    detached: !isWindows, // a group of its own, so that the whole of it can be ended
  });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      if (!isEnding) for (const line of lines) if (line.trim()) console.log(`${name.padEnd(6)} | ${line}`);
    });
  }
  child.on('error', (error) => end(1, `${name} did not start: ${error.message}. Start this with \`npx pnpm demo\`.`));
  child.on('exit', (code, signal) => end(1, `${name} ended (${signal ?? `code ${code}`}); so all end.`));
  return child;
}

async function end(code, why) {
  if (isEnding) return;
  isEnding = true;
  if (why) console.error(why);
  await Promise.all(children.map(stop));
  process.exit(code);
}

function stop(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else {
    signal(child, 'SIGTERM');
    setTimeout(() => signal(child, 'SIGKILL'), 5_000).unref();
  }
  return ended;
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // the group is gone
  }
}

/** On any address: what listens on 127.0.0.1 alone does not everywhere keep others from `::`. */
async function isTaken(port) {
  for (const host of ['::', '127.0.0.1', '::1']) {
    const code = await new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', (error) => resolve(error.code));
      probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve('free')));
    });
    if (code === 'EADDRINUSE') return true;
    if (code === 'EACCES') fail(`Port ${port} may not be used by this user. Choose one above 1023.`);
  }
  return false;
}

async function untilListening(port) {
  while (!isEnding && !(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 100));
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
