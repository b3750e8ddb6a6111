import Module from 'node:module';
import { version } from 'react';

// The project `react-18` runs all tests on React 18. Vite's alias covers what our files import; this, what packages require.
const loader = Module as unknown as { _resolveFilename: (request: string, ...rest: unknown[]) => string }; // untyped
const resolve = loader._resolveFilename;
loader._resolveFilename = (request, ...rest) =>
  resolve(request.replace(/^react(-dom)?(?=\/|$)/, 'react$1-18'), ...rest);

if (!version.startsWith('18.')) throw new Error(`These tests should run on React 18, not ${version}.`);
