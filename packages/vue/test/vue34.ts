import { version } from 'vue';

if (!version.startsWith('3.4.')) throw new Error(`These tests should run on Vue 3.4, not ${version}.`);
