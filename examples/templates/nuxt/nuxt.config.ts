export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  css: ['~/style.css'],
  app: { head: { title: 'Tautline and Nuxt', htmlAttrs: { lang: 'en' }, link: [{ rel: 'icon', href: 'data:,' }] } },
  runtimeConfig: { public: { liveUrl: 'ws://localhost:8080/live' } }, // or NUXT_PUBLIC_LIVE_URL
});
