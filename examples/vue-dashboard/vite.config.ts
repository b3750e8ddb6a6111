import vue from '@vitejs/plugin-vue';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig(({ command }) => ({
  plugins: [vue()],
  // Developing, from the packages' sources; building, as everybody else gets them.
  resolve: { conditions: [...(command === 'serve' ? ['tautline-source'] : []), ...defaultClientConditions] },
  server: { port: 4302, strictPort: true },
  preview: { port: 4302, strictPort: true },
}));
