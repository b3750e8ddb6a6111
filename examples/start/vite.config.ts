import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
  // Developing, from the packages' sources; building, as everybody else gets them.
  resolve: { conditions: [...(command === 'serve' ? ['tautline-source'] : []), ...defaultClientConditions] },
  server: { port: 4303, strictPort: true },
  preview: { port: 4303, strictPort: true },
}));
