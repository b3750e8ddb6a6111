import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const { LIVE_SERVER = 'http://localhost:8080' } = process.env;

export default defineConfig({
  plugins: [react()],
  // The page asks for /live on its own host, here and wherever you put it.
  server: { proxy: { '/live': { target: LIVE_SERVER, ws: true } } },
});
