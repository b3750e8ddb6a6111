import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions, type Rollup } from 'vite';

/** Serves, at every path, one page that runs one script: no dev server, whose own socket would get in the way. */
export interface PageServer extends AsyncDisposable {
  readonly url: string;
}

/** @param script The script, TypeScript, next to the test: `new URL('./linePage.ts', import.meta.url)`. */
export async function servePage(script: URL): Promise<PageServer> {
  const code = await bundle(fileURLToPath(script));
  const server = createServer((request, response) => {
    const isScript = request.url?.startsWith('/script.js');
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript ? code : '<!doctype html><title>Tautline</title><script type="module" src="/script.js"></script>',
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a string only for pipes
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['tautline-source', ...defaultClientConditions] },
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'script' } },
  });
  const [{ output }] = result as [Rollup.RollupOutput]; // one format, and not watching
  return output[0].code;
}
