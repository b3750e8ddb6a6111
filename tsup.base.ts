import { defineConfig, type Options } from 'tsup';

/** How every package is built: ESM and CommonJS with types and source maps, not minified. */
export const packageConfig = (own: Options = {}): ReturnType<typeof defineConfig> =>
  defineConfig({
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    tsconfig: '../../tsconfig.base.json',
    sourcemap: true,
    clean: true,
    treeshake: false,
    splitting: false,
    // `Connection` has `Symbol.dispose`, which an app's own `lib` may lack.
    dts: {
      banner: '/// <reference lib="esnext.disposable" />',
      compilerOptions: { composite: false, incremental: false, ignoreDeprecations: '6.0' },
    },
    ...own,
  });
