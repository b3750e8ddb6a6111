// Starts the example server and both dashboards, says where they are, and ends them all on Ctrl-C.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const { PORT = '4300', REACT_PORT = '4301', VUE_PORT = '4302' } = process.env;

const parts = [
  { name: 'server', folder: 'examples/server', script: 'start', port: PORT, variable: 'PORT', env: { PORT } },
  { name: 'react', folder: 'examples/react-dashboard', script: 'dev', port: REACT_PORT, variable: 'REACT_PORT' },
  { name: 'vue', folder: 'examples/vue-dashboard', script: 'dev', port: VUE_PORT, variable: 'VUE_PORT' },
];

for (const { port, variable } of parts) {
  if (await isFree(Number(port))) continue;
  console.error(
    `Port ${port} is taken. End what listens there, or choose another: ${variable}=${Number(port) + 10} npx pnpm demo`,
  );
  process.exit(1);
}

const origins = [REACT_PORT, VUE_PORT]
  .flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`])
  .join(',');
const children = parts.map(({ name, folder, script, port, env }) => {
  const args =
    script === 'dev' ? ['run', 'dev', '--port', port, '--strictPort', '--clearScreen', 'false'] : ['run', script];
  const child = spawn('pnpm', args, {
    cwd: folder,
    env: { ...process.env, ALLOWED_ORIGINS: origins, VITE_SERVER_PORT: PORT, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32', // a group of its own, so that the whole of it can be ended
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => prefix(name, String(text)));
  child.on('exit', (code) => !isEnding && end(code ?? 1, `${name} ended with code ${code}.`));
  return child;
});

let isEnding = false;
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));

console.log(`
  React: the market      http://localhost:${REACT_PORT}
  Vue: the fleet         http://localhost:${VUE_PORT}
  The server they watch  ws://localhost:${PORT}

  Ctrl-C ends all three.
`);

function prefix(name, text) {
  for (const line of text.split('\n')) if (line.trim()) console.log(`${name.padEnd(6)} | ${line}`);
}

async function end(code, why) {
  if (isEnding) return;
  isEnding = true;
  if (why) console.error(why);
  await Promise.all(children.map(stop));
  process.exit(code);
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else process.kill(-child.pid, 'SIGTERM');
  return ended;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
