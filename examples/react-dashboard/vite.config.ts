import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
  plugins: [react()],
  // Developing, from the packages' sources; building, as everybody else gets them.
  resolve: { conditions: [...(command === 'serve' ? ['tautline-source'] : []), ...defaultClientConditions] },
  server: { port: 4301, strictPort: true },
  preview: { port: 4301, strictPort: true },
}));
