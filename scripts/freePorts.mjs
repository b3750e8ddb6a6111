// Says what is wrong with ports before something is started on them.
import { createServer } from 'node:net';

/** @param ports By the environment variable that chooses each. Resolves to what to tell, or to `null` when all are free. */
export async function problemWithPorts(ports) {
  const seen = new Set();
  for (const [variable, port] of Object.entries(ports)) {
    const isPort = /^\d+$/.test(port) && port >= 1 && port <= 65_535;
    if (!isPort) return `${variable} is ${port}, which is no port. Choose one from 1 to 65535.`;
    if (seen.has(port)) return `${variable} is ${port}, and so is another one. Each needs its own.`;
    seen.add(port);
  }
  const problems = await Promise.all(
    Object.entries(ports).map(([variable, port]) => problemWith(variable, Number(port))),
  );
  return problems.find((problem) => problem !== null) ?? null;
}

/** On any address: what listens on 127.0.0.1 alone does not everywhere keep others from `::`. */
async function problemWith(variable, port) {
  for (const host of ['::', '127.0.0.1', '::1']) {
    const code = await new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', (error) => resolve(error.code));
      probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve('free')));
    });
    if (code === 'EADDRINUSE') {
      const choice =
        process.platform === 'win32'
          ? `set ${variable} to a free port`
          : `choose another: ${variable}=<port> npx pnpm demo`;
      return `Port ${port} is taken. End what listens there, or ${choice}`;
    }
    if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023.`;
  }
  return null;
}
